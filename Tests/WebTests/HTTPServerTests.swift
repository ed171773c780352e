import Foundation
import HLSP2P
import Links
import NIOCore
import NIOEmbedded
import RTMFP
import Testing
@testable import Web

/// How connections are served, whatever is said on them.
struct HTTPServerTests {
    private static let get = "GET /a?b=c HTTP/1.1\r\nHost: h\r\n\r\n"

    @Test func aRequestIsAnswered() throws {
        let connection = try Connection()
        let answer = try connection.say(Self.get)
        #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(answer.hasSuffix("\r\n\r\nGET /a?b=c "))
        #expect(answer.contains("\r\nContent-Length: 11\r\n"))
        #expect(answer.contains("\r\nDate: "))
        #expect(connection.isOpen)
        #expect(try connection.say(Self.get) == answer)
    }

    @Test(arguments: 1..<70)
    func aRequestMayComeInPieces(split: Int) throws {
        let request = "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nX: yz\r\n\r\nbody"
        let connection = try Connection()
        var answer = try connection.say(String(request.prefix(split)))
        answer += try connection.say(String(request.dropFirst(split)))
        #expect(answer.hasSuffix("\r\n\r\nPOST /a body"))
    }

    @Test func chunksAreJoined() throws {
        let connection = try Connection()
        let answer = try connection.say(
            "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nbod\r\n1\r\ny\r\n0\r\nT: r\r\n\r\n"
        )
        #expect(answer.hasSuffix("\r\n\r\nPOST /a body"))
    }

    @Test func headIsAnsweredWithoutContent() throws {
        let answer = try Connection().say("HEAD /a HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(answer.contains("\r\nContent-Length: 8\r\n"))
        #expect(answer.hasSuffix("\r\n\r\n"))
    }

    @Test func pipelinedRequestsAreAnsweredInOrder() throws {
        let service = Service(isSlow: true)
        let connection = try Connection(service)
        let requests = (0..<3).map { "GET /\($0) HTTP/1.1\r\nHost: h\r\n\r\n" }
        #expect(try connection.say(requests.joined()) == "")
        for number in 0..<3 {
            service.proceed()
            #expect(try connection.heard().hasSuffix("GET /\(number) "))
        }
    }

    @Test(
        arguments: [
            ("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", "Connection: close"),
            ("GET / HTTP/1.0\r\n\r\n", "Connection: close"),
            // What would follow belongs to another protocol, which is not spoken here.
            ("GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n", "Connection: close"),
            ("CONNECT h:80 HTTP/1.1\r\nHost: h\r\n\r\n", "Connection: close"),
        ]
    )
    func theConnectionEndsWhereTheClientWantsIt(request: String, field: String) throws {
        let connection = try Connection()
        let answer = try connection.say(request)
        #expect(answer.contains("\r\n\(field)\r\n"))
        #expect(!connection.isOpen)
    }

    @Test func anOldClientMayKeepTheConnection() throws {
        let connection = try Connection()
        let answer = try connection.say("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        #expect(answer.contains("\r\nConnection: keep-alive\r\n"))
        #expect(connection.isOpen)
    }

    @Test(
        arguments: [
            ("GARBAGE\r\n\r\n", 400), ("GET / HTTP/1.1\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: h\r\nA b: c\r\n\r\n", 400), ("GET /\u{0} HTTP/1.1\r\nHost: h\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 101\r\n\r\n", 413),
            ("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9223372036854775807\r\n\r\n", 413),
            ("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
            ("POST / HTTP/1.1\r\nHost: h\r\nExpect: wonders\r\nContent-Length: 1\r\n\r\n", 417),
            ("GET / HTTP/1.1\r\nHost: h\r\nX: \(String(repeating: "a", count: 100_000))\r\n\r\n", 431),
            ("GET /\(String(repeating: "a", count: 100_000)) HTTP/1.1\r\nHost: h\r\n\r\n", 431),
            (
                "GET / HTTP/1.1\r\nHost: h\r\n\((0..<300).map { "X\($0): y\r\n" }.joined())\r\n", 431
            ),
            (
                "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + String(repeating: "40\r\n\(String(repeating: "a", count: 64))\r\n", count: 2), 413
            ),
        ]
    )
    func whatCannotBeServedIsRefused(request: String, status: Int) throws {
        let connection = try Connection()
        let answer = try connection.say(request)
        #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
        #expect(answer.contains("\r\nConnection: close\r\n"))
        #expect(answer.components(separatedBy: "HTTP/1.1 ").count == 2)
        #expect(!connection.isOpen)
    }

    @Test(
        arguments: [
            "Content-Length: 90", "Content-Length: 67108864", "Transfer-Encoding: chunked",
            "Content-Length: 5\r\nExpect: 100-continue",
        ]
    )
    func contentThatNobodyWantsIsRefusedBeforeItComes(fields: String) throws {
        let service = Service()
        let connection = try Connection(service)
        let answer = try connection.say("PUT / HTTP/1.1\r\nHost: h\r\n\(fields)\r\n\r\n")
        #expect(answer.hasPrefix("HTTP/1.1 403 "))
        #expect(answer.contains("\r\nConnection: close\r\n"))
        #expect(!connection.isOpen)
        #expect(service.asked == 0)
    }

    @Test func aRequestWithoutContentIsRefusedWhole() throws {
        let service = Service()
        let answer = try Connection(service).say("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n")
        #expect(answer.hasPrefix("HTTP/1.1 200 "))
        #expect(service.asked == 1)
    }

    @Test(
        arguments: [
            ("", true), ("h", true), ("h:80", true), ("h:", true), ("127.0.0.1:5", true), ("[::1]", true),
            ("[::1]:80", true), ("a-b_c.d~!$&'()*+,;=", true), ("%41b", true), ("[v1.x:y]", true), ("a b", false),
            ("a/b", false), ("a@b", false), ("h:x", false), ("h:1:2", false), ("[::1", false), ("[]", false),
            ("[::1]x", false), ("%4", false), ("%zz", false), ("é", false), ("a\\b", false), ("<h>", false),
        ]
    )
    func hostsHaveTheFormOfTheStandard(value: String, isValid: Bool) {
        #expect(HostField.isValid(value) == isValid)
    }

    @Test func aRefusalComesAfterTheAnswersBeforeIt() throws {
        let service = Service(isSlow: true)
        let connection = try Connection(service)
        #expect(try connection.say(Self.get + "GARBAGE\r\n\r\n") == "")
        service.proceed()
        let answers = try connection.heard()
        #expect(answers.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(answers.contains("HTTP/1.1 400 "))
        #expect(!connection.isOpen)
    }

    @Test func whoAsksWhetherToGoOnIsToldSo() throws {
        let connection = try Connection()
        let head = "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n"
        #expect(try connection.say(head) == "HTTP/1.1 100 Continue\r\n\r\n")
        #expect(try connection.say("body").hasSuffix("POST /a body"))
    }

    @Test(arguments: ["", "GET / HT", "GET / HTTP/1.1\r\nHost: h\r\n"])
    func whoNeverAsksIsCutOff(beginning: String) throws {
        let connection = try Connection()
        #expect(try connection.say(beginning) == "")
        connection.channel.embeddedEventLoop.advanceTime(by: .seconds(59))
        #expect(connection.isOpen)
        connection.channel.embeddedEventLoop.advanceTime(by: .seconds(2))
        #expect(try connection.heard() == "")
        #expect(!connection.isOpen)
    }

    @Test func whoNeverEndsIsToldSoAndCutOff() throws {
        let connection = try Connection()
        #expect(try connection.say("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 90\r\n\r\n") == "")
        for _ in 0..<29 {
            connection.channel.embeddedEventLoop.advanceTime(by: .seconds(1))
            #expect(try connection.say("a") == "")
        }
        connection.channel.embeddedEventLoop.advanceTime(by: .seconds(2))
        #expect(try connection.heard().hasPrefix("HTTP/1.1 408 "))
        #expect(!connection.isOpen)
    }

    @Test func whoComesBackInTimeIsServedOn() throws {
        let connection = try Connection()
        for _ in 0..<5 {
            #expect(try connection.say(Self.get).hasPrefix("HTTP/1.1 200 "))
            connection.channel.embeddedEventLoop.advanceTime(by: .seconds(50))
        }
        #expect(connection.isOpen)
    }

    @Test(
        arguments: [(0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT")]
    )
    func datesHaveTheFormOfTheStandard(seconds: Int, text: String) {
        #expect(HTTPDate.text(of: seconds) == text)
    }

    @Test func aPortThatIsTakenIsSaidToBe() throws {
        let server = try HTTPServer(at: .loopback(port: 0), service: Service())
        defer { server.stop() }
        #expect(throws: LinkError.self) { try HTTPServer(at: server.address, service: Service()) }
        server.stop()
        try HTTPServer(at: server.address, service: Service()).stop()
    }
}
