import RTMFP
import Synchronization
import Testing

/// A server, and a client that says any chunks and only listens to what comes back.
struct RawClient {
    /// What came from the server, a packet each.
    struct Heard {
        var at: Instant
        var header: PacketHeader
        var chunks: [Chunk]
    }

    /// Keeps chunks from the client's own flows.
    final class Ear: Conduct {
        private let packets = Mutex<[Heard]>([])

        func receives(_ packet: IncomingPacket) -> IncomingPacket? {
            guard packet.key == .session else { return packet }
            packets.withLock {
                $0.append(.init(at: packet.time, header: packet.packet.header, chunks: packet.packet.chunks))
            }
            return nil
        }

        /// Marks what the client says with Time Critical Reverse Notifications.
        let notifies = Mutex(false)

        func sends(_ packet: OutgoingPacket) -> [OutgoingPacket] {
            var packet = packet
            if packet.key == .session { packet.packet.header.timeCriticalReverse = notifies.withLock { $0 } }
            return [packet]
        }

        func take() -> [Heard] {
            packets.withLock { packets in
                defer { packets = [] }
                return packets
            }
        }
    }

    let pair: Pair
    let client: SessionHandle
    let server: SessionHandle
    private let ear = Ear()

    init(
        _ conduct: any Conduct = Correct(),
        _ configure: (inout Configuration) -> Void = { _ in }
    ) throws {
        pair = Pair(
            // Deaf as it is, the client would take the server for dead.
            client: try Parties.endpoint(1, conduct: ear) { $0.silenceTimeout = .seconds(1_000_000) },
            server: try Parties.endpoint(2, conduct: conduct, configure: configure)
        )
        (client, server) = try #require(pair.opened())
        _ = ear.take()
    }

    var now: Instant { pair.pump.now }

    /// Whether the client says that it receives time-critical data from others.
    func notify(_ isReceiving: Bool) {
        ear.notifies.withLock { $0 = isReceiving }
    }

    /// Says chunks in one packet, and hears what comes back within `interval`.
    @discardableResult
    func say(_ chunks: Chunk..., hearing interval: Interval = .milliseconds(50)) -> [Heard] {
        pair.client.send(chunks, on: client, at: now)
        return hear(interval)
    }

    /// Hears what comes within `interval`.
    @discardableResult
    func hear(_ interval: Interval = .milliseconds(50)) -> [Heard] {
        pair.pump.run(interval)
        return ear.take()
    }

    /// Opens a flow from the server and writes messages on it.
    func serve(_ messages: [[UInt8]], expiry: MessageExpiry = .never, priority: FlowPriority = .routine) throws
        -> FlowHandle
    {
        let flow = try #require(pair.server.openFlow(on: server, metadata: [9], priority: priority, at: now))
        for message in messages { pair.server.write(message, on: flow, expiry: expiry, at: now) }
        return flow
    }

    /// User Data of a flow, with metadata where it is the first.
    static func data(
        _ number: UInt64,
        forward: UInt64 = 0,
        flow: UInt64 = 5,
        _ flags: UserDataFlags = UserDataFlags(),
        options: [Option]? = nil,
        carrying data: [UInt8] = [1, 2, 3]
    ) -> Chunk {
        .userData(
            UserData(
                flags: flags,
                flowID: flow,
                sequenceNumber: number,
                fsnOffset: number - forward,
                options: options ?? (number == 1 ? [.value(type: 0, [1])] : nil),
                userData: data
            )
        )
    }

    /// A Range Ack.
    static func acknowledgement(
        _ cumulative: UInt64,
        _ ranges: [ClosedRange<UInt64>] = [],
        flow: UInt64 = 2,
        blocks: UInt64 = 64
    ) -> Chunk {
        .rangeAcknowledgement(
            RangeAcknowledgement(
                flowID: flow,
                bufferBlocksAvailable: blocks,
                cumulativeAcknowledgement: cumulative,
                ranges: ranges
            )
        )
    }
}

extension [RawClient.Heard] {
    var chunks: [Chunk] { flatMap(\.chunks) }

    /// What the acknowledgements say, in either encoding.
    var acknowledgements: [Acknowledgement] { chunks.compactMap(Acknowledgement.init) }

    /// Sequence numbers and flags of User Data, Next User Data included.
    var fragments: [Fragment] {
        flatMap { heard in
            var former: UserData?
            var fragments: [Fragment] = []
            for chunk in heard.chunks {
                switch chunk {
                case .userData(let data):
                    former = data
                case .nextUserData(let next):
                    former?.sequenceNumber += 1
                    former?.fsnOffset += 1
                    former?.flags = next.flags
                    former?.options = next.options
                    former?.userData = next.userData
                default: continue
                }
                guard let data = former else { continue }
                fragments.append(
                    Fragment(data: data, isNext: chunk.type == ChunkType.nextUserData.rawValue, at: heard.at)
                )
            }
            return fragments
        }
    }

    var exceptions: [FlowExceptionReport] {
        chunks.compactMap { if case .flowExceptionReport(let report) = $0 { report } else { nil } }
    }

    var probes: [(flow: UInt64, at: Instant)] {
        flatMap { heard in
            heard.chunks.compactMap { chunk in
                if case .bufferProbe(let probe) = chunk { (probe.flowID, heard.at) } else { nil }
            }
        }
    }
}

/// A fragment as it was sent.
struct Fragment {
    var data: UserData
    var isNext: Bool
    var at: Instant

    var number: UInt64 { data.sequenceNumber }
}

/// An acknowledgement in either encoding.
struct Acknowledgement: Equatable {
    var flow: UInt64
    var blocks: UInt64
    var cumulative: UInt64
    var ranges: [ClosedRange<UInt64>]

    init?(_ chunk: Chunk) {
        switch chunk {
        case .bitmapAcknowledgement(let body):
            (flow, blocks) = (body.flowID, body.bufferBlocksAvailable)
            (cumulative, ranges) = (body.cumulativeAcknowledgement, body.ranges)
        case .rangeAcknowledgement(let body):
            (flow, blocks) = (body.flowID, body.bufferBlocksAvailable)
            (cumulative, ranges) = (body.cumulativeAcknowledgement, body.ranges)
        default: return nil
        }
    }
}
