import RTMFP

/// What was said and heard in one case, in order, with times.
final class Transcript {
    private(set) var lines: [CaseResult.TranscriptLine] = []
    private var start: Instant?
    /// From the first line to the last.
    private(set) var elapsed = Interval.zero
    /// Old lines give way: a target that talks without end must not fill the memory.
    private let limit = 200

    /// Whether what happens now is none of the case's business any more.
    var isOver = false
    private let tape: Tape?

    /// - Parameter tape: is told every line as well.
    init(_ tape: Tape? = nil) {
        self.tape = tape
    }

    func note(sent: Bool, _ text: String, at now: Instant) {
        guard !isOver else { return }
        tape?.add(text, isSent: sent)
        let start = self.start ?? now
        self.start = start
        elapsed = max(elapsed, now - start)
        if lines.count == limit { lines.remove(at: limit / 2) }
        lines.append(CaseResult.TranscriptLine(milliseconds: (now - start).milliseconds, sent: sent, text: text))
    }
}

/// One line about a packet: mode and chunks, each with its first fields.
func summary(_ packet: Packet) -> String {
    let mode =
        switch packet.header.mode {
        case .forbidden: "mode 0"
        case .initiator: "initiator"
        case .responder: "responder"
        case .startup: "startup"
        }
    let chunks = packet.chunks.prefix(6).map(summary).joined(separator: ", ")
    let more = packet.chunks.count > 6 ? " and \(packet.chunks.count - 6) more" : ""
    return "\(mode) [\(chunks)\(more)]"
}

/// A chunk's name and what tells it from others of its kind.
func summary(_ chunk: Chunk) -> String {
    switch chunk {
    case .initiatorHello(let hello):
        "IHello epd=\(hex(hello.endpointDiscriminator, limit: 8)) tag=\(hex(hello.tag, limit: 8))"
    case .responderHello(let hello):
        "RHello tag=\(hex(hello.tagEcho, limit: 8)) cookie of \(hello.cookie.count), "
            + "certificate of \(hello.responderCertificate.count) octets"
    case .responderRedirect(let redirect):
        "Redirect tag=\(hex(redirect.tagEcho, limit: 8)) to "
            + redirect.redirectDestinations.prefix(4).map { $0.socket.description }.joined(separator: " ")
    case .initiatorInitialKeying(let keying):
        "IIKeying session=\(hexadecimal(keying.initiatorSessionID))"
    case .responderInitialKeying(let keying):
        "RIKeying session=\(hexadecimal(keying.responderSessionID))"
    case .ping(let ping): "Ping \(hex(ping.message, limit: 12))"
    case .pingReply(let reply): "Ping Reply \(hex(reply.messageEcho, limit: 12))"
    case .malformed(let type, let payload, let error):
        "malformed \(type.name) \(hex(payload, limit: 12)): \(error)"
    default: "\(chunk.name) \(hex(chunk.payload, limit: 12))"
    }
}

/// A session ID as eight hexadecimal digits.
func hexadecimal(_ sessionID: UInt32) -> String {
    let digits = String(sessionID, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
}
