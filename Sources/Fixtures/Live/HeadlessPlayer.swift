import Foundation
import HLSP2P
import RTMFP
import Synchronization
import Web

/// Plays a live stream as a player does, without showing it: reloads the playlist and gets every segment, in order.
public final class HeadlessPlayer: Sendable {
    /// What has come of it so far.
    public struct Report: Hashable, Sendable {
        /// Seconds from the start to the first segment; nil before it.
        public var startup: Double?
        /// Segments that came whole.
        public var segments = 0
        /// Octets of them.
        public var octets = 0
        /// Segments that could not be had, or slid out of the playlist before they were got.
        public var missing = 0
        /// Segments that are not what `genuine` says.
        public var wrong = 0
        /// Times that the next segment came later than what was played lasted.
        public var stalls = 0
    }

    private let url: String
    private let genuine: @Sendable (String) -> [UInt8]?
    private let content = Mutex((report: Report(), isStopped: false))

    /// Starts to play.
    ///
    /// - Parameters:
    ///   - url: where the playlist is.
    ///   - genuine: what the segment with that path must be; nil where that is not known.
    public init(_ url: String, genuine: @escaping @Sendable (String) -> [UInt8]? = { _ in nil }) {
        self.url = url
        self.genuine = genuine
        Task.detached { [self] in await play() }
    }

    /// What has come of it so far.
    public var report: Report { content.withLock { $0.report } }

    /// Plays no more.
    public func stop() {
        content.withLock { $0.isStopped = true }
    }

    private func play() async {
        guard let base = WebAddress(url) else { return }
        let begin = ContinuousClock.now
        // Until when what was got lasts.
        var buffered: ContinuousClock.Instant?
        var next: Int?
        while !content.withLock({ $0.isStopped }) {
            guard let octets = await get(url), let playlist = MediaPlaylist(octets), !playlist.segments.isEmpty else {
                try? await Task.sleep(for: .milliseconds(500))
                continue
            }
            let end = playlist.mediaSequence + playlist.segments.count
            // Live playback begins three segments before the end (RFC 8216 §6.3.3).
            let wanted = next ?? max(playlist.mediaSequence, end - 3)
            if wanted < playlist.mediaSequence { add { $0.missing += playlist.mediaSequence - wanted } }
            for number in max(wanted, playlist.mediaSequence)..<max(wanted, end) {
                let segment = playlist.segments[number - playlist.mediaSequence]
                let segmentURL = base.resolving(segment.uri)
                let got = await get(segmentURL)
                if content.withLock({ $0.isStopped }) { return }
                let path = WebAddress(segmentURL).map { String($0.path) } ?? ""
                let isWrong = got.flatMap { got in genuine(path).map { $0 != got } } ?? false
                let now = ContinuousClock.now
                let isLate = buffered.map { now > $0 } ?? false
                add { report in
                    if let got {
                        report.segments += 1
                        report.octets += got.count
                        report.startup = report.startup ?? (now - begin) / .seconds(1)
                        if isWrong { report.wrong += 1 }
                    } else {
                        report.missing += 1
                    }
                    if isLate { report.stalls += 1 }
                }
                buffered = max(buffered ?? now, now) + .seconds(segment.duration)
            }
            next = max(wanted, end)
            let pause = (playlist.targetDuration ?? 2) / 2
            try? await Task.sleep(for: .seconds(min(max(pause, 0.2), 5)))
        }
    }

    private func add(_ change: (inout Report) -> Void) {
        content.withLock { change(&$0.report) }
    }

    private func get(_ url: String) async -> [UInt8]? {
        await withCheckedContinuation { continuation in
            HTTPClient.send("GET", url, limits: Self.limits) { result in
                let answer = try? result.get()
                continuation.resume(returning: answer?.status == 200 ? answer?.body : nil)
            }
        }
    }

    private static let limits = {
        var limits = HTTPClient.Limits()
        limits.silence = .seconds(60)
        return limits
    }()
}
