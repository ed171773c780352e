import HLSP2P
import RTMFP
import Testing

@testable import Conformance

/// How much a tape takes.
struct TapeTests {
    private static let piece = [UInt8](repeating: 0, count: 1 << 20)

    @Test func aTapeThatIsFullSaysSoAndTakesNothingMore() {
        let tape = Tape()
        for _ in 0..<(Tape.mostOctets >> 20) { tape.add(.dealt(stream: 0, .heard(Self.piece)), at: .origin) }
        #expect(tape.isWhole)
        let count = tape.entries.count
        tape.add(.dealt(stream: 0, .heard([1])), at: .origin)
        tape.add(.dealt(stream: 0, .ended), at: .origin)
        #expect(!tape.isWhole)
        #expect(tape.entries.count == count)
    }

    @Test func answersThatAreThereToBeShownLeaveRoomForWhatIsReplayed() {
        let tape = Tape()
        let response = HTTPResponse(200, body: Self.piece)
        for _ in 0..<(Tape.mostOctets >> 20) { tape.add(.answered(HTTPRequest("GET", "/"), response), at: .origin) }
        let answers = tape.entries.count
        for _ in 0..<50 { tape.add(.dealt(stream: 0, .heard(Self.piece)), at: .origin) }
        #expect(tape.isWhole)
        #expect(tape.entries.count == answers + 50)
    }
}
