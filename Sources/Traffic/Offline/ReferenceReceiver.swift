import Capture
import RTMFP

/// A reference endpoint that receives what one end of a recorded session sent, in a session of its own, in virtual time.
///
/// It gets the data chunks as they were, at the times of the capture, under fresh keys. What it says itself goes nowhere.
final class ReferenceReceiver {
    /// Messages by flow, as the sender numbers flows; the digest of each, and how often it came.
    private(set) var delivered: [Message: Int] = [:]
    /// Flows that the endpoint would not take.
    private(set) var refused: Set<UInt64> = []

    /// A message, without its octets.
    struct Message: Hashable {
        var flowID: UInt64
        var digest: [UInt8]
    }

    private let endpoint: Endpoint
    private let sealer: PacketSealer
    private let sessionID: UInt32
    private let mode: PacketMode
    private let start: Instant
    private var origin: Instant?
    private var flowIDs: [FlowHandle: UInt64] = [:]

    private static let here = SocketAddress(.v4(0xc000_0201), port: 1935)
    private static let there = SocketAddress(.v4(0xc000_0202), port: 1935)

    /// Opens the session.
    ///
    /// - Parameter isResponder: whether the endpoint is the responder, and so hears an initiator.
    /// - Throws: `KeyingError` if the two ends do not come together, which they always do.
    init(isResponder: Bool) throws {
        var random = SeededGenerator(seed: 1, name: "reference receiver")
        var configuration = Configuration(identity: try .ephemeral(groups: [.modp1024], using: &random))
        configuration.logsKeys = true
        configuration.silenceTimeout = .seconds(1_000_000)
        configuration.keepalive = .seconds(500_000)
        let receiver = Endpoint(configuration: configuration, random: random)
        var other = SeededGenerator(seed: 2, name: "reference receiver")
        let sender = Endpoint(
            configuration: Configuration(identity: try .ephemeral(groups: [.modp1024], using: &other)),
            random: other
        )
        let now = Instant.origin + .seconds(1)
        let discriminator = EndpointDiscriminator(uri: "rtmfp://reference/").encoded
        if isResponder {
            sender.open(to: [Self.here], endpointDiscriminator: discriminator, at: now)
        } else {
            receiver.open(to: [Self.there], endpointDiscriminator: discriminator, at: now)
        }
        var entry: KeyLogEntry?
        for _ in 0..<8 where entry == nil {
            for datagram in sender.takeDatagrams() { receiver.receive(datagram.bytes, from: Self.there, at: now) }
            for case .keyed(_, let keys) in receiver.takeEvents() { entry = keys }
            for datagram in receiver.takeDatagrams() { sender.receive(datagram.bytes, from: Self.here, at: now) }
        }
        guard let entry else { throw KeyingError.component("the reference opens no session with itself") }
        endpoint = receiver
        sealer = PacketSealer(entry.receiving)
        sessionID = entry.nearSessionID
        mode = isResponder ? .initiator : .responder
        start = now
    }

    /// Hands in the data of a recorded packet.
    func receive(_ contents: PacketContents, at time: Instant) {
        let chunks = contents.chunks.compactMap { Self.data($0.chunk) }
        guard !chunks.isEmpty else { return }
        let origin = self.origin ?? time
        self.origin = origin
        let now = max(endpoint.now, start + max(.zero, time - origin))
        var header = PacketHeader(mode)
        header.timeCritical = contents.header.timeCritical
        let datagram = sealer.seal(Packet(header, chunks).encoded, to: sessionID)
        endpoint.receive(datagram, from: Self.there, at: now)
        collect(at: now)
    }

    private func collect(at now: Instant) {
        while true {
            let events = endpoint.takeEvents()
            if events.isEmpty { break }
            for event in events { handle(event, at: now) }
        }
        _ = endpoint.takeDatagrams()
    }

    private func handle(_ event: Event, at now: Instant) {
        switch event {
        case .flowOpened(let flow, let received):
            flowIDs[flow] = received.flowID
            // As a capture does: what was lost before the place of capture may never come.
            endpoint.deliver(flow, in: .arrival, at: now)
        case .message(let flow, let message):
            guard let flowID = flowIDs[flow] else { return }
            delivered[Message(flowID: flowID, digest: SHA256.hash(message.bytes)), default: 0] += 1
        case .flowRefused(let flow): refused.insert(flowIDs[flow] ?? 0)
        default: break
        }
    }

    /// The chunk if it carries data; without association, for the flows of the other end are not here.
    private static func data(_ chunk: Chunk) -> Chunk? {
        switch chunk {
        case .userData(var data):
            data.options = data.options?.filter { $0.type != 0x0a }
            return .userData(data)
        case .nextUserData(var data):
            data.options = data.options?.filter { $0.type != 0x0a }
            return .nextUserData(data)
        default: return nil
        }
    }
}

extension Option {
    fileprivate var type: UInt64? {
        if case .value(let type, _) = self { type } else { nil }
    }
}
