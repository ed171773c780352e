import RTMFP

/// Counts over the packets of a capture.
public struct DecodeSummary: Sendable {
    /// Datagrams.
    public private(set) var packets = 0
    /// Those that were verified.
    public private(set) var verified = 0
    /// Of these, under a session's key.
    public private(set) var underSessionKeys = 0
    /// Those that the keys cover and that failed.
    public private(set) var failed = 0
    /// The first of them: its frame, and why.
    public private(set) var firstFailure: (frame: Int, reason: String)?
    /// Those that travel like RTMFP and that no key covers.
    public private(set) var notCovered = 0
    /// Those that nothing suggests to be RTMFP.
    public private(set) var notRTMFP = 0
    private var chunksByType = [Int](repeating: 0, count: 256)
    /// Of these, those whose payload is not permitted.
    public private(set) var malformedChunks = 0
    /// Messages that were put together.
    public private(set) var messages = 0
    /// Numbers of fragments that were abandoned, or that the capture lacks.
    public private(set) var missingFragments: UInt64 = 0
    /// Messages of which fragments were captured that are not whole.
    public var incompleteMessages = 0

    /// Makes counts of nothing.
    public init() {}

    /// Chunks of verified packets by name, ascending by type; types that RFC 7016 does not define by their code.
    public var chunks: [(name: String, count: Int)] {
        var chunks: [(name: String, count: Int)] = []
        for (type, count) in zip(0...UInt8.max, chunksByType) where count > 0 {
            let name = Chunk.unknown(type: type, payload: []).name
            // Both types of padding have one name.
            if let index = chunks.firstIndex(where: { $0.name == name }) {
                chunks[index].count += count
            } else {
                chunks.append((name, count))
            }
        }
        return chunks
    }

    /// Counts a packet and what it completes.
    public mutating func add(_ packet: DecodedPacket, _ events: [FlowEvent] = []) {
        for event in events {
            switch event {
            case .message: messages += 1
            case .missing(_, let numbers):
                missingFragments = missingFragments.addingSaturated(numbers.upperBound - numbers.lowerBound)
                missingFragments = missingFragments.addingSaturated(1)
            }
        }
        packets += 1
        switch packet.status {
        case .verified: verified += 1
        case .failed(let reason):
            failed += 1
            firstFailure = firstFailure ?? (packet.datagram.frame, reason)
        case .notCovered: notCovered += 1
        case .notRTMFP: notRTMFP += 1
        }
        guard let contents = packet.contents else { return }
        if contents.key == .session { underSessionKeys += 1 }
        for placed in contents.chunks {
            chunksByType[Int(placed.chunk.type)] += 1
            if case .malformed = placed.chunk { malformedChunks += 1 }
        }
    }
}

extension DecodeSummary {
    /// What is wrong with a capture of which this is the summary, a sentence each; nothing if every packet that the keys
    /// cover was verified.
    ///
    /// - Parameters:
    ///   - path: the capture.
    ///   - keys: the key log and where it came from, if there is one.
    public func problems(of path: String, keys: (log: KeyLog, path: String)?) -> [String] {
        if packets == 0 { return ["\(path) holds no UDP datagram that can be read"] }
        var problems: [String] = []
        if let first = firstFailure {
            problems.append(
                "\(failed) of \(packets) packets of \(path) fail; the first is in frame "
                    + "\(first.frame): \(first.reason)"
            )
        }
        if let keys, !keys.log.directions.isEmpty, underSessionKeys == 0, verified < packets {
            problems.append("\(keys.path) does not fit \(path): no packet opens with a session's key")
        } else if verified == 0, failed == 0 {
            problems.append("no packet of \(path) opens under the default key, so nothing shows that it is RTMFP")
        }
        return problems
    }
}

extension UInt64 {
    fileprivate func addingSaturated(_ other: UInt64) -> UInt64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
