import Foundation
import HLSP2P
import RTMFP
import Synchronization

/// Puts segments whose octets follow from a seed onto an origin, one after the other as time passes.
public final class SyntheticEncoder: Sendable {
    private let isStopped = Mutex(false)

    /// The playlist's path.
    public static let playlistPath = "/live/film.m3u8"

    /// Starts; a window of segments is there at once.
    ///
    /// - Parameters:
    ///   - segment: seconds of a segment.
    ///   - window: segments in the playlist; as many again can still be had.
    ///   - octets: octets of a segment.
    public init(onto origin: Origin, segment: Double = 2, window: Int = 6, octets: Int = 400_000, seed: UInt64 = 1) {
        @Sendable func add(_ number: Int) {
            var random = SeededGenerator(seed: seed, name: "segment \(number)")
            origin.put("/live/\(number).ts", random.octets(octets))
            origin.delete("/live/\(number - 2 * window).ts")
            let first = max(0, number - window + 1)
            var playlist = MediaPlaylist(targetDuration: segment, mediaSequence: first)
            playlist.segments = (first...number).map { .init(uri: "\($0).ts", duration: segment) }
            origin.put(Self.playlistPath, playlist.octets)
        }
        for number in 0..<window { add(number) }
        let thread = Thread { [self] in
            let start = Date()
            var number = window
            while true {
                let due = start.addingTimeInterval(Double(number - window + 1) * segment)
                while Date() < due {
                    if isStopped.withLock({ $0 }) { return }
                    Thread.sleep(until: min(due, Date(timeIntervalSinceNow: 0.1)))
                }
                add(number)
                number += 1
            }
        }
        thread.name = "encoder"
        thread.start()
    }

    /// Adds no more segments.
    public func stop() {
        isStopped.withLock { $0 = true }
    }
}
