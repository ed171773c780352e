import HLSP2P
import NIOCore
import RTMFP
import Testing

@testable import Web

/// Requests to real servers.
struct HTTPClientTests {
    @Test(
        arguments: [
            ("http://h", "h", 80, "/"), ("HTTP://h:8080/a/b?c=d#e", "h", 8080, "/a/b?c=d"),
            ("http://h?x", "h", 80, "/?x"),
            ("http://[::1]:5/", "::1", 5, "/"), ("http://[::1]", "::1", 80, "/"),
        ]
    )
    func urls(text: String, host: String, port: Int, target: String) throws {
        let place = try #require(HTTPPlace(text))
        #expect(place.host == host)
        #expect(place.port == port)
        #expect(place.target == target)
    }

    @Test(
        arguments: [
            "", "http://", "https://h/", "h/a", "http://h:0/", "http://h:99999/", "http://h:x/", "http://u@h/",
            "http://h/a b", "http://h/\r\nX: y", "http://[::1/", "http://[::1]x/",
        ]
    )
    func whatIsNoURL(text: String) async {
        #expect(HTTPPlace(text) == nil)
        #expect(await send("GET", text) == .failure(.badURL(text)))
    }

    @Test func anAnswerComesWhole() async throws {
        let server = try HTTPServer(at: .loopback(port: 0), service: Service())
        defer { server.stop() }
        let answer = try await send("POST", "http://\(server.address)/a?length=500000", body: Array("x".utf8)).get()
        #expect(answer.status == 200)
        #expect(answer.body.count == 500_000 + "POST /a?length=500000 x".utf8.count)
        #expect(answer.fields.contains { $0.isNamed("content-type") })
    }

    @Test func whatIsTooLongIsNotTaken() async throws {
        let server = try HTTPServer(at: .loopback(port: 0), service: Service())
        defer { server.stop() }
        var limits = HTTPClient.Limits()
        limits.content = 1000
        #expect(await send("GET", "http://\(server.address)/?length=2000", limits: limits) == .failure(.tooLong))
    }

    @Test func aServerThatSaysNothingIsGivenUp() async throws {
        let server = try HTTPServer(at: .loopback(port: 0), service: Service(isSlow: true))
        defer { server.stop() }
        var limits = HTTPClient.Limits()
        limits.silence = .milliseconds(50)
        #expect(await send("GET", "http://\(server.address)/", limits: limits) == .failure(.silent))
    }

    @Test func whereNobodyListensTheRequestFails() async throws {
        let server = try HTTPServer(at: .loopback(port: 0), service: Service())
        server.stop()
        guard case .failure(.broken) = await send("GET", "http://\(server.address)/") else {
            Issue.record("nobody listens, and there is an answer")
            return
        }
    }

    @Test func aRequestCanBeGivenUp() async throws {
        let server = try HTTPServer(at: .loopback(port: 0), service: Service(isSlow: true))
        defer { server.stop() }
        let result = await withCheckedContinuation { continuation in
            let exchange = HTTPClient.send("GET", "http://\(server.address)/") { continuation.resume(returning: $0) }
            exchange?.cancel()
        }
        #expect(result == .failure(.cancelled))
    }

    private func send(
        _ method: String,
        _ url: String,
        body: [UInt8] = [],
        limits: HTTPClient.Limits = HTTPClient.Limits()
    ) async -> Result<HTTPResponse, HTTPClient.Failure> {
        await withCheckedContinuation { continuation in
            HTTPClient.send(method, url, body: body, limits: limits) {
                continuation.resume(returning: $0)
            }
        }
    }
}
