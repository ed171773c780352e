import HLSP2P
import Links
import RTMFP

extension SwarmStory {
    /// All stories.
    public static let all: [SwarmStory] = [
        SwarmStory(
            "swarm-joining",
            "a viewer comes to two that play from the origin: the tracker names them, the rendezvous introduces them, "
                + "they have the second segment, deliver it in two pieces, and agree to push",
            operations: ["hasChunk", "getPiece", "goPushMode"],
            seed: 19
        ) { swarm in
            try gather(2, in: swarm)
            try swarm.join()
            try swarm.run(.seconds(8))
        },
        SwarmStory(
            "swarm-push",
            "the same, and every further segment is pushed, piece by piece, by both; in the end all leave orderly",
            operations: ["hasChunk", "getPiece", "goPushMode", "pushPiece"],
            seed: 24
        ) { swarm in
            try gather(2, in: swarm)
            try swarm.join()
            try swarm.run(.seconds(30))
            for viewer in swarm.viewers { swarm.part(viewer, orderly: true) }
            try swarm.run(.seconds(2))
        },
        SwarmStory(
            "swarm-repair",
            "one of the two that push vanishes: a segment is completed over HTTP, and another peer takes the piece over",
            operations: ["pushPiece", "pausePush", "resumePush", "goPushMode2"],
            seed: 19
        ) { swarm in
            try gather(3, in: swarm)
            let viewer = try swarm.join()
            try swarm.run(.seconds(16))
            if let feeder = viewer.peer.status.upstream.first,
                let node = swarm.viewers.first(where: { $0.peer.peerID == feeder })
            {
                swarm.part(node, orderly: false)
            }
            try swarm.run(.seconds(45))
        },
        SwarmStory(
            "swarm-cdn-and-back",
            "two viewers, of whom one feeds the other, are cut off from each other, and both play from the origin; a third "
                + "comes, and one of the two is pushed to again",
            operations: ["pushPiece", "ping", "goPushMode2"],
            seed: 3,
            peerCount: 1
        ) { swarm in
            try gather(1, in: swarm)
            try gather(1, in: swarm)
            for node in swarm.viewers { node.viewer.keepsEvents = true }
            let (first, second) = (swarm.viewers[0], swarm.viewers[1])
            swarm.partition([first], from: [second], isCut: true)
            try swarm.run(.seconds(45))
            swarm.partition([first], from: [second], isCut: false)
            try gather(1, in: swarm)
            try swarm.run(.seconds(30))
        },
        SwarmStory(
            "swarm-churn",
            "viewers come and go, orderly or as if switched off, while a few datagrams get lost and overtake each other",
            operations: ["hasChunk", "getPiece", "goPushMode", "pushPiece"],
            seed: 19
        ) { swarm in
            swarm.network.conditions.loss = 0.02
            swarm.network.conditions.reordering = 0.02
            try gather(3, in: swarm)
            try swarm.join()
            try swarm.run(.seconds(14))
            swarm.part(swarm.viewers[0], orderly: true)
            try swarm.join()
            try swarm.run(.seconds(12))
            swarm.part(swarm.viewers[0], orderly: false)
            try swarm.join()
            try swarm.run(.seconds(14))
        },
    ]

    /// Lets viewers come one after the other, until each has played a while.
    private static func gather(_ count: Int, in swarm: SimulatedSwarm) throws {
        for _ in 0..<count {
            try swarm.join()
            try swarm.run(.seconds(1))
        }
        try swarm.run(.seconds(14))
    }
}
