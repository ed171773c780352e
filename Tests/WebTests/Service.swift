import HLSP2P
import NIOCore
import NIOEmbedded
import RTMFP
import Synchronization
import Testing
import Web

/// Repeats what it is asked, at once or when it is told to.
final class Service: HTTPService {
    let maximumBody = 100
    private let isSlow: Bool
    private let waiting = Mutex<[@Sendable () -> Void]>([])

    init(isSlow: Bool = false) {
        self.isSlow = isSlow
    }

    func answer(_ request: HTTPRequest, _ done: @escaping @Sendable (HTTPResponse) -> Void) {
        let text = "\(request.method) \(request.target) \(String(decoding: request.body, as: UTF8.self))"
        let length = request.query["length"].flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 0
        let answer = HTTPResponse(200, "text/plain", text + String(repeating: "x", count: length))
        if isSlow { waiting.withLock { $0.append { done(answer) } } } else { done(answer) }
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

    init(_ service: Service = Service()) throws {
        try HTTPServer.configure(channel, service: service)
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

    var isOpen: Bool { channel.isActive }
}
