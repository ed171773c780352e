import Flash
import HLSP2P
import RTMFP

/// peer-protocol, swarm-algorithm: what peers say to each other, and what it does to one.
extension FuzzTarget {
    static let peers: [FuzzTarget] = [
        FuzzTarget(
            "envelope",
            "a message of a peer: its envelope and operation",
            seeds: { PeerSeeds.messages() + Seeds.of("hlsp2p/peer-message")() }
        ) { octets in
            let envelope = try read(octets)
            let written = envelope.message().encoded
            let confirm = envelope.confirm(id: 1).message().encoded
            guard try !isTooMuch(written), try !isTooMuch(confirm) else { return }
            try requireStable(written) { try read($0).message().encoded }
            if let request = Request(envelope) {
                try requireOperation(Envelope(id: 1, .request, request.subtype, request.members)) {
                    Request($0).map { ($0.subtype, $0.members) }
                }
            }
            if let response = Response(envelope), case .response = envelope.kind {
                let kind = Envelope.Kind.response(to: 1, wantsConfirm: response.wantsConfirm)
                try requireOperation(Envelope(id: 1, kind, response.subtype, response.members)) {
                    Response($0).map { ($0.subtype, $0.members) }
                }
            }
            if let push = Push(envelope) {
                let kind = Envelope.Kind.response(to: Envelope.unsolicited, wantsConfirm: push.isWindowed)
                try requireOperation(Envelope(id: 1, kind, push.subtype, push.members)) {
                    Push($0).map { ($0.subtype, $0.members) }
                }
            }
            try require(try read(confirm).kind == .confirm(of: envelope.id), "the confirm confirms something else")
        },
        FuzzTarget(
            "peer",
            "steps: time, HTTP, the player, and what other peers say",
            seeds: PeerSeeds.scripts
        ) { octets in
            try PeerUnderFuzz().take(octets)
        },
        FuzzTarget(
            "peer-session",
            "steps: time, the player, and what far ends do to sessions and streams",
            seeds: PeerSessionSeeds.scripts
        ) { octets in
            try PeerSessionUnderFuzz().take(octets)
        },
    ]

    /// Whether octets hold more values than a stranger's envelope may, or deeper ones: what is written has keys that may
    /// have been missing, and is in one format what was in two.
    private static func isTooMuch(_ octets: [UInt8]) throws -> Bool {
        guard case .failure(.undecodable(let reason)) = Envelope.reading(try Message(decoding: octets)) else {
            return false
        }
        return reason.hasSuffix(" values")
    }

    private static func read(_ octets: [UInt8]) throws -> Envelope {
        try Envelope.reading(Message(decoding: octets)).get()
    }

    /// Throws unless what an operation is written as is read as the same operation.
    private static func requireOperation(
        _ envelope: Envelope,
        _ operation: (Envelope) -> (subtype: String, members: [AMFMember<AMF3Value>])?
    ) throws {
        try requireStable(envelope.message().encoded) { octets in
            let again = try read(octets)
            guard let (subtype, members) = operation(again) else {
                throw Violation(description: "\(envelope.subtype) is written in a form that cannot be read")
            }
            return Envelope(id: again.id, again.kind, subtype, members).message().encoded
        }
    }
}
