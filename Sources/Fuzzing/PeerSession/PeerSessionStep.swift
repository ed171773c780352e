/// What happens to a peer whose sessions and streams are under fuzz: two octets, and in some steps octets of a message
/// after them.
///
/// Far ends have numbers from 0 to 3, the last of them is the rendezvous. What belongs to a session is that of the far
/// end's latest one.
enum PeerSessionStep {
    /// Which stream a far end asks to play.
    enum Name: UInt8, CaseIterable {
        /// The one that is for everybody.
        case everybody
        /// The one that is for this far end.
        case own
        /// The one that is for another far end.
        case foreign
        case nonsense
    }

    /// What a far end sends on a flow of its own.
    enum Command: UInt8, CaseIterable {
        case closeStream, pause, deleteStream, publish, unknown, barrier, play, status
    }

    /// What a far end answers to a flow of the peer's.
    enum Answer: UInt8, CaseIterable {
        case start, failed, unpublished, begin, connected, refused, keepalive, senseless
    }

    enum Player: UInt8, CaseIterable {
        case playlist, segment
        /// The oldest HTTP request is served; a tracker names far ends.
        case served, failed
    }

    /// So many milliseconds, doubled `scale` times.
    case pass(UInt8, scale: UInt8)
    /// The far end opens a session.
    case open(UInt8)
    /// It answers the peer's attempt to open one.
    case accept(UInt8)
    /// It begins a flow, and asks to play.
    case play(UInt8, flow: UInt8, Name)
    case command(UInt8, flow: UInt8, Command)
    /// It answers a flow of the peer's, by its place.
    case answer(UInt8, flow: UInt8, Answer)
    /// It asks for an operation, as `PeerStep.ask`, on the answer to a flow of the peer's.
    case ask(UInt8, flow: UInt8, operation: UInt8)
    /// A message as it is, on a flow of the far end's or on the answer to one of the peer's.
    case message(UInt8, flow: UInt8, isAnswer: Bool, [UInt8])
    /// A flow with metadata as they are begins.
    case begin(UInt8, flow: UInt8, [UInt8])
    /// A flow of the far end's comes to its end.
    case end(UInt8, flow: UInt8)
    /// A flow of the peer's is rejected.
    case reject(UInt8, flow: UInt8)
    case close(UInt8, isAcknowledgement: Bool)
    /// All that the peer sent has arrived.
    case acknowledge(UInt8)
    case player(Player, amount: UInt8)
    case again(UInt8)

    /// Takes the next step off a script; nil at its end.
    init?(_ script: inout ArraySlice<UInt8>) {
        guard let first = script.popFirst(), let second = script.popFirst() else { return nil }
        let far = first >> 4 & 3
        let variant = first >> 6
        let flow = second & 7
        let kind = second >> 3
        func payload() -> [UInt8] {
            guard let count = script.popFirst() else { return [] }
            defer { script = script.dropFirst(Int(count)) }
            return Array(script.prefix(Int(count)))
        }
        func choice<Choice: CaseIterable>(_: Choice.Type, _ number: UInt8) -> Choice where Choice.AllCases == [Choice] {
            Choice.allCases[Int(number) % Choice.allCases.count]
        }
        switch first & 15 {
        case 0: self = .pass(second, scale: first >> 4)
        case 1: self = .open(far)
        case 2: self = .accept(far)
        case 3: self = .play(far, flow: flow, choice(Name.self, variant))
        case 4: self = .command(far, flow: flow, choice(Command.self, kind))
        case 5: self = .answer(far, flow: flow, choice(Answer.self, kind))
        case 6, 7: self = .ask(far, flow: flow, operation: kind)
        case 8: self = .message(far, flow: flow, isAnswer: variant & 1 == 1, payload())
        case 9: self = .begin(far, flow: flow, payload())
        case 10: self = .end(far, flow: flow)
        case 11: self = .reject(far, flow: flow)
        case 12: self = .close(far, isAcknowledgement: variant & 1 == 1)
        case 13: self = .acknowledge(far)
        case 14: self = .player(choice(Player.self, variant), amount: second)
        default: self = .again(far)
        }
    }

    /// The octets of the step in a script.
    var octets: [UInt8] {
        func step(_ kind: UInt8, _ far: UInt8, _ second: UInt8 = 0, _ variant: UInt8 = 0) -> [UInt8] {
            [kind | far << 4 | variant << 6, second]
        }
        func counted(_ octets: [UInt8]) -> [UInt8] { [UInt8(clamping: octets.count)] + octets.prefix(255) }
        switch self {
        case .pass(let amount, let scale): return [scale << 4, amount]
        case .open(let far): return step(1, far)
        case .accept(let far): return step(2, far)
        case .play(let far, let flow, let name): return step(3, far, flow, name.rawValue)
        case .command(let far, let flow, let kind): return step(4, far, flow | kind.rawValue << 3)
        case .answer(let far, let flow, let kind): return step(5, far, flow | kind.rawValue << 3)
        case .ask(let far, let flow, let operation): return step(6, far, flow | operation << 3)
        case .message(let far, let flow, let isAnswer, let octets):
            return step(8, far, flow, isAnswer ? 1 : 0) + counted(octets)
        case .begin(let far, let flow, let octets): return step(9, far, flow) + counted(octets)
        case .end(let far, let flow): return step(10, far, flow)
        case .reject(let far, let flow): return step(11, far, flow)
        case .close(let far, let isAcknowledgement): return step(12, far, 0, isAcknowledgement ? 1 : 0)
        case .acknowledge(let far): return step(13, far)
        case .player(let kind, let amount): return step(14, 0, amount, kind.rawValue)
        case .again(let far): return step(15, far)
        }
    }
}
