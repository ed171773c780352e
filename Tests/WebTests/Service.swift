import HLSP2P
import NIOCore
import NIOEmbedded
import RTMFP
import Synchronization
import Testing
@testable import Web

/// Repeats what it is asked, at once or when it is told to; when it is told to, too, if `slow` is asked for.
final class Service: HTTPService {
    let maximumBody = 100
    private let isSlow: Bool
    private let waiting = Mutex<[@Sendable () -> Void]>([])
    private let counts = Mutex((asked: 0, forgotten: [String]()))

    init(isSlow: Bool = false) {
        self.isSlow = isSlow
    }

    /// Requests that it was asked to answer.
    var asked: Int { counts.withLock(\.asked) }
    /// What those were about whose clients were gone before.
    var forgotten: [String] { counts.withLock(\.forgotten) }

    /// Nobody puts anything there.
    func refusal(ofContentAfter head: HTTPRequest) -> HTTPResponse? {
        head.method == "PUT" ? HTTPResponse(403, "text/plain", "refused") : nil
    }

    func begin(
        _ request: HTTPRequest,
        _ done: @escaping @Sendable (HTTPResponse) -> Void
    ) -> @Sendable () -> Void {
        counts.withLock { $0.asked += 1 }
        answer(request, done)
        return { [self] in counts.withLock { $0.forgotten.append(request.target) } }
    }

    func answer(_ request: HTTPRequest, _ done: @escaping @Sendable (HTTPResponse) -> Void) {
        let text = "\(request.method) \(request.target) \(String(decoding: request.body, as: UTF8.self))"
        let length = request.query["length"].flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 0
        let answer = HTTPResponse(200, "text/plain", text + String(repeating: "x", count: length))
        if isSlow || request.query["slow"] != nil {
            waiting.withLock { $0.append { done(answer) } }
        } else {
            done(answer)
        }
    }

    func refusal(_ status: Int) -> HTTPResponse {
        HTTPResponse(status, "text/plain", "refused")
    }

    /// Gives the oldest answer.
    func proceed() {
        let first = waiting.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        first?()
    }
}

/// A connection to a service, in virtual time.
final class Connection {
    let channel = EmbeddedChannel()

    init(
        _ service: Service = Service(),
        limits: HTTPServer.Limits = HTTPServer.Limits(),
        room: AnswerRoom = AnswerRoom(capacity: .max)
    ) throws {
        try HTTPServer.configure(channel, service: service, limits: limits, room: room)
        try channel.connect(to: NIOCore.SocketAddress(ipAddress: "127.0.0.1", port: 80)).wait()
    }

    /// Sends octets, and gives what has come back since the last time.
    func say(_ text: String) throws -> String {
        if channel.isActive { _ = try? channel.writeInbound(ByteBuffer(string: text)) }
        return try heard()
    }

    /// What has come back since the last time.
    func heard() throws -> String {
        channel.embeddedEventLoop.run()
        var text = ""
        while let part = try channel.readOutbound(as: ByteBuffer.self) { text += String(buffer: part) }
        return text
    }

    /// Whether the client has read what it was sent, as far as the socket's buffers go.
    func reads(_ isRead: Bool) {
        channel.isWritable = isRead
        channel.pipeline.fireChannelWritabilityChanged()
    }

    var isOpen: Bool { channel.isActive }
}
