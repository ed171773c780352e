import Flash
import HLSP2P
import RTMFP

/// A deliberately wrong peer: one named fault, laid over the correct reference at a narrow seam.
public struct PeerSaboteur: Sendable, Identifiable {
    /// What the cases call it.
    public let name: String
    let sabotage: @Sendable (inout PeerFault) -> Void

    /// The name.
    public var id: String { name }

    /// What it makes of the peer, at the beginning.
    var fault: PeerFault {
        var fault = PeerFault()
        sabotage(&fault)
        return fault
    }

    init(_ name: String, _ sabotage: @escaping @Sendable (inout PeerFault) -> Void) {
        self.name = name
        self.sabotage = sabotage
    }

    /// A fault of judgement: the peer takes `rule` for kept, or for broken, whatever it is.
    init(_ name: String, _ rule: PeerRule, is answer: Bool) {
        self.init(name) { fault in
            fault.judge = { $0 == rule ? answer : $1 }
        }
    }

    /// A wrong patience.
    init(_ name: String, _ limit: PeerTimeLimit, _ interval: Interval) {
        self.init(name) { fault in
            fault.lasting = { $0 == limit ? interval : $1 }
        }
    }

    /// Messages of an operation go out changed, or not at all.
    init(
        _ name: String,
        sending subtype: String?,
        _ kind: PeerSaboteur.Kind? = nil,
        _ change: @escaping @Sendable (Envelope) -> [Envelope]
    ) {
        self.init(name) { fault in
            fault.send = { envelope, _ in
                let isMeant = (subtype == nil || envelope.subtype == subtype) && (kind?.includes(envelope) ?? true)
                return isMeant ? change(envelope) : [envelope]
            }
        }
    }

    /// Messages of an operation go out with a member changed.
    init(
        _ name: String,
        sending subtype: String,
        _ kind: PeerSaboteur.Kind,
        member: String,
        is value: AMF3Value?
    ) {
        self.init(name, sending: subtype, kind) { [$0.with(member, value)] }
    }

    /// Messages of an operation come in changed, or not at all.
    init(
        _ name: String,
        hearing subtype: String?,
        _ kind: PeerSaboteur.Kind? = nil,
        _ change: @escaping @Sendable (Envelope) -> [Envelope]
    ) {
        self.init(name) { fault in
            fault.hear = { envelope, _ in
                let isMeant = (subtype == nil || envelope.subtype == subtype) && (kind?.includes(envelope) ?? true)
                return isMeant ? change(envelope) : [envelope]
            }
        }
    }

    /// A class of messages.
    enum Kind: Sendable {
        case request, response, push, confirm

        func includes(_ envelope: Envelope) -> Bool {
            switch (self, envelope.kind) {
            case (.request, .request), (.confirm, .confirm): true
            case (.response, .response(let to, _)): to != Envelope.unsolicited
            case (.push, .response(let to, _)): to == Envelope.unsolicited
            default: false
            }
        }
    }
}

extension Envelope {
    /// The same with another value for a member; nil takes it away.
    func with(_ name: String, _ value: AMF3Value?) -> Envelope {
        var changed = self
        if let place = members.firstIndex(where: { $0.name == name }) {
            if let value { changed.members[place].value = value } else { changed.members.remove(at: place) }
        } else if let value {
            changed.members.append(AMFMember(name, value))
        }
        return changed
    }
}
