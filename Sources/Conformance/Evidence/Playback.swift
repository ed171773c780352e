import Links
import RTMFP

/// What was recorded of a case, event by event in the recorded order: whoever asks for what comes next gets what came then.
///
/// A case that says the same again hears the same again. The clock stands still between events.
final class Playback {
    let recording: FailureRecording
    let clock: TapeClock
    /// How many datagrams and pieces of streams there were before the first thing that the case did not say again as it had
    /// said it; nil if it said all the same.
    private(set) var divergence: Int?
    private var cursor = 0
    private var passed = 0
    private var linkCount = 0
    private var visitCount = 0
    private var endings: [Int: ClientEnding] = [:]

    init(_ recording: FailureRecording) {
        self.recording = recording
        clock = TapeClock(recording.particulars.start)
    }

    /// What comes next; nil at the end of the recording.
    var next: Tape.Event? {
        cursor < recording.entries.count ? recording.entries[cursor].event : nil
    }

    /// Goes on to what comes next; nil at the end of the recording.
    @discardableResult
    func take() -> Tape.Entry? {
        guard cursor < recording.entries.count else { return nil }
        let entry = recording.entries[cursor]
        cursor += 1
        clock.advance(to: entry.at)
        switch entry.event {
        case .passage, .dealt(_, .said), .dealt(_, .heard): passed += 1
        default: break
        }
        if case .ended(let visit, let ending) = entry.event { endings[visit] = ending }
        return entry
    }

    /// The next address in order of appearance, and its number.
    func takeLink() throws -> (number: Int, address: SocketAddress) {
        guard linkCount < recording.links.count else {
            throw Inconclusive(reason: "the recording has no address \(linkCount + 1)")
        }
        defer { linkCount += 1 }
        return (linkCount, recording.links[linkCount])
    }

    /// The number of the next client or peer.
    func takeVisit() -> Int {
        defer { visitCount += 1 }
        return visitCount
    }

    /// How a client or peer ended, if that was found by now.
    func ending(of visit: Int) -> ClientEnding? {
        if endings[visit] == nil, case .ended(visit, _)? = next { take() }
        return endings[visit]
    }

    /// Takes note of what the case says where it had said something; nil for what the recording does not have.
    func compare(_ said: [UInt8], _ recorded: [UInt8]?) {
        // What went from one address of the checker to another is on tape where it came.
        if recorded != said, recorded?.isEmpty != true { diverge() }
    }

    /// Takes note that the case does something else than it had done.
    func diverge() {
        divergence = divergence ?? passed
    }
}
