import Links
import RTMFP

/// A tracker that implements nothing. A suite that is worth anything passes none of its cases against it.
public enum WorthlessTracker: String, Sendable, CaseIterable {
    /// Nobody is there.
    case dead
    /// Takes every octet and says nothing.
    case mute
    /// Ends every connection at once.
    case hangingUp = "hanging-up"
    /// Answers 200, with nothing, to everything.
    case approving
    /// Answers `[]` to everything.
    case lonely
    /// Sends every octet back.
    case echoing
    /// Answers 200 with content that does not end.
    case endless
    /// Answers with random octets.
    case randomBytes = "random-bytes"

    func makeNode(seed: UInt64) -> (any StreamNode)? {
        self == .dead ? nil : Node(self, seed: seed)
    }

    private final class Node: StreamNode {
        private let kind: WorthlessTracker
        private var random: SeededGenerator
        private var ends: [End] = []
        private var now = Instant.origin

        init(_ kind: WorthlessTracker, seed: UInt64) {
            self.kind = kind
            random = SeededGenerator(seed: seed, name: "worthless")
        }

        func accept(from far: SocketAddress, at now: Instant) -> (any StreamEnd)? {
            self.now = now
            let end = End(kind, noise: random.octets(40))
            ends.append(end)
            return end
        }

        func advance(to now: Instant) {
            self.now = now
            ends.removeAll(where: \.hasEnded)
            for end in ends { end.advance() }
        }

        var nextDeadline: Instant? {
            kind == .endless && ends.contains { !$0.hasEnded } ? now + .milliseconds(20) : nil
        }
    }

    private final class End: StreamEnd {
        private let kind: WorthlessTracker
        private let noise: [UInt8]
        private var octets: [UInt8] = []
        private var isSpeaking = false
        private(set) var hasEnded: Bool

        init(_ kind: WorthlessTracker, noise: [UInt8]) {
            self.kind = kind
            self.noise = noise
            hasEnded = kind == .hangingUp
        }

        func receive(_ octets: [UInt8], at now: Instant) {
            switch kind {
            case .dead, .mute, .hangingUp: break
            case .approving: self.octets += Array("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".utf8)
            case .lonely:
                let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n[]"
                self.octets += Array(head.utf8)
            case .echoing: self.octets += octets
            case .endless:
                if !isSpeaking { self.octets += Array("HTTP/1.1 200 OK\r\n\r\n".utf8) }
                isSpeaking = true
            case .randomBytes: self.octets += noise
            }
        }

        func advance() {
            if isSpeaking { octets += [UInt8](repeating: 0x20, count: 4096) }
        }

        func finish(at now: Instant) {}

        func abandon(at now: Instant) { hasEnded = true }

        func take() -> [UInt8] {
            defer { octets = [] }
            return octets
        }
    }
}
