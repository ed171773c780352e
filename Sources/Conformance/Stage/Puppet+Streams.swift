import Flash
import HLSP2P
import RTMFP

/// What a puppet makes of flows and messages of the peer under test.
extension Puppet {
    // MARK: The four streams. The latest of each counts.

    /// S1: what the puppet hears of the peer's public stream.
    var publicHeard: Subscription? { latest(.heard, stage.subjectName) }
    /// S3: what the puppet hears of the stream that the peer publishes for it.
    var privateHeard: Subscription? { latest(.heard, id.description) }
    /// S2: the peer hears the puppet's public stream.
    var publicServed: Subscription? { latest(.served, id.description) }
    /// S4: the peer hears what the puppet publishes for it.
    var privateServed: Subscription? { latest(.served, stage.subjectName) }

    private func latest(_ direction: Subscription.Direction, _ name: String) -> Subscription? {
        subscriptions.last { $0.direction == direction && $0.name == name }
    }

    /// Whether messages can go both ways (peer-protocol §2.3).
    var isReady: Bool {
        guard let heard = privateHeard, let served = privateServed else { return false }
        return heard.isOpen && heard.startedAt != nil && served.isOpen && !served.returns.isEmpty
    }

    /// All that the peer has said to the puppet, in order.
    var words: [PeerWord] { subscriptions.flatMap { $0.direction == .heard ? $0.words : [] } }

    func opened(_ flow: FlowHandle, _ received: ReceivedFlow) {
        if let association = received.association,
            let subscription = subscriptions.first(where: { $0.direction == .heard && $0.control == association })
        {
            subscription.returns.append((flow, received))
        } else {
            subscriptions.append(Subscription(.served, control: flow, metadata: received.metadata))
        }
    }

    func heard(_ received: ReceivedMessage, on flow: FlowHandle) {
        guard let message = try? Message(decoding: received.bytes) else { return }
        if let subscription = subscriptions.first(where: { $0.direction == .served && $0.control == flow }) {
            asked(message, subscription)
        } else if let subscription = subscriptions.first(where: { $0.returns.contains { $0.flow == flow } }) {
            heard(message, of: subscription, on: flow)
        }
    }

    private func asked(_ message: Message, _ subscription: Subscription) {
        guard subscription.play == nil, let command = try? Command(decoding: message), command.name == "play" else {
            subscription.furtherOnControl.append(message)
            return
        }
        subscription.play = message
        subscription.name = command.arguments.first?.string
        note(false, "play \(stage.called(subscription.name ?? "nothing"))")
        let isPublic = subscription.name == id.description
        guard isPublic ? manner.servesPublic : manner.servesPrivate && subscription.name == stage.subjectName else {
            return
        }
        serve(subscription)
        if isPublic, manner.subscribesBack, publicHeard.map({ !$0.isOpen }) ?? true { play(stage.subjectName) }
    }

    private func heard(_ message: Message, of subscription: Subscription, on flow: FlowHandle) {
        if message.type == .userControl, case .streamBegin? = try? UserControl(decoding: message) {
            subscription.begunAt = subscription.begunAt ?? now
            subscription.preliminaries.append(message.type)
        } else if let command = try? Command(decoding: message), command.name == "onStatus",
            let status = Status(command.arguments.first ?? .null)
        {
            note(false, "\(status.code) of \(stage.called(subscription.name ?? "?"))")
            subscription.statuses.append((now, status))
            subscription.preliminaries.append(message.type)
            let isPublic = subscription.name == stage.subjectName
            if isPublic, status.code == "NetStream.Play.Start", manner.playsPrivate,
                privateHeard.map({ !$0.isOpen }) ?? true
            {
                play(id.description)
            }
        } else if let word = PeerWord(message, on: flow, at: now) {
            note(false, word.summary)
            if subscription.words.count < 5_000 { subscription.words.append(word) }
            if subscription === privateHeard { respond(to: word) }
        } else {
            subscription.preliminaries.append(message.type)
        }
    }

    func ended(_ flow: FlowHandle) {
        for subscription in subscriptions where subscription.closedAt == nil {
            let isControl = subscription.control == flow
            let isLastReturn =
                subscription.direction == .heard && subscription.returns.count == 1
                && subscription.returns[0].flow == flow
            let isServedReturn = subscription.direction == .served && subscription.returns.contains { $0.flow == flow }
            guard isControl || isLastReturn || isServedReturn else { continue }
            subscription.closedAt = now
            note(false, "closes \(stage.called(subscription.name ?? "?"))")
        }
    }
}
