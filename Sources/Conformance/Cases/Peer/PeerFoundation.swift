import Flash
import HLSP2P
import RTMFP

/// The exchanges with a peer that all other cases about peers build on.
enum PeerFoundation {
    static let all: [Case] = [
        .peer(
            "foundation/registers",
            "A peer that is told to take part connects to the rendezvous and registers.",
            ["RDV-016"],
            saboteurs: ["peer-mute"]
        ) { stage in
            try stage.start()
            try stage.wait(until: "that the peer registers at the rendezvous", within: stage.patience) {
                stage.subjectID != nil
            }
        },
        .peer(
            "foundation/plays-over-http",
            "A peer that nobody feeds plays from the origin.",
            ["SWARM-026"],
            saboteurs: ["no-segment-after-first"]
        ) { stage in
            try stage.begin()
            try stage.wait(until: "requests for three segments", within: .seconds(25)) {
                Set(stage.segmentRequests.map(\.number)).count >= 3
            }
        },
        .peer(
            "foundation/streams-come-up",
            "A peer lets another subscribe to its public and its private stream, and subscribes in turn.",
            ["PEER-001", "PEER-002", "PEER-004", "PEER-005"],
            needs: [],
            saboteurs: ["subscription-refused", "no-subscription-back", "private-stream-not-played"]
        ) { stage in
            try stage.begin()
            let puppet = try stage.puppet("P")
            puppet.seek()
            try stage.wait(until: "that the streams are up", within: .seconds(8)) { puppet.isReady }
        },
        .peer(
            "foundation/ping-answered",
            "A ping is answered.",
            ["PEER-116"],
            needs: [],
            saboteurs: ["ping-unanswered"]
        ) { stage in
            try stage.begin()
            let puppet = try stage.guest("P")
            try puppet.ping()
        },
        .peer(
            "foundation/has-chunk-answered",
            "A peer that holds a segment says so when it is asked.",
            ["PEER-079"],
            saboteurs: ["has-chunk-unanswered"]
        ) { stage in
            let (puppet, held) = try stage.questioner()
            let id = puppet.ask(.hasChunk(uri: stage.segmentURL(held[0]), id: .null))
            let answer = try puppet.response(to: id)
            try answer.require("result", is: .boolean(true))
        },
        .peer(
            "foundation/is-fed",
            "A peer joins those that the tracker names and that have what it wants.",
            ["SWARM-024", "SWARM-025"],
            saboteurs: ["never-joins"]
        ) { stage in
            let upstream = try stage.candidates(2)
            stage.web.name(upstream.map(\.id.description))
            try stage.begin()
            try stage.wait(until: "that both puppets push", within: .seconds(30)) {
                upstream.allSatisfy { $0.feeding.isOn }
            }
        },
    ]
}
