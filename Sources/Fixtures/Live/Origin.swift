public import HLSP2P
import RTMFP
import Synchronization

/// A live origin in memory: an encoder on this machine puts files there and deletes them, viewers get them, and all that
/// is served is counted.
///
/// `ffmpeg … -f hls -method PUT http://127.0.0.1:PORT/live/film.m3u8` is such an encoder. `/counters` tells the counts.
public final class Origin: HTTPService {
    /// What was served.
    public struct Counters: Hashable, Sendable {
        /// Playlists.
        public var playlists = 0
        /// Segments.
        public var segments = 0
        /// Octets of segments.
        public var octets = 0
    }

    public let maximumBody = 64 << 20

    private struct Content {
        var files: [String: [UInt8]] = [:]
        /// Paths in the order in which they came.
        var order: [String] = []
        var octets = 0
        var counters = Counters()

        mutating func put(_ path: String, _ octets: [UInt8]) {
            delete(path)
            files[path] = octets
            order.append(path)
            self.octets += octets.count
            while self.octets > Origin.capacity || files.count > Origin.maximumFiles,
                let oldest = order.first(where: { $0 != path })
            {
                delete(oldest)
            }
        }

        mutating func delete(_ path: String) {
            guard let octets = files.removeValue(forKey: path) else { return }
            order.removeAll { $0 == path }
            self.octets -= octets.count
        }
    }

    /// Octets of files at most; the oldest make room.
    public static let capacity = 512 << 20

    /// Files at most; the oldest make room.
    public static let maximumFiles = 4_096

    private let content = Mutex(Content())
    private let takesFiles: Bool

    /// Makes an empty one.
    ///
    /// - Parameter takesFiles: whether an encoder may put files there and delete them.
    public init(takesFiles: Bool = true) {
        self.takesFiles = takesFiles
    }

    /// What was served so far.
    public var counters: Counters { content.withLock { $0.counters } }

    /// The playlist that was put there last, if there is any.
    public var playlist: String? {
        content.withLock { content in content.order.last { $0.hasSuffix(".m3u8") } }
    }

    /// The file with that path, without being counted; nil if it is not there.
    public func file(_ path: String) -> [UInt8]? {
        content.withLock { $0.files[path] }
    }

    /// Puts a file there.
    public func put(_ path: String, _ octets: [UInt8]) {
        content.withLock { $0.put(path, octets) }
    }

    /// Deletes a file.
    public func delete(_ path: String) {
        content.withLock { $0.delete(path) }
    }

    public func answer(_ request: HTTPRequest, _ done: @escaping @Sendable (HTTPResponse) -> Void) {
        let path = request.path
        switch request.method {
        case "GET" where path == "/counters":
            let counters = counters
            done(
                HTTPResponse(
                    200,
                    "application/json",
                    #"{"playlists":\#(counters.playlists),"segments":\#(counters.segments),"octets":\#(counters.octets)}"#,
                    fields: [MediaType.anyOrigin]
                )
            )
        case "GET", "HEAD":
            guard let octets = serve(path, counts: request.method == "GET") else { return done(refusal(404)) }
            done(HTTPResponse(200, fields: MediaType.of(path).fields, body: octets))
        case "PUT", "POST", "DELETE":
            if let refusal = refusal(ofWriting: request) { return done(refusal) }
            if request.method == "DELETE" { delete(path) } else { put(path, request.body) }
            done(HTTPResponse(204))
        default:
            done(refusal(405))
        }
    }

    /// Files are large: who may put none sends none.
    public func refusal(ofContentAfter head: HTTPRequest) -> HTTPResponse? {
        switch head.method {
        case "PUT", "POST", "DELETE": refusal(ofWriting: head)
        case "GET", "HEAD": refusal(413)
        default: refusal(405)
        }
    }

    private func refusal(ofWriting request: HTTPRequest) -> HTTPResponse? {
        guard takesFiles else { return refusal(405) }
        // A page of anybody's in a browser on this machine can send such requests, too; an encoder has no origin.
        let isEncoder = request.source?.isLoopback ?? false && request.field("Origin") == nil
        return isEncoder ? nil : refusal(403)
    }

    public func refusal(_ status: Int) -> HTTPResponse {
        HTTPResponse(status, "text/plain", "Not here.\n", fields: [MediaType.anyOrigin])
    }

    private func serve(_ path: String, counts: Bool) -> [UInt8]? {
        content.withLock { content in
            guard let octets = content.files[path] else { return nil }
            guard counts else { return octets }
            if MediaType.of(path) == .playlist {
                content.counters.playlists += 1
            } else {
                content.counters.segments += 1
                content.counters.octets += octets.count
            }
            return octets
        }
    }
}

extension SocketAddress {
    /// Whether the address is of this machine alone.
    fileprivate var isLoopback: Bool {
        switch ip {
        case .v4(let address): address >> 24 == 127
        case .v6(let high, let low): high == 0 && low == 1
        }
    }
}
