import Foundation
import HLSP2P
import NIOCore
import NIOEmbedded
import Testing

@testable import Web

/// Clients that do not read, or leave, before they have their answers.
struct UnreadAnswerTests {
    private static func get(_ length: Int) -> String { "GET /?length=\(length) HTTP/1.1\r\nHost: h\r\n\r\n" }

    @Test func whoReadsNothingIsAnsweredNoFurther() throws {
        let service = Service()
        let connection = try Connection(service)
        connection.reads(false)
        #expect(try connection.say(Self.get(1) + Self.get(1)) == "")
        #expect(service.asked == 0)
        connection.reads(true)
        #expect(try connection.heard().components(separatedBy: "HTTP/1.1 200 ").count == 3)
    }

    @Test func noMoreIsHandedOverThanIsRead() throws {
        let service = Service(isSlow: true)
        let connection = try Connection(service)
        #expect(try connection.say(Self.get(200_000)) == "")
        connection.reads(false)
        service.proceed()
        let first = try connection.heard()
        #expect((30_000..<40_000).contains(first.utf8.count))
        connection.reads(true)
        #expect(try first.utf8.count + connection.heard().utf8.count > 200_000)
        #expect(try connection.say(Self.get(1)) == "")
        service.proceed()
        #expect(try connection.heard().hasPrefix("HTTP/1.1 200 "))
    }

    @Test func allThatWaitsToBeReadIsBounded() throws {
        let room = AnswerRoom(capacity: 150_000)
        let service = Service(isSlow: true)
        let idle = try Connection(service, room: room)
        #expect(try idle.say(Self.get(100_000)) == "")
        idle.reads(false)
        service.proceed()
        let ask = { (length: Int) in
            let connection = try Connection(Service(), room: room)
            return (try connection.say(Self.get(length)), connection.isOpen)
        }
        let (refusal, isOpen) = try ask(100_000)
        #expect(refusal.hasPrefix("HTTP/1.1 503 "))
        #expect(refusal.contains("\r\nRetry-After: 1\r\n"))
        #expect(refusal.contains("\r\nConnection: close\r\n"))
        #expect(!isOpen)
        // Where an answer is small, there is always room for it.
        #expect(try ask(AnswerRoom.small - 1_000).0.hasPrefix("HTTP/1.1 200 "))
        #expect(try ask(40_000).0.hasPrefix("HTTP/1.1 200 "))
        idle.reads(true)
        #expect(try ask(100_000).0.hasPrefix("HTTP/1.1 200 "))
    }

    @Test func whatIsNeverReadMakesRoomInTheEnd() throws {
        let room = AnswerRoom(capacity: 150_000)
        let service = Service(isSlow: true)
        let idle = try Connection(service, room: room)
        #expect(try idle.say(Self.get(100_000)) == "")
        idle.reads(false)
        service.proceed()
        idle.channel.embeddedEventLoop.advanceTime(by: .seconds(70))
        #expect(!idle.isOpen)
        #expect(try Connection(Service(), room: room).say(Self.get(100_000)).hasPrefix("HTTP/1.1 200 "))
    }

    @Test func anAnswerThatComesTooLateTakesNoRoom() throws {
        let room = AnswerRoom(capacity: 150_000)
        let service = Service(isSlow: true)
        let connection = try Connection(service, room: room)
        #expect(try connection.say(Self.get(100_000)) == "")
        connection.channel.close(promise: nil)
        connection.channel.embeddedEventLoop.advanceTime(by: .seconds(3))
        service.proceed()
        #expect(service.forgotten.count == 1)
        #expect(try Connection(Service(), room: room).say(Self.get(100_000)).hasPrefix("HTTP/1.1 200 "))
    }

    @Test(arguments: [false, true]) func whoHasSaidAllMayWait(isAllowed: Bool) throws {
        var limits = HTTPServer.Limits()
        limits.answersHalfClosed = isAllowed
        let service = Service(isSlow: true)
        let connection = try Connection(service, limits: limits)
        #expect(try connection.say(Self.get(1)) == "")
        connection.channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        #expect(service.forgotten.count == (isAllowed ? 0 : 1))
        service.proceed()
        #expect(try connection.heard().hasPrefix("HTTP/1.1 200 ") == isAllowed)
    }

    /// The first is answered at once, while the second is there already.
    @Test func whatIsForgottenIsWhatWaits() throws {
        let service = Service()
        let connection = try Connection(service)
        let requests = ["/first", "/second?slow=1"].map { "GET \($0) HTTP/1.1\r\nHost: h\r\n\r\n" }
        #expect(try connection.say(requests.joined()).hasPrefix("HTTP/1.1 200 "))
        #expect(service.asked == 2)
        connection.channel.close(promise: nil)
        _ = try connection.heard()
        #expect(service.forgotten == ["/second?slow=1"])
    }
}
