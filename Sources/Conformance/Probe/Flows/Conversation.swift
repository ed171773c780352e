import Flash
import RTMFP

/// A flow of the probe's on which it asks, and the flow on which the target answers.
final class Conversation {
    let session: ProbeSession
    let dialect: Dialect
    /// The flow on which the probe asks.
    let flow: ProbeFlow
    private var asked: Int

    init(_ session: ProbeSession, dialect: Dialect, flow: ProbeFlow, after asked: Int = 0) {
        self.asked = asked
        self.session = session
        self.dialect = dialect
        self.flow = flow
    }

    /// The flow on which the target answers; nil before it has opened one.
    var answers: FarFlow? { session.ear.flow(answering: flow.id) }

    /// The next question, not asked yet. The first one opens the conversation.
    func question(size: Int = 0, padding: Int = 0) -> Question {
        asked += 1
        return dialect.question(asked, size: size, padding: padding, uri: session.probe.target.uri)
    }

    /// How many of the messages that came answer `question`.
    func count(answering question: Question) -> Int {
        answers?.messages.count { dialect.isAnswer($0.octets, to: question) } ?? 0
    }

    /// The place of the first answer to `question` among the target's messages; nil before there is one.
    func place(answering question: Question) -> Int? {
        answers?.messages.firstIndex { dialect.isAnswer($0.octets, to: question) }
    }

    /// Waits for the answer to `question`.
    func expectAnswer(to question: Question, within patience: Interval? = nil) throws {
        try session.waitFor("an answer to message \(question.number) of the conversation", within: patience) {
            count(answering: question) > 0 ? () : nil
        } otherwise: {
            answers.map { "\($0.messages.count) messages came" } ?? "no flow was opened in return"
        }
    }

    /// Asks the next question until it is answered.
    ///
    /// - Parameter packets: what to say before it, each time.
    @discardableResult
    func ask(size: Int = 0, after packets: [[Chunk]] = []) throws -> Question {
        let question = question(size: size)
        if question.octets.count > ProbeFlow.fragmentSize {
            try packets.forEach { try session.say($0) }
            try flow.deliver(long: question.octets)
            try expectAnswer(to: question)
        } else {
            try insist(packets + [[flow.fragment(question.octets)]], until: question)
        }
        return question
    }

    /// Calls a method of a NetConnection server, and gives its answer.
    func call(_ name: String, _ arguments: [AMF0Value] = []) throws -> Command {
        asked += 1
        let call = Command(name, transactionID: Double(asked), arguments)
        let question = Question(number: asked, octets: call.message().encoded)
        try insist([[flow.fragment(question.octets)]], until: question)
        let answer = answers?.messages.first { dialect.isAnswer($0.octets, to: question) }
        guard let answer, let message = try? Message(decoding: answer.octets),
            let command = try? Command(decoding: message)
        else { throw Unmet(expected: "an answer to \(name)", actual: "none that can be read") }
        return command
    }

    /// Says packets, all of them again if need be, until `question` is answered: a lost datagram decides nothing.
    func insist(_ packets: [[Chunk]], until question: Question) throws {
        for attempt in 1...3 {
            try packets.forEach { try session.say($0) }
            do {
                return try expectAnswer(to: question)
            } catch let unmet as Unmet {
                if attempt == 3 { throw unmet }
            }
        }
    }

    /// Fails if the target has answered `question`.
    func requireUnanswered(_ question: Question, _ why: String) throws {
        try require(
            count(answering: question) == 0,
            expected: "no answer to message \(question.number) of the conversation: \(why)",
            actual: "an answer"
        )
    }
}

extension ProbeSession {
    /// A flow that is not open yet, with the metadata of the target's dialect unless other options are given.
    func flow(id: UInt64, options: [Option]? = nil) -> ProbeFlow {
        ProbeFlow(self, id: id, options: options ?? [.metadata(Dialect.metadata)])
    }

    /// A conversation that has not begun: the case asks the first question itself.
    func conversation(id: UInt64 = 2, options: [Option]? = nil) throws -> Conversation {
        guard let dialect = probe.survey.dialect else { throw Lacking(reason: "it answers on no flow") }
        return Conversation(self, dialect: dialect, flow: flow(id: id, options: options))
    }

    /// A conversation whose first question was answered; blocks the case if it was not.
    func converse(id: UInt64 = 2) throws -> Conversation {
        let conversation = try conversation(id: id)
        try given { _ = try conversation.ask() }
        return conversation
    }

    /// Waits until `value` has a value; looks at it whenever a packet has come.
    ///
    /// - Throws: `Unmet` if it has none in time; `otherwise` says what there is instead.
    func waitFor<T>(
        _ expected: String,
        within patience: Interval? = nil,
        _ value: () throws -> T?,
        otherwise: () -> String
    ) throws -> T {
        if let value = try value() { return value }
        let deadline = peer.now + (patience ?? probe.timing.patience)
        while try peer.hear(until: deadline) != nil {
            if let value = try value() { return value }
        }
        throw Unmet(expected: expected, actual: otherwise())
    }
}
