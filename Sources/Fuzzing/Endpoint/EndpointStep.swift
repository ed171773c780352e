/// What happens to an endpoint under fuzz: two octets, and in some steps octets of a packet after them.
///
/// Far ends have numbers from 0 to 3. What belongs to a session is that of the far end's latest one.
enum EndpointStep {
    /// Whom an IHello asks for.
    enum Sought: UInt8, CaseIterable {
        /// The endpoint, by URI.
        case near
        /// Another far end, by its fingerprint.
        case other
        /// The endpoint, with a Forwarded IHello in the session, in the name of another far end.
        case forwarded
    }

    /// Which cookie an IIKeying brings.
    enum Cookie: UInt8, CaseIterable {
        /// The latest that the far end got.
        case own
        /// The first that it got.
        case first
        /// The latest that another far end got.
        case stolen
        /// One that the endpoint never made.
        case forged
    }

    /// How the endpoint's own attempt to open a session goes.
    enum Invitation: UInt8, CaseIterable {
        case answered
        /// Only the RHello comes.
        case left
        /// Nothing comes.
        case ignored
        /// It is sent to more addresses than there may be.
        case redirected
    }

    /// What an acknowledgement says.
    enum Acknowledgement: UInt8, CaseIterable {
        /// All that was sent has arrived.
        case all
        /// So has what was not sent.
        case tooMuch
        /// Only the last has.
        case last
        /// All has, and there is no room for more.
        case full
    }

    enum PingKind: UInt8, CaseIterable {
        case ask
        /// The answer to the latest Ping that the address got; from there.
        case answer
        /// An answer from there to the latest Ping that went to the far end's own address.
        case misplaced
        /// An answer to no Ping.
        case unasked
    }

    enum Owner: UInt8, CaseIterable {
        case close, abort, ping, write
    }

    enum Fragments: UInt8, CaseIterable {
        /// An IHello in two of them.
        case halves
        /// Several IHellos, each whole in a fragment, in one datagram.
        case many
        /// The first half of a long packet.
        case first
        /// A fragment in a fragment.
        case nested
    }

    enum Oddity: UInt8, CaseIterable {
        case probe
        case exception
        /// Data in a packet of the wrong mode.
        case ownMode
        /// Data under the Default Session Key.
        case standardKey
    }

    /// So many milliseconds, doubled `scale` times.
    case pass(UInt8, scale: UInt8)
    case datagram(UInt8, [UInt8])
    /// A plain packet under the Default Session Key; to the session's ID or to 0.
    case startup(UInt8, toSession: Bool, [UInt8])
    /// A plain packet of the session, from its far end or from another.
    case session(UInt8, isMoved: Bool, [UInt8])
    case hello(UInt8, Sought, of: UInt8)
    case keying(UInt8, Cookie, isZero: Bool)
    /// IHello, and IIKeying with the cookie of the answer.
    case open(UInt8)
    case invite(UInt8, Invitation)
    /// User Data: of which flow, in which form, and how many sequence numbers after the last are left out.
    case data(UInt8, flow: UInt8, form: UInt8, skipping: UInt8)
    case acknowledge(UInt8, Acknowledgement)
    case ping(UInt8, PingKind, at: UInt8)
    case close(UInt8, isAcknowledgement: Bool)
    case owner(UInt8, Owner, amount: UInt8)
    case fragments(UInt8, Fragments, amount: UInt8)
    /// The latest datagram, again; by a clock that is late or not.
    case again(UInt8, isLate: Bool)
    case odd(UInt8, Oddity, flow: UInt8)

    /// Takes the next step off a script; nil at its end.
    init?(_ script: inout ArraySlice<UInt8>) {
        guard let first = script.popFirst(), let second = script.popFirst() else { return nil }
        let far = first >> 4 & 3
        let variant = first >> 6
        func payload() -> [UInt8] {
            defer { script = script.dropFirst(Int(second)) }
            return Array(script.prefix(Int(second)))
        }
        func choice<Choice: CaseIterable>(_: Choice.Type) -> Choice where Choice.AllCases == [Choice] {
            Choice.allCases[Int(variant) % Choice.allCases.count]
        }
        switch first & 15 {
        case 0: self = .pass(second, scale: first >> 4)
        case 1: self = .datagram(far, payload())
        case 2: self = .startup(far, toSession: variant & 1 == 1, payload())
        case 3: self = .session(far, isMoved: variant & 1 == 1, payload())
        case 4: self = .hello(far, choice(Sought.self), of: second & 3)
        case 5: self = .keying(far, choice(Cookie.self), isZero: second & 1 == 1)
        case 6: self = .open(far)
        case 7: self = .invite(far, choice(Invitation.self))
        case 8: self = .data(far, flow: second & 7, form: second >> 3, skipping: variant)
        case 9: self = .acknowledge(far, choice(Acknowledgement.self))
        case 10: self = .ping(far, choice(PingKind.self), at: second & 3)
        case 11: self = .close(far, isAcknowledgement: variant & 1 == 1)
        case 12: self = .owner(far, choice(Owner.self), amount: second)
        case 13: self = .fragments(far, choice(Fragments.self), amount: second)
        case 14: self = .again(far, isLate: variant & 1 == 1)
        default: self = .odd(far, choice(Oddity.self), flow: second & 7)
        }
    }

    /// The octets of the step in a script.
    var octets: [UInt8] {
        func step(_ kind: UInt8, _ far: UInt8, _ variant: UInt8 = 0, _ second: UInt8 = 0) -> [UInt8] {
            [kind | far << 4 | variant << 6, second]
        }
        func step(_ kind: UInt8, _ far: UInt8, _ variant: Bool, _ payload: [UInt8]) -> [UInt8] {
            step(kind, far, variant ? 1 : 0, UInt8(clamping: payload.count)) + payload.prefix(255)
        }
        switch self {
        case .pass(let amount, let scale): return [scale << 4, amount]
        case .datagram(let far, let octets): return step(1, far, false, octets)
        case .startup(let far, let toSession, let octets): return step(2, far, toSession, octets)
        case .session(let far, let isMoved, let octets): return step(3, far, isMoved, octets)
        case .hello(let far, let sought, let other): return step(4, far, sought.rawValue, other)
        case .keying(let far, let cookie, let isZero): return step(5, far, cookie.rawValue, isZero ? 1 : 0)
        case .open(let far): return step(6, far)
        case .invite(let far, let invitation): return step(7, far, invitation.rawValue)
        case .data(let far, let flow, let form, let skipping): return step(8, far, skipping, flow | form << 3)
        case .acknowledge(let far, let kind): return step(9, far, kind.rawValue)
        case .ping(let far, let kind, let place): return step(10, far, kind.rawValue, place)
        case .close(let far, let isAcknowledgement): return step(11, far, isAcknowledgement ? 1 : 0)
        case .owner(let far, let kind, let amount): return step(12, far, kind.rawValue, amount)
        case .fragments(let far, let kind, let amount): return step(13, far, kind.rawValue, amount)
        case .again(let far, let isLate): return step(14, far, isLate ? 1 : 0)
        case .odd(let far, let kind, let flow): return step(15, far, kind.rawValue, flow)
        }
    }
}
