/// Why requirements are not claimed by any case yet.
enum Unclaimed {
    /// Reasons for single requirements, where the general ones below do not fit.
    static let particular: [String: String] = [
        "PEER-017": "A permission: whoever lets in more than 51 is as right as who does not.",
        "PEER-083": "Informative: nobody acts on the number.",
        "SWARM-047": "When a candidate is probed again is the peer's own business; that it may be, no message tells.",
        "SWARM-054": "A permission: a peer may load whole segments, and the original does.",
        "RFC7016-3.2-07": "A permission: nothing follows for a server that has one address.",
        "RFC7016-3.5.1.1.1-01": "Takes 95 seconds of real time.",
        "RFC7016-3.5.1.1.1-02": "Nothing that a checker says makes a client open two sessions at the same time.",
        "RFC7016-3.5.1.1.2-05": "Takes ten minutes of real time.",
        "RFC7016-3.5.1.1.2-06": "Takes 90 seconds of real time.",
        "RFC7016-3.6.1.2-06":
            "A message that was abandoned before it was sent, without a number, leaves nothing to be seen.",
        "RFC7016-3.4-12": "Nothing that a client says makes a server send startup packets that must be fragmented.",
        "RFC7016-3.5.2.2-07": "Takes 128 seconds of real time.",
        "RFC7016-3.5.2.2-08": "Tolerable either way; a case could only record it.",
        "RFC7016-3.5.4.1-01": "A permission, and it takes minutes of real time.",
        "RFC7016-3.5.4.1-02": "Keepalives come after minutes of silence, if at all.",
        "RFC7016-3.5.4.1-03": "Keepalives come after minutes of silence, if at all.",
        "RFC7016-3.5.4.1-04": "Keepalives come after minutes of silence, if at all.",
        "RFC7016-3.5.5-01": "Nothing that a client says makes a server close in order.",
        "RFC7016-3.5.5-02": "Nothing that a client says makes a server close in order.",
        "RFC7016-3.5.5-04": "Nothing that a client says makes a server close abruptly.",
        "RFC7016-3.5.5-07": "Takes 15 to 30 seconds of real time.",
        "RFC7016-3.6.2.1-02": "Nothing that a client says makes a server open a flow after the client's has ended.",
        "RFC7016-3.6.2.6-02": "Optional, and what else is done is as legal: a case could only record it.",
        "RFC7016-3.6.2.9.1-06": "Takes minutes of real time.",
        "RFC7016-3.6.3.8-03": "Takes 120 seconds of real time.",
        "RFC7425-4.3.3.3-01": "Needs two instances of the target.",
        "RFC7425-4.6.1-02": "Needs a server with static keys, which a client cannot choose.",
        "RFC7016-3.5.4.2-02": "What a check contains is the target's own business; a case could only record it.",
        "RFC7016-3.6.2.9.1-05": "Takes several probes, each a second or more after the one before.",
        "RFC7425-5.3.2-04":
            "What a server refuses is its own business: no `connect` is sure to be refused by every server.",
        "RFC7425-5.3.6-03": "A client that has disappeared is given up after minutes.",
        "DEFACTO-X-02": "Needs a server with NetGroups, which are in neither RFC.",
        "DEFACTO-X-03": "Needs a server with NetGroups, which are in neither RFC.",
        "TRK-041": "What a tracker writes to its log cannot be seen from outside; for ours, unit tests hold it.",
        "TRK-046": "Takes many minutes of real time.",
        "RDV-005": "Takes three minutes of real time.",
        "RDV-006": "Nothing that a client says makes a server read its configuration again.",
        "RDV-007": "Nothing that a client says makes a server stop; for ours, unit tests hold it.",
        "RFC7016-5-03": "Forging 65536 packets against a 16-bit checksum proves nothing that its width does not say.",
    ]

    /// Why nothing claims `requirement`; nil if no reason was ever written down.
    static func reason(_ requirement: Requirement) -> String? {
        if let reason = particular[requirement.id] { return reason }
        switch requirement.testability {
        case .untestable:
            return requirement.untestableReason.map { "Cannot be tested: \($0)." }
        case .unit:
            return "Concerns the inside of an implementation: for ours, unit tests hold it."
        default:
            break
        }
        switch requirement.area {
        case .checker: return "Concerns this checker: its puppets and its verdicts keep it."
        default: break
        }
        return nil
    }
}
