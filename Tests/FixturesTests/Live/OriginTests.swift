import Fixtures
import HLSP2P
import RTMFP
import Synchronization
import Testing

/// What an encoder puts there, viewers get, and all that is served is counted.
struct OriginTests {
    private let origin = Origin()

    @Test func filesAreServedAndCounted() throws {
        #expect(ask("PUT", "/live/1.ts", body: [1, 2, 3]).status == 204)
        #expect(ask("PUT", "/live/film.m3u8", body: Array("#EXTM3U\n".utf8)).status == 204)
        #expect(origin.playlist == "/live/film.m3u8")
        let segment = ask("GET", "/live/1.ts?token=x")
        #expect(segment.status == 200)
        #expect(segment.body == [1, 2, 3])
        #expect(segment.fields.contains(HTTPField("Content-Type", "video/mp2t")))
        _ = ask("HEAD", "/live/1.ts")
        _ = ask("GET", "/live/2.ts")
        let playlist = ask("GET", "/live/film.m3u8")
        #expect(playlist.fields.contains(HTTPField("Content-Type", "application/vnd.apple.mpegurl")))
        #expect(playlist.fields.contains(HTTPField("Cache-Control", "no-store")))
        #expect(origin.counters.octets == 3)
        let text = String(decoding: ask("GET", "/counters").body, as: UTF8.self)
        #expect(text == #"{"playlists":1,"segments":1,"octets":3}"#)
    }

    @Test func whatIsDeletedOrReplacedIsGone() {
        _ = ask("PUT", "/a.ts", body: [1])
        _ = ask("POST", "/a.ts", body: [2])
        #expect(origin.file("/a.ts") == [2])
        #expect(ask("DELETE", "/a.ts").status == 204)
        #expect(ask("DELETE", "/a.ts").status == 204)
        #expect(ask("GET", "/a.ts").status == 404)
    }

    @Test(arguments: [SocketAddress.IP.v4(0x0a00_0001), .v6(high: 1, low: 1)])
    func onlyThisMachineWrites(host: SocketAddress.IP) {
        for method in ["PUT", "POST", "DELETE"] {
            #expect(ask(method, "/a.ts", body: [1], from: SocketAddress(host, port: 9)).status == 403)
        }
        #expect(origin.file("/a.ts") == nil)
    }

    /// A page in a browser on this machine is not the encoder: browsers say where a request comes from.
    @Test(arguments: ["PUT", "POST", "DELETE"]) func pagesDoNotWrite(method: String) {
        origin.put("/a.ts", [2])
        let page = [HTTPField("Origin", "http://evil.example")]
        #expect(ask(method, "/a.ts", body: [1], fields: page).status == 403)
        #expect(origin.file("/a.ts") == [2])
        #expect(ask("GET", "/a.ts", fields: page).status == 200)
    }

    /// Asked at the head of a request, so that nothing of 64 MiB is taken in for it (RFC 9110 §9.3.4).
    @Test(
        arguments: [
            ("PUT", 0x7f00_0001, "", true, nil), ("PUT", 0x0a00_0001, "", true, 403),
            ("PUT", 0x7f00_0001, "http://evil.example", true, 403), ("POST", 0x0a00_0001, "", true, 403),
            ("PUT", 0x7f00_0001, "", false, 405), ("GET", 0x7f00_0001, "", true, 413),
            ("PATCH", 0x7f00_0001, "", true, 405),
        ] as [(String, UInt32, String, Bool, Int?)]
    )
    func contentIsRefusedBeforeItComes(method: String, host: UInt32, page: String, takesFiles: Bool, status: Int?) {
        let origin = Origin(takesFiles: takesFiles)
        let fields = page.isEmpty ? [] : [HTTPField("Origin", page)]
        let head = HTTPRequest(method, "/a.ts", fields: fields, from: SocketAddress(.v4(host), port: 9))
        #expect(origin.refusal(ofContentAfter: head)?.status == status)
    }

    @Test func whoeverMakesItsOwnStreamTakesNone() {
        let origin = Origin(takesFiles: false)
        let answer = Answer()
        origin.answer(HTTPRequest("PUT", "/a.ts", body: [1], from: .loopback(port: 9))) { answer.set($0) }
        #expect(answer.value.status == 405)
        #expect(origin.file("/a.ts") == nil)
    }

    @Test func emptyFilesAreBoundedToo() {
        for number in 0...Origin.maximumFiles { origin.put("/\(number).ts", []) }
        #expect(origin.file("/0.ts") == nil)
        #expect(origin.file("/1.ts") != nil)
    }

    @Test func theOldestMakeRoom() {
        let large = [UInt8](repeating: 0, count: Origin.capacity / 2 - 10)
        for number in 0..<3 { origin.put("/\(number).ts", large) }
        #expect(origin.file("/0.ts") == nil)
        #expect(origin.file("/1.ts") != nil)
        #expect(origin.file("/2.ts") != nil)
        origin.put("/huge.ts", [UInt8](repeating: 0, count: Origin.capacity + 1))
        #expect(origin.file("/huge.ts") != nil)
        #expect(origin.file("/2.ts") == nil)
    }

    private func ask(
        _ method: String,
        _ target: String,
        body: [UInt8] = [],
        fields: [HTTPField] = [],
        from source: SocketAddress = .loopback(port: 9)
    ) -> HTTPResponse {
        let answer = Answer()
        origin.answer(HTTPRequest(method, target, fields: fields, body: body, from: source)) { answer.set($0) }
        return answer.value
    }
}

private final class Answer: Sendable {
    private let content = Mutex(HTTPResponse(0))

    var value: HTTPResponse { content.withLock(\.self) }
    func set(_ response: HTTPResponse) { content.withLock { $0 = response } }
}
