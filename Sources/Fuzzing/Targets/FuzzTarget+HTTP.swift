import HLSP2P
import NIOCore
import NIOEmbedded
import RTMFP
import Synchronization
import Web

/// What a tracker is asked, what a client writes into its log, and what a peer is answered.
extension FuzzTarget {
    static let http: [FuzzTarget] = [
        FuzzTarget(
            "tracker",
            "a request: a method, a target and a body, each up to a line feed",
            seeds: {
                requestSeeds.map { Array($0.utf8) } + Seeds.texts("hlsp2p/tracker-exchange", "method", "target", "body")
            }
        ) { octets in
            let parts = octets.split(separator: 10, maxSplits: 2, omittingEmptySubsequences: false)
            let texts = parts.prefix(2).map { String(decoding: $0, as: UTF8.self) }
            let request = HTTPRequest(
                texts.first ?? "",
                texts.count > 1 ? texts[1] : "",
                body: parts.count > 2 ? Array(parts[2]) : []
            )
            try requireSensible(request)
        },
        FuzzTarget(
            "connection",
            "what a client sends to a tracker, in pieces as long as the first octet says",
            seeds: { connectionSeeds.map { [7] + Array($0.utf8) } }
        ) { octets in
            guard let length = octets.first else { return }
            let stream = Array(octets.dropFirst())
            let whole = try answers(to: [stream])
            try require(whole.isEmpty || whole.starts(with: "HTTP/1.1 ".utf8), "what is answered is no HTTP")
            try require(whole.count <= 512 * (stream.count + 1), "\(whole.count) octets answer \(stream.count)")
            let pieces = stride(from: 0, to: stream.count, by: Int(length) + 1).map { place in
                Array(stream[place..<min(place + Int(length) + 1, stream.count)])
            }
            try require(try answers(to: pieces) == whole, "how a request is cut decides about its answer")
        },
        FuzzTarget(
            "form",
            "names and values of a form",
            seeds: { ["a=1&b=2", "resourceID=film&size=3", "log=a%0ab+c&&=&%zz", "%"].map { Array($0.utf8) } }
        ) { octets in
            let fields = FormFields(octets)
            try require(fields.pairs.count <= octets.count, "there are more fields than octets")
            try requireRoundTrip(fields, encode: \.escaped) { FormFields($0) }
        },
        FuzzTarget(
            "tracker-answer",
            "the JSON in which a tracker names peers",
            seeds: { answerSeeds.map { Array($0.utf8) } }
        ) { octets in
            let peers = TrackerAnswer.peers(octets)
            try require(peers.count <= TrackerAnswer.maximumPeers, "there are too many peers")
            try require(Set(peers).count == peers.count, "a peer is named twice")
            try require(peers.count * 66 <= octets.count, "there are peers that were not named")
            let json = "[\(peers.map { "\"\($0)\"" }.joined(separator: ", "))]"
            try require(TrackerAnswer.peers(Array(json.utf8)) == peers, "peers that are named again are others")
        },
    ]

    private static let peer = String(repeating: "ab", count: 32)

    private static let requestSeeds = [
        "GET\n/get_peers?resourceID=film&size=3", "POST\n/peer_disconnect\npeer_id=\(peer)&app=film", "GET\n/count",
        "POST\n/log\nlog=a%20line%0aand+another", "OPTIONS\n/get_peers", "GET\n/../crossdomain.xml",
    ]

    private static let connectionSeeds = [
        "GET /get_peers?resourceID=film&size=3 HTTP/1.1\r\nHost: a\r\n\r\nGET /count HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /log HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nlog=aHEAD /count HTTP/1.0\r\n\r\n",
        "POST /log HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n5\r\nlog=a\r\n0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ]

    private static let answerSeeds = [
        "[]", "[\"\(peer)\"]", " [ \"\(peer)\" , \"\(String(repeating: "0", count: 64))\" ]\n", "{\"a\":\"\(peer)\"}",
        "[\"\(peer)\",\"\(peer)\",\"x\"]",
    ]

    private static func requireSensible(_ request: HTTPRequest) throws {
        let heard = Heard()
        heard.tracker.answer(request) { answer in heard.answers.withLock { $0.append(answer) } }
        let answers = heard.answers.withLock(\.self)
        try require(answers.count == 1, "there are \(answers.count) answers")
        try require(answers.allSatisfy { [200, 204, 400, 404].contains($0.status) }, "a strange status")
        let lines = heard.lines.withLock(\.self)
        try require(
            lines.allSatisfy { $0.unicodeScalars.allSatisfy { $0.value >= 0x20 } },
            "a line of the log holds control characters"
        )
    }

    /// What is answered on a connection on which these pieces arrive, without what depends on the time of day.
    private static func answers(to pieces: [[UInt8]]) throws -> [UInt8] {
        let loop = EmbeddedEventLoop()
        let channel = EmbeddedChannel(handler: nil, loop: loop)
        try HTTPServer.configure(channel, service: Heard().tracker)
        channel.connect(to: try NIOCore.SocketAddress(ipAddress: "10.0.0.1", port: 1), promise: nil)
        loop.run()
        for piece in pieces where channel.isActive {
            _ = try? channel.writeInbound(ByteBuffer(bytes: piece))
            loop.run()
        }
        channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        loop.advanceTime(by: .minutes(10))
        var octets: [UInt8] = []
        while let buffer = try channel.readOutbound(as: ByteBuffer.self) { octets += Array(buffer.readableBytesView) }
        try require(!channel.isActive, "a connection does not end")
        _ = try? channel.finish(acceptAlreadyClosed: true)
        return octets.split(separator: 10, omittingEmptySubsequences: false)
            .filter { !$0.starts(with: "Date:".utf8) }.joined(separator: [10]).map(\.self)
    }
}

extension FormFields {
    /// The fields with every octet escaped.
    fileprivate var escaped: [UInt8] {
        func escape(_ octets: [UInt8]) -> String {
            octets.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
        return Array(pairs.map { "\(escape($0.name))=\(escape($0.value))" }.joined(separator: "&").utf8)
    }
}

/// What a tracker has answered and logged.
private final class Heard: Sendable {
    let answers = Mutex<[HTTPResponse]>([])
    let lines = Mutex<[String]>([])

    /// A tracker that knows nobody.
    var tracker: Tracker {
        Tracker(directory: InMemoryRegistry(random: SeededGenerator(seed: 1))) { line in
            self.lines.withLock { $0.append(line) }
        }
    }
}
