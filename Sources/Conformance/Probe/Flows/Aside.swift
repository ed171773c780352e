import Flash
import RTMFP

/// Another flow beside a conversation, on which the target can be brought to send one message.
///
/// A NetConnection server answers `publish` on a flow of the stream's (RFC 7425 §5.3.5.2), an echo answers each flow on
/// one of its own.
struct Aside {
    private let session: ProbeSession
    private let flow: ProbeFlow
    private let message: [UInt8]

    /// Prepares everything, so that one more message brings the answer.
    init(_ conversation: Conversation) throws {
        session = conversation.session
        switch conversation.dialect {
        case .echo:
            flow = session.flow(id: conversation.flow.id &+ 1)
            message = Array("aside".utf8)
        case .netConnection:
            let created = try conversation.call("createStream")
            let answers = try conversation.openAnswers()
            guard let number = created.arguments.first?.number, let id = UInt32(exactly: number) else {
                throw Unmet(expected: "a stream ID in answer to createStream", actual: "none")
            }
            let metadata = FlowMetadata(streamID: id).encoded
            flow = session.flow(
                id: conversation.flow.id &+ 1,
                options: [.metadata(metadata), .association(answers.id)]
            )
            let name = hex(session.probe.octets(8))
            message = Command("publish", [.string(name), .string("live")]).message().encoded
        }
    }

    /// Says the message, and waits for the answer's flow.
    func provoke() throws -> FarFlow {
        let known = Set(session.ear.flows.keys)
        try session.say([flow.fragment(message, number: 1)])
        return try session.waitFor("an answer on another flow") {
            session.ear.flows.values.first { !known.contains($0.id) && !$0.messages.isEmpty }
        } otherwise: {
            "none"
        }
    }
}
