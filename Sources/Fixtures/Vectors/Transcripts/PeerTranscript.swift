internal import HLSP2P
internal import RTMFP

/// What a whole peer goes through: who it is, who else is there, and steps.
struct PeerTranscript {
    /// An end that there is besides the peer: the rendezvous, or another peer.
    struct End: Equatable {
        var name: String
        var address: SocketAddress
        var certificate: [UInt8]
    }

    /// Who the peer is, and what it was told.
    struct Role: Equatable {
        var address: SocketAddress
        var certificate: [UInt8]
        /// The URL that it connects to (tracker-protocol §8.1).
        var rendezvousURL: String
        /// The certificate's fingerprint.
        var id: PeerID
        /// What it was told about its stream; nil of a peer that was somebody else's, which can be read, not played.
        var swarm: SwarmPlayer.Role?
    }

    var role: Role
    var ends: [End]
    var steps: [PeerStep]

    /// The name of the end that is the rendezvous.
    static let rendezvous = "rendezvous"
    /// More ends than this a transcript cannot have.
    fileprivate static let maximumEnds = 64

    init(role: Role, ends: [End], steps: [PeerStep]) {
        self.role = role
        self.ends = ends
        self.steps = steps
    }

    /// Reads the input of a vector.
    init(_ input: VectorFields) throws(VectorFormatError) {
        let fields = try input.fields("peer")
        guard let id = PeerID(text: try fields.string("id")) else {
            throw VectorFormatError("\(fields.place)/id", "is no ID")
        }
        role = Role(
            address: try fields.socketAddress("address"),
            certificate: try fields.octets("certificate"),
            rendezvousURL: try fields.string("rendezvous"),
            id: id,
            swarm: fields["playlist"] == nil ? nil : try SwarmPlayer.Role(fields)
        )
        ends = try End.list(input)
        steps = try input.objects("steps").map { step throws(VectorFormatError) in try PeerStep(step) }
    }

    /// The transcript as the input of a vector.
    var input: [String: JSONValue] {
        [
            "peer": .object(
                (role.swarm?.members ?? [:]).merging([
                    "address": .string(role.address.description), "certificate": .hex(role.certificate),
                    "rendezvous": .string(role.rendezvousURL), "id": .hex(role.id.octets),
                ]) { $1 }
            ),
            "ends": .array(ends.map(\.document)),
            "steps": .array(steps.map(\.document)),
        ]
    }

    /// What a reader makes of it.
    ///
    /// - Throws: if a step must not be acted upon, or is not to be read.
    func expected() throws -> [String: JSONValue] {
        var reading = try PeerTranscriptReading(self)
        return [
            "ends": .array(reading.ids.map { .hex($0.octets) }),
            "steps": .array(try steps.map { try reading.outcome(of: $0) }),
        ]
    }

    /// The end of what is told of a step and its consequences: what the peer does at the time, and whatever else is said on
    /// the same flow meanwhile.
    func end(of number: Int) -> Int {
        let step = steps[number]
        func isOfIt(_ other: PeerStep) -> Bool {
            guard other.at == step.at, !other.isOut else { return other.at == step.at }
            guard case .far(let end, .message(let flow, _, _)) = step.content,
                case .far(end, .message(flow, _, _)) = other.content
            else { return false }
            return true
        }
        return steps.indices.dropFirst(number + 1).first { !isOfIt(steps[$0]) } ?? steps.count
    }

    /// The numbers of the steps that follow from a step.
    func consequences(of number: Int) -> [Int] {
        ((number + 1)..<end(of: number)).filter { steps[$0].isOut }
    }

    /// Plays the peer again: whatever reaches it.
    ///
    /// - Throws: `VectorMismatch` if something is to be said where there is nothing to say it on; `VectorFormatError` if the
    ///   peer cannot be played.
    func play() throws -> [PeerStep] {
        let player = try PeerPlayer(role, ends)
        for step in steps where !step.isOut {
            try advance(player, to: step.at)
            try player.receive(step.content, at: step.at)
        }
        try advance(player, to: steps.last?.at ?? 0)
        return player.steps
    }

    private func advance(_ player: PeerPlayer, to at: TranscriptStep.Time) throws {
        var wakes = 0
        while let wake = player.wake, wake <= at {
            player.advance(to: wake)
            wakes += 1
            guard wakes < 20_000 else { throw VectorMismatch("play", expected: "an end", actual: "no rest") }
        }
    }
}

extension PeerTranscript.End {
    /// The ends in the input of a vector.
    static func list(_ input: VectorFields) throws(VectorFormatError) -> [PeerTranscript.End] {
        let ends = try input.objects("ends").map { end throws(VectorFormatError) in
            PeerTranscript.End(
                name: try end.string("name"),
                address: try end.socketAddress("address"),
                certificate: try end.octets("certificate")
            )
        }
        guard ends.count <= PeerTranscript.maximumEnds else {
            throw VectorFormatError("\(input.place)/ends", "are too many")
        }
        return ends
    }

    /// The end in the vectors' notation.
    var document: JSONValue {
        .object(["name": .string(name), "address": .string(address.description), "certificate": .hex(certificate)])
    }
}
