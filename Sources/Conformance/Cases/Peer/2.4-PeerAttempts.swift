import Flash
import HLSP2P
import RTMFP

/// peer-protocol §2.4 and §2.5: attempts that fail, and who is let in.
extension PeerSessionCases {
    static let attempts: [Case] = [
        .peer(
            "session/attempt-is-abandoned",
            "An attempt to connect that is not ready after 10 s is abandoned.",
            ["PEER-012"],
            level: .should,
            saboteurs: ["connects-for-ever"]
        ) { stage in
            let (_, attempt) = try attempt(stage)
            try stage.wait(until: "that the attempt is abandoned", within: .seconds(15)) { !attempt.isOpen }
        },
        .peer(
            "session/dead-id-is-abandoned",
            "Nobody is asked any longer for a peer that has not answered within 10 s.",
            ["PEER-012"],
            level: .should,
            saboteurs: ["connects-for-ever"]
        ) { stage in
            let dead = [UInt8](repeating: 0xd1, count: 32)
            stage.web.name([hex(dead)])
            try stage.begin()
            try given {
                try stage.wait(until: "an IHello for the dead peer", within: .seconds(10)) {
                    stage.rendezvous.hellos.discriminators.contains { $0.containsSequence(dead) }
                }
            }
            try stage.pass(.seconds(15))
            let count = stage.rendezvous.hellos.discriminators.count { $0.containsSequence(dead) }
            try stage.require(no: "further IHello for it", for: .seconds(15)) {
                let more = stage.rendezvous.hellos.discriminators.count { $0.containsSequence(dead) } - count
                return more > 0 ? "another, more than 15 s after the first" : nil
            }
        },
        .peer(
            "session/failed-peer-is-left-alone",
            "A peer that has failed is not connected to again.",
            ["PEER-013"],
            level: .should,
            saboteurs: ["failed-peer-tried-again"]
        ) { stage in
            let (puppet, attempt) = try attempt(stage)
            try given { try stage.wait(until: "that it gives up", within: .seconds(20)) { !attempt.isOpen } }
            let count = stage.queries.count
            // The tracker names it again, as soon as it is asked for the way back into the swarm.
            try given {
                try stage.wait(until: "another query of the tracker", within: .seconds(60)) {
                    stage.queries.count > count
                }
            }
            try stage.require(no: "new attempt", for: .seconds(5)) {
                puppet.publicServed === attempt ? nil : "the peer has subscribed again"
            }
        },
        .peer(
            "session/failed-peer-may-come",
            "A peer that has failed is let in when it comes by itself.",
            ["PEER-014"],
            level: .should,
            saboteurs: ["failed-peer-refused"]
        ) { stage in
            let (puppet, attempt) = try attempt(stage)
            try given { try stage.wait(until: "that it gives up", within: .seconds(20)) { !attempt.isOpen } }
            puppet.manner = .idle
            puppet.seek()
            try stage.wait(until: "Play.Start of the public stream", within: .seconds(8)) {
                puppet.publicHeard?.startedAt != nil
            }
        },
    ]

    /// The peer subscribes to a puppet that does not say that its public stream begins.
    private static func attempt(_ stage: Stage) throws -> (puppet: Puppet, attempt: Subscription) {
        var manner = Manner.idle
        manner.servesPublic = false
        let puppet = try stage.candidates(1, manner)[0]
        stage.web.name([puppet.id.description])
        try stage.begin()
        let attempt = try given {
            try stage.wait("that the peer subscribes", within: .seconds(10)) { puppet.publicServed }
        }
        return (puppet, attempt)
    }

    static let admission: [Case] = [
        .peer(
            "session/private-stream-is-private",
            "Only the peer that a private stream is named after may play it.",
            ["PEER-015"],
            level: .should,
            needs: [],
            saboteurs: ["private-stream-for-anybody"]
        ) { stage in
            let (_, stranger, owner) = try strangers(stage)
            let theft = stranger.play(owner.id.description)
            try stage.pass(.seconds(2))
            try require(
                theft?.startedAt == nil,
                expected: "no Play.Start of the stream for another peer",
                actual: "Play.Start"
            )
        },
        .peer(
            "session/owner-after-a-thief",
            "A refused attempt on a private stream takes nothing from its rightful subscriber.",
            ["PEER-016"],
            level: .should,
            needs: [],
            saboteurs: ["refusal-takes-the-stream"]
        ) { stage in
            let (_, stranger, owner) = try strangers(stage)
            stranger.play(owner.id.description)
            try stage.pass(.seconds(1))
            let heard = owner.play(owner.id.description)
            try stage.wait(until: "Play.Start for the rightful subscriber") { heard?.startedAt != nil }
        },
        .peer(
            "session/refusal-is-told",
            "A refused subscription is closed or rejected.",
            ["PEER-018"],
            level: .should,
            needs: [],
            saboteurs: ["refusal-silent"]
        ) { stage in
            let (_, stranger, owner) = try strangers(stage)
            let theft = stranger.play(owner.id.description)
            try stage.wait(until: "the end of the flow, or Play.Failed", within: .seconds(5)) {
                guard let theft else { return false }
                if theft.startedAt != nil { return true }
                return theft.closedAt != nil || theft.statuses.contains { $0.status.code == "NetStream.Play.Failed" }
            }
        },
    ]

    /// Two puppets with a session; neither has played its private stream yet.
    private static func strangers(_ stage: Stage) throws -> (Stage, stranger: Puppet, owner: Puppet) {
        try stage.begin()
        var manner = Manner.idle
        manner.playsPrivate = false
        let puppets = try ["O", "S"].map { try stage.puppet($0, manner) }
        try given {
            for puppet in puppets {
                puppet.seek()
                try stage.wait(until: "Play.Start of the public stream", within: .seconds(8)) {
                    puppet.publicHeard?.startedAt != nil && puppet.publicServed != nil
                }
            }
        }
        return (stage, puppets[1], puppets[0])
    }
}
