internal import HLSP2P
internal import RTMFP

/// What a rendezvous and a tracker that share their lists are told, what they answer, and what of the answers matters.
struct ServerTranscript {
    /// What the server has to be like.
    struct Role: Equatable {
        var address: SocketAddress
        var certificate: [UInt8]
        /// Whether a client of the root application has to name a resource (tracker-protocol §8.1).
        var needsResource = true
    }

    var role: Role
    /// The clients.
    var ends: [PeerTranscript.End]
    var steps: [ServerStep]
    var demands: [ServerDemand]

    init(role: Role, ends: [PeerTranscript.End], steps: [ServerStep], demands: [ServerDemand]) {
        self.role = role
        self.ends = ends
        self.steps = steps
        self.demands = demands
    }

    /// Reads the input of a vector.
    init(_ input: VectorFields) throws(VectorFormatError) {
        let fields = try input.fields("server")
        role = Role(
            address: try fields.socketAddress("address"),
            certificate: try fields.octets("certificate"),
            needsResource: try fields.bool("needsResource")
        )
        ends = try PeerTranscript.End.list(input)
        steps = try input.objects("steps").map { step throws(VectorFormatError) in try ServerStep(step) }
        demands = try input.objects("demands").map { demand throws(VectorFormatError) in try ServerDemand(demand) }
        for (earlier, later) in zip(steps, steps.dropFirst()) where later.at < earlier.at {
            throw VectorFormatError("\(input.place)/steps", "are not in order")
        }
        let names = Set(ends.map(\.name))
        guard steps.allSatisfy({ names.contains($0.end) }) else {
            throw VectorFormatError("\(input.place)/steps", "name somebody who is not there")
        }
        for demand in demands {
            guard steps.indices.contains(demand.after), !steps[demand.after].isOut, names.contains(demand.end) else {
                throw VectorFormatError("\(input.place)/demands", "are about something that is not there")
            }
        }
    }

    /// The transcript as the input of a vector.
    var input: [String: JSONValue] {
        [
            "server": .object([
                "address": .string(role.address.description), "certificate": .hex(role.certificate),
                "needsResource": .bool(role.needsResource),
            ]),
            "ends": .array(ends.map(\.document)),
            "steps": .array(steps.map(\.document)),
            "demands": .array(demands.map(\.document)),
        ]
    }

    /// What a reader makes of it.
    ///
    /// - Throws: `VectorRefusal` or `WireError` if the server does what it must not do, or does not do what it has to do.
    func expected() throws -> [String: JSONValue] {
        var reading = try ServerTranscriptReading(self)
        let meanings = try steps.map { (end: $0.end, isOut: $0.isOut, says: try reading.meaning(of: $0)) }
        let met = try demands.map { try $0.steps(among: meanings, reading.streams[$0.end] ?? []) }
        return [
            "ends": .array(reading.ids.map { .hex($0.octets) }),
            "steps": .array(meanings.map(\.says)),
            "demands": .array(met.map { .array($0.map(JSONValue.integer)) }),
        ]
    }

    /// The same with clients that can be played: those whose certificates have static keys get others, and with them
    /// other IDs, wherever these occur.
    func withPlayableEnds() throws -> ServerTranscript {
        var text = JSONValue.object(input).description
        for end in ends {
            let certificate = try Certificate(end.certificate)
            guard !certificate.staticKeys.isEmpty else { continue }
            var random = SeededGenerator(seed: 7425, name: end.name)
            let other = try Identity.ephemeral(groups: [.modp1024], using: &random).certificate
            text = text.replacing(hexadecimal(end.certificate), with: hexadecimal(other.encoded))
            let (id, otherID) = (hexadecimal(certificate.fingerprint), hexadecimal(other.fingerprint))
            text = text.replacing(id, with: otherID)
            text = text.replacing(hexadecimal(id.utf8), with: hexadecimal(otherID.utf8))
        }
        return try ServerTranscript(VectorFields(JSONValue(parsing: Array(text.utf8)), "/input"))
    }

    /// Has a server that is told the same do its part; the demands are about the steps that came of that.
    ///
    /// - Throws: `VectorMismatch` if something is to be said where there is nothing to say it on.
    func played(_ fault: Fault = Fault()) throws -> ServerTranscript {
        let player = try ServerPlayer(role, ends, knowing: steps, fault: fault)
        var streams = try ServerStreamNumbers(self)
        var numbers: [Int: Int] = [:]
        for (number, step) in steps.enumerated() {
            guard case .in(let input) = step.content else { continue }
            try player.advance(to: step.at)
            numbers[number] = player.steps.count
            try player.receive(streams.translated(input, of: step.end, after: player.steps), from: step.end)
        }
        try player.advance(to: steps.last?.at ?? 0)
        var played = self
        played.steps = player.steps
        played.demands = try demands.map { demand in
            var demand = demand
            guard let after = numbers[demand.after] else {
                throw VectorMismatch("demands", expected: "a step of a client's", actual: "step \(demand.after)")
            }
            demand.after = after
            return demand
        }
        return played
    }
}
