import RTMFP
import Testing

/// A client and a server with an open session, and what the server's receiving flows have brought.
struct FlowPair {
    let pair: Pair
    let client: SessionHandle
    let server: SessionHandle

    init(
        _ conduct: any Conduct = Correct(),
        _ configure: (inout Configuration) -> Void = { _ in }
    ) throws {
        pair = Pair(
            client: try Parties.endpoint(1, conduct: conduct, configure: configure),
            server: try Parties.endpoint(2, configure: configure)
        )
        (client, server) = try #require(pair.opened())
    }

    var now: Instant { pair.pump.now }

    /// Opens a flow from the client.
    func open(_ metadata: [UInt8] = [1], priority: FlowPriority = .routine) throws -> FlowHandle {
        try #require(pair.client.openFlow(on: client, metadata: metadata, priority: priority, at: now))
    }

    func write(_ message: [UInt8], on flow: FlowHandle, expiry: MessageExpiry = .never) {
        #expect(pair.client.write(message, on: flow, expiry: expiry, at: now))
    }

    func run(_ interval: Interval) {
        pair.pump.run(interval)
    }
}

extension [Event] {
    /// The flows that the far end began.
    var openedFlows: [(FlowHandle, ReceivedFlow)] {
        compactMap { event in
            guard case .flowOpened(let handle, let flow) = event else { return nil }
            return (handle, flow)
        }
    }

    /// The messages received, in order.
    var messages: [ReceivedMessage] {
        compactMap { event in
            guard case .message(_, let message) = event else { return nil }
            return message
        }
    }
}

/// Octets that are different for every `seed`.
func octets(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
    var random = SeededGenerator(seed: seed)
    return random.octets(count)
}
