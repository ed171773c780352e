import Capture
public import RTMFP

/// One of those who took part in a recorded exchange, and all that the capture shows of it.
public struct RecordedImplementation: Sendable {
    /// A chunk of a startup packet; the packet may have been put together of fragments.
    struct StartupChunk: Sendable {
        /// The packet that carried it, or the one that carried the last fragment.
        let packet: RecordedPacket
        let chunk: Chunk

        func require(_ condition: Bool, expected: String, actual: @autoclosure () -> String) throws {
            try packet.require(condition, expected: expected, actual: actual())
        }
    }

    /// Where it sends from: one address, or several if that changed during a session or its startup.
    public let addresses: [SocketAddress]
    /// What it sent, in the order of the capture.
    let sent: [RecordedPacket]
    /// What was sent to it, in the order of the capture.
    let received: [RecordedPacket]
    /// What it sent that no key opens, though the keys are there.
    let unverified: [DecodedPacket]
    /// The chunks of its startup packets.
    let startup: [StartupChunk]
    /// The chunks of startup packets that were sent to it.
    let heardStartup: [StartupChunk]
    /// The sessions that it is an end of.
    let sessions: [RecordedSession]

    /// How reports call it.
    public var name: String { addresses.map(\.description).joined(separator: ", ") }

    /// The flows that it sends on, of all sessions.
    var sendingFlows: [RecordedFlow] { sessions.flatMap(\.sendingFlows) }

    /// The flows whose beginning was captured.
    var wholeFlows: [RecordedFlow] { sendingFlows.filter(\.isWhole) }

    /// Every fragment that it sent.
    var transmissions: [RecordedFlow.Transmission] { sendingFlows.flatMap(\.transmissions) }

    /// The packets that it sent in sessions.
    var sentInSessions: [RecordedPacket] { sent.filter(\.isInSession) }
}

extension Sequence {
    /// All elements, for a judgement that needs at least one; without any, there is no evidence.
    func evidence(_ what: String) throws -> [Element] {
        let elements = Array(self)
        guard !elements.isEmpty else { throw Inconclusive(reason: "the capture shows no \(what)") }
        return elements
    }
}
