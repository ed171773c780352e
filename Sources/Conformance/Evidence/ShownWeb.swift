import Capture
import HLSP2P
import RTMFP

/// HTTP that is known as requests and responses, as if it had been carried: a connection from each address that asks, and
/// another one where the last request there was not answered.
///
/// The messages are written out anew from what is known of them (RFC 9112), so framing and order of fields need not be what
/// went over the wire.
struct ShownWeb {
    private let server: SocketAddress
    private var connections: [SocketAddress: (connection: ShownConnection, isWaiting: Bool)] = [:]
    private var count = 0

    /// - Parameters:
    ///   - authority: where HTTP was served.
    ///   - neighbour: whose host that is, if it is a name.
    init(authority: String?, beside neighbour: SocketAddress?) {
        let port = authority.flatMap { $0.split(separator: ":").last }.flatMap { UInt16($0) } ?? 80
        server =
            authority.flatMap(SocketAddress.init(text:))
            ?? SocketAddress((neighbour ?? .loopback(port: port)).ip, port: port)
    }

    mutating func segments(of request: HTTPRequest) -> [CapturedSegment] {
        let client = request.source ?? SocketAddress(server.ip, port: 49_152)
        var segments: [CapturedSegment] = []
        let known = connections[client]
        var connection = known?.connection ?? connect(from: client)
        if known?.isWaiting == true {
            connection = connect(from: SocketAddress(client.ip, port: 49_152 + UInt16(count & 0x3fff)))
        }
        if known?.isWaiting ?? true { segments += connection.open() }
        segments += connection.carry(ShownWeb.octets(request), isSent: true)
        connections[client] = (connection, true)
        return segments
    }

    mutating func segments(of response: HTTPResponse, to request: HTTPRequest) -> [CapturedSegment] {
        let client = request.source ?? SocketAddress(server.ip, port: 49_152)
        guard var (connection, _) = connections[client] else { return [] }
        defer { connections[client] = (connection, false) }
        return connection.carry(ShownWeb.octets(response, toHead: request.method == "HEAD"), isSent: false)
    }

    private mutating func connect(from client: SocketAddress) -> ShownConnection {
        count += 1
        return ShownConnection(from: client, to: server, number: count)
    }

    private static func octets(_ request: HTTPRequest) -> [UInt8] {
        var fields = request.fields
        if !request.body.isEmpty { frame(&fields, request.body.count) }
        return head("\(request.method) \(request.target) HTTP/1.1", fields) + request.body
    }

    private static func octets(_ response: HTTPResponse, toHead: Bool) -> [UInt8] {
        var fields = response.fields
        let hasContent = response.status >= 200 && response.status != 204 && response.status != 304
        if hasContent { frame(&fields, response.body.count) }
        return head("HTTP/1.1 \(response.status) ", fields) + (hasContent && !toHead ? response.body : [])
    }

    /// Has the fields say how long the content is.
    private static func frame(_ fields: inout [HTTPField], _ count: Int) {
        fields.removeAll { $0.isNamed("Content-Length") || $0.isNamed("Transfer-Encoding") }
        fields.append(HTTPField("Content-Length", "\(count)"))
    }

    private static func head(_ first: String, _ fields: [HTTPField]) -> [UInt8] {
        Array(([first] + fields.map { "\($0.name): \($0.value)" }).joined(separator: "\r\n").utf8)
            + Array("\r\n\r\n".utf8)
    }
}
