import HLSP2P
import Synchronization
import Web

/// Serves one stream to a player: the playlist with URLs that lead back here, and the segments that it lists.
///
/// What no playlist has listed is not there, so that a peer fetches nothing for a stranger.
final class PlayerGate: HTTPService {
    let maximumBody = 1024
    /// What the player asks for to get the playlist.
    let playlistTarget: String

    private let stream: WebAddress
    private let host: PeerHost
    private let segments = Mutex(Segments())
    private let wishes = Atomic<Int>(0)

    /// The player is the only client. One that closes its side of the connection has left.
    static let limits = {
        var limits = HTTPServer.Limits.files
        limits.answersHalfClosed = false
        return limits
    }()

    /// Segments that were listed lately: their URLs by what the player asks for.
    private struct Segments {
        static let capacity = MediaPlaylist.maximumSegments
        var urls: [String: String] = [:]
        var order: [String] = []

        mutating func add(_ target: String, _ url: String) {
            if urls.updateValue(url, forKey: target) == nil { order.append(target) }
            guard order.count >= 2 * Self.capacity else { return }
            for former in order.prefix(Self.capacity) { urls[former] = nil }
            order.removeFirst(Self.capacity)
        }
    }

    init(stream: WebAddress, host: PeerHost) {
        self.stream = stream
        self.host = host
        playlistTarget = stream.path.isEmpty ? "/" : String(stream.path)
    }

    func answer(_ request: HTTPRequest, _ done: @escaping @Sendable (HTTPResponse) -> Void) {
        _ = begin(request, done)
    }

    func begin(
        _ request: HTTPRequest,
        _ done: @escaping @Sendable (HTTPResponse) -> Void
    ) -> @Sendable () -> Void {
        let wish = wishes.add(1, ordering: .relaxed).newValue
        obtain(request, wish, done)
        return { [host] in host.perform { node, now in node.forget(wish: wish, at: now) } }
    }

    private func obtain(_ request: HTTPRequest, _ wish: Int, _ done: @escaping @Sendable (HTTPResponse) -> Void) {
        guard request.method == "GET" || request.method == "HEAD" else { return done(refusal(405)) }
        if request.path == playlistTarget {
            want(nil, wish) { [self] octets in done(octets.map(playlist) ?? refusal(502)) }
        } else if let url = segments.withLock({ $0.urls[request.target] }) {
            let type = MediaType.of(request.path)
            want(url, wish) { [self] octets in
                done(octets.map { HTTPResponse(200, fields: type.fields, body: $0) } ?? refusal(404))
            }
        } else {
            done(refusal(404))
        }
    }

    func refusal(_ status: Int) -> HTTPResponse {
        HTTPResponse(status, "text/plain", "Not to be had.\n", fields: [MediaType.anyOrigin])
    }

    private func want(_ url: String?, _ wish: Int, _ done: @escaping @Sendable ([UInt8]?) -> Void) {
        host.perform { node, now in
            node.want(url, wish: wish, at: now) { answer in
                switch answer {
                case .data(let octets): done(octets)
                case .unavailable: done(nil)
                }
            }
        }
    }

    /// A playlist for the player; segments beyond what a playlist may have are left out.
    private func playlist(_ octets: [UInt8]) -> HTTPResponse {
        let text = String(decoding: octets, as: UTF8.self)
        var lines: [String] = []
        var count = 0
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            guard let uri = MediaPlaylist.uri(of: line) else {
                lines.append(tag(line))
                continue
            }
            guard count < MediaPlaylist.maximumSegments else { continue }
            count += 1
            lines.append(local(uri))
        }
        return HTTPResponse(
            200,
            fields: MediaType.playlist.fields,
            body: Array(lines.joined(separator: "\n").utf8)
        )
    }

    /// A tag for the player: what it refers to, as `#EXT-X-MAP` does, is had from the playlist's host and nowhere else.
    private func tag(_ line: Substring) -> String {
        var parts = line.split(separator: "\"", omittingEmptySubsequences: false).map(String.init)
        for index in parts.indices.dropFirst() where !index.isMultiple(of: 2) && parts[index - 1].hasSuffix("URI=") {
            guard let address = WebAddress(stream.resolving(parts[index])) else { return "" }
            var source = stream
            source.target = address.target
            parts[index] = source.text
        }
        return parts.joined(separator: "\"")
    }

    /// What the player asks for to get the segment at a URL of the playlist.
    private func local(_ reference: String) -> String {
        let url = stream.resolving(reference)
        guard let address = WebAddress(url) else { return reference }
        let isOwn = address.authority == stream.authority
        let path = address.target.hasPrefix("/") ? address.target : "/" + address.target
        let target = (isOwn ? "" : "/at/\(address.authority)") + path
        segments.withLock { $0.add(target, url) }
        return target
    }
}
