public import Capture
public import HLSP2P
import Links
public import RTMFP
import Synchronization

/// A small swarm of the reference that lives through something, in virtual time, and is recorded where datagrams are
/// sent.
public struct SwarmStory: Sendable {
    /// Tells it from others.
    public let name: String
    /// What the recording shows.
    public let summary: String
    /// The operations that peers ask for, answer or push, all of which occur.
    public let operations: Set<String>
    private let seed: UInt64
    private let peerCount: Int
    let tell: @Sendable (SimulatedSwarm) throws -> Void

    init(
        _ name: String,
        _ summary: String,
        operations: Set<String>,
        seed: UInt64,
        peerCount: Int = 2,
        tell: @escaping @Sendable (SimulatedSwarm) throws -> Void
    ) {
        self.name = name
        self.summary = summary
        self.operations = operations
        self.seed = seed
        self.peerCount = peerCount
        self.tell = tell
    }

    /// What a story leaves behind.
    public struct Recording: Sendable {
        /// All datagrams in the order in which they were sent.
        public var datagrams: [CapturedDatagram]
        /// The keys of all sessions, as each of their ends logs them.
        public var keys: [KeyLogEntry]
        /// What happened to the viewers of whom the story keeps it.
        public var events: [PeerEvent]
        /// What became of the viewers.
        public var outcome: SwarmScenario.Outcome

        /// Writes a capture and a key log.
        public func write(capture: String, keys: String, comment: String) throws(CaptureWriteError) {
            let writer = try CaptureWriter(path: capture, comment: comment)
            for datagram in datagrams { try writer.write(datagram) }
            try writer.close()
            let log = try KeyLogWriter(path: keys)
            for entry in self.keys { try log.write(entry) }
            try log.close()
        }
    }

    /// Lets it happen; the same every time.
    public func record() throws -> Recording {
        let keys = Keys()
        let origin = LiveOrigin(seed: seed, segmentSize: SwarmStory.segmentSize)
        let swarm = try SimulatedSwarm(seed: seed, peerCount: peerCount, origin: origin) { entry in
            keys.entries.withLock { $0.append(entry) }
        }
        var datagrams: [CapturedDatagram] = []
        swarm.network.tap = { datagram, source, now in
            datagrams.append(
                CapturedDatagram(
                    frame: datagrams.count + 1,
                    time: now + SwarmStory.start,
                    source: source,
                    destination: datagram.far,
                    payload: datagram.bytes
                )
            )
        }
        try tell(swarm)
        return Recording(
            datagrams: datagrams,
            keys: keys.entries.withLock(\.self),
            events: (swarm.former + swarm.viewers).flatMap { $0.viewer.events.map(\.event) },
            outcome: SwarmScenario.outcome(of: swarm)
        )
    }

    /// Octets of a segment: enough for more than one fragment, and for a small file.
    private static let segmentSize = 1_600
    /// From the beginning of 1970 to the clock's origin, as the peers are told.
    private static let start = Interval.seconds(1_700_000_000)

    private final class Keys: Sendable {
        let entries = Mutex<[KeyLogEntry]>([])
    }
}
