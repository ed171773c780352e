import Foundation

/// Something that is fed octets which anybody may have written, and what must hold of whatever it makes of them.
public struct FuzzTarget: Sendable {
    /// What the command line calls it.
    public let name: String
    /// What is fed, in a few words.
    public let summary: String
    /// Octets with which to begin: inputs of the vectors.
    public let seeds: @Sendable () -> [[UInt8]]
    /// Octets at most that are worth feeding.
    public let maximumLength: Int
    private let body: @Sendable ([UInt8]) throws -> Void

    init(
        _ name: String,
        _ summary: String,
        maximumLength: Int = 4_096,
        seeds: @escaping @Sendable () -> [[UInt8]] = { [] },
        _ body: @escaping @Sendable ([UInt8]) throws -> Void
    ) {
        self.name = name
        self.summary = summary
        self.maximumLength = maximumLength
        self.seeds = seeds
        self.body = body
    }

    /// Feeds octets.
    ///
    /// - Throws: `Violation` if something does not hold. What the decoders say about octets that are not as they must be
    ///   is no violation.
    public func run(_ octets: [UInt8]) throws(Violation) {
        do {
            try body(octets)
        } catch let violation as Violation {
            throw violation
        } catch {
            // Refused, as anything may be.
        }
    }

    /// All targets.
    public static let all: [FuzzTarget] = [
        packets, flash, endpoints, peers, playlists, files, vectors, failures, http,
    ].flatMap(\.self)
}

/// Something that must hold, and does not.
public struct Violation: Error, Hashable, CustomStringConvertible {
    /// One sentence.
    public let description: String
}

/// Throws unless `condition` holds.
func require(_ condition: Bool, _ sentence: @autoclosure () -> String) throws {
    if !condition { throw Violation(description: sentence()) }
}

/// Throws unless what is encoded is decoded to the same, and encoded to the same again.
func requireRoundTrip<Value: Equatable>(
    _ value: Value,
    encode: (Value) -> [UInt8],
    decode: ([UInt8]) throws -> Value
) throws {
    let encoded = encode(value)
    let again: Value
    do {
        again = try decode(encoded)
    } catch {
        throw Violation(description: "what was encoded cannot be decoded: \(error)")
    }
    try require(again == value, "what was encoded is decoded to something else")
    try require(areEqual(encode(again), encoded), "what was decoded is encoded to something else")
}

/// Throws unless what was encoded is decoded, and encoded to the same again. Values need not be equal to themselves: a
/// number may be none.
func requireStable(_ encoded: [UInt8], _ again: ([UInt8]) throws -> [UInt8]) throws {
    let result: [UInt8]
    do {
        result = try again(encoded)
    } catch {
        throw Violation(description: "what was encoded cannot be decoded: \(error)")
    }
    try require(areEqual(result, encoded), "what was decoded is encoded to something else")
}

/// Whether octets are the same. The comparison of arrays is compiled into what is fuzzed, where each of its steps counts.
func areEqual(_ first: [UInt8], _ second: [UInt8]) -> Bool {
    guard first.count == second.count else { return false }
    return first.withUnsafeBytes { first in
        second.withUnsafeBytes { second in
            guard let start = first.baseAddress, let other = second.baseAddress else { return true }
            return memcmp(start, other, first.count) == 0
        }
    }
}

extension FuzzTarget {
    /// What a UDP datagram over Ethernet carries at most, and a little more.
    static let datagram = 1_500

    /// Options for libFuzzer, in the form of OSS-Fuzz's files.
    public var options: String {
        """
        [libfuzzer]
        max_len = \(maximumLength)
        timeout = 10
        rss_limit_mb = 2048

        """
    }
}
