internal import HLSP2P

/// What a peer goes through: who it is, and steps.
struct SwarmTranscript {
    var role: SwarmPlayer.Role
    var steps: [SwarmStep]

    init(role: SwarmPlayer.Role, steps: [SwarmStep]) {
        self.role = role
        self.steps = steps
    }

    /// Reads the input of a vector.
    init(_ input: VectorFields) throws(VectorFormatError) {
        role = try SwarmPlayer.Role(try input.fields("peer"))
        steps = try input.objects("steps").map { step throws(VectorFormatError) in try SwarmStep(step) }
    }

    /// The transcript as the input of a vector.
    var input: [String: JSONValue] {
        ["peer": .object(role.members), "steps": .array(steps.map(\.document))]
    }

    /// What a reader makes of it.
    var expected: [String: JSONValue] {
        ["steps": .array(steps.map(outcome))]
    }

    /// What a reader makes of a step, in the vectors' notation.
    func outcome(of step: SwarmStep) -> JSONValue {
        .object([
            "section": .string(section(of: step)), "says": .optional(step.envelope) { .object($0.vectorMembers) },
        ])
    }

    /// The section that a step shows; that of a response is its request's.
    private func section(of step: SwarmStep) -> String {
        guard case .in(.response(let number, _, _)) = step.content else { return step.section }
        let request = steps.first { step in
            if case .request(let request)? = step.output { request.id == number } else { false }
        }
        return request?.section ?? step.section
    }

    /// Plays the peer again: whatever reaches it.
    ///
    /// - Parameter watching: the number of a step.
    /// - Returns: what it goes through; and by which rules it does not go on when the step watched for reaches it.
    func play(watching: Int? = nil) throws -> (steps: [SwarmStep], broken: [PeerRule]) {
        let player = SwarmPlayer(role, at: 0)
        var broken: [PeerRule] = []
        for (number, step) in steps.enumerated() {
            guard let input = step.input else { continue }
            try advance(player, to: step.at)
            _ = player.takeBroken()
            player.receive(input, at: step.at)
            if number == watching { broken = player.takeBroken() }
        }
        try advance(player, to: steps.last?.at ?? 0)
        return (player.steps, broken)
    }

    private func advance(_ player: SwarmPlayer, to at: TranscriptStep.Time) throws {
        var wakes = 0
        while let wake = player.wake, wake <= at {
            player.advance(to: wake)
            wakes += 1
            guard wakes < 20_000 else { throw VectorMismatch("play", expected: "an end", actual: "no rest") }
        }
    }
}

extension SwarmPlayer.Role {
    init(_ fields: VectorFields) throws(VectorFormatError) {
        guard let id = PeerID(text: try fields.string("id")), let resource = ResourceName(try fields.string("resource"))
        else { throw VectorFormatError(fields.place, "has an ID or a resource that is none") }
        let clock: Int = try fields.integer("clock")
        guard (0...4_000_000_000_000).contains(clock) else {
            throw VectorFormatError("\(fields.place)/clock", "is out of range")
        }
        self.init(
            id: id,
            playlistURL: try fields.string("playlist"),
            trackerURL: try fields.string("tracker"),
            resource: resource,
            peerCount: try fields.integer("peerCount"),
            clock: clock
        )
    }

    /// The role in the vectors' notation.
    var members: [String: JSONValue] {
        [
            "id": .hex(id.octets), "playlist": .string(playlistURL), "tracker": .string(trackerURL),
            "resource": .string(resource.text), "peerCount": .integer(peerCount), "clock": .integer(clock),
        ]
    }
}
