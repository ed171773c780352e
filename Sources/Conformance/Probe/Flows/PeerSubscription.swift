import Flash
import RTMFP

/// A subscription of the probe's to a stream of a client's, over a session between the two (RFC 7425 §5.4).
final class PeerSubscription {
    let session: ProbeSession
    let streamID: UInt32
    /// The subscriber's control flow.
    let flow: ProbeFlow

    /// Subscriber's stream IDs begin here, as the Flash Player's do.
    static let firstStreamID: UInt32 = 2_000_001

    /// Asks to play a stream.
    ///
    /// - Parameter mustBeHeard: whether the client must acknowledge that; else it is said, and may be ignored.
    init(
        _ session: ProbeSession,
        playing name: String,
        streamID: UInt32 = firstStreamID,
        flowID: UInt64 = 2,
        mustBeHeard: Bool = true
    ) throws {
        self.session = session
        self.streamID = streamID
        flow = session.flow(id: flowID, options: [.metadata(FlowMetadata(streamID: streamID).encoded)])
        let octets = Command("play", [.string(name)]).message().encoded
        do {
            _ = try flow.deliver(octets)
        } catch let unmet as Unmet {
            if mustBeHeard { throw unmet }
        }
    }

    /// The flows that the client has opened since the session began.
    var farFlows: [FarFlow] { session.ear.flows.values.sorted { $0.id < $1.id } }

    /// The flows that the client has opened in return.
    var returns: [FarFlow] { farFlows.filter { $0.association == flow.id } }

    /// What has come on flows in return.
    var messages: [Message] { returns.flatMap(\.rtmpMessages) }

    /// Whether the client says that it begins to play, or plays.
    var isServed: Bool { messages.contains { $0.type.isMedia || $0.beginsStream(streamID) } }

    /// Waits for a message on a flow in return.
    @discardableResult
    func expect(_ expected: String, where match: (Message) -> Bool) throws -> Message {
        try session.waitFor(expected) {
            messages.first(where: match)
        } otherwise: {
            let flows = farFlows
            return flows.isEmpty ? "no flow was opened" : "\(messages.count) others came, on \(flows.count) flows"
        }
    }
}

extension ProbeSession {
    /// A session of another of the probe's addresses with the client, and a subscription to the stream that it offers;
    /// blocks the case if the client does not serve it.
    func subscribe() throws -> PeerSubscription {
        let peers = try openToClient()
        return try given {
            let subscription = try PeerSubscription(peers, playing: probe.survey.streamName)
            try peers.waitFor("the stream “\(probe.survey.streamName)”") {
                subscription.farFlows.contains { !$0.messages.isEmpty } ? () : nil
            } otherwise: {
                "nothing"
            }
            return subscription
        }
    }
}

extension Message {
    /// Whether it is a StreamBegin for that stream (RFC 7425 §5.4.2).
    func beginsStream(_ streamID: UInt32) -> Bool {
        guard type == .userControl, case .streamBegin(let id) = try? UserControl(decoding: self) else { return false }
        return id == streamID
    }
}
