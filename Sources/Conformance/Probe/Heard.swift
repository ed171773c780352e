import RTMFP

/// A datagram that came from the target, and what could be made of it.
struct Heard: Sendable {
    /// What could be made of a datagram.
    enum Content: Sendable {
        /// It was verified and decoded.
        case packet(Packet, Protection)
        /// No key that the probe holds fits, or what it protects is no packet; the text says why.
        case undecodable(String)
    }

    /// Which key protected a packet.
    enum Protection: Sendable, Hashable {
        /// The Default Session Key (RFC 7425 §4.7).
        case defaultKey
        /// The session's key; with its session sequence number, if the target sends them.
        case sessionKey(sequenceNumber: UInt64?)
    }

    /// When it came.
    var at: Instant
    /// Where it came from.
    var far: SocketAddress
    /// The session ID that it was sent to.
    var sessionID: UInt32
    /// The datagram itself.
    var datagram: [UInt8]
    /// What could be made of it.
    var content: Content

    /// The packet; nil if it could not be decoded.
    var packet: Packet? {
        if case .packet(let packet, _) = content { packet } else { nil }
    }

    /// The key that protected the packet; nil if it could not be decoded.
    var protection: Protection? {
        if case .packet(_, let protection) = content { protection } else { nil }
    }

    /// The packet's chunks; none if it could not be decoded.
    var chunks: [Chunk] { packet?.chunks ?? [] }

    /// The messages of its Ping Replies.
    var pingReplies: [[UInt8]] { chunks.compactMap { $0.asPingReply?.messageEcho } }

    /// The packet as if each of several Ping Replies had come alone: a target may answer several packets in one, and
    /// one answer that was waited for must not hide another.
    var answersApart: [Heard] {
        guard case .packet(let packet, let protection) = content, pingReplies.count > 1 else { return [self] }
        let others = packet.chunks.filter { $0.asPingReply == nil }
        let replies = packet.chunks.filter { $0.asPingReply != nil }.map { [$0] }
        return (replies + (others.isEmpty ? [] : [others])).map { chunks in
            var part = self
            part.content = .packet(Packet(packet.header, chunks), protection)
            return part
        }
    }

    /// The first chunk that `pick` picks.
    func first<T>(_ pick: (Chunk) -> T?) -> T? {
        chunks.lazy.compactMap(pick).first
    }

    var summary: String {
        switch content {
        case .packet(let packet, _): "\(hexadecimal(sessionID)) \(Conformance.summary(packet))"
        case .undecodable(let why): "\(datagram.count) octets: \(why)"
        }
    }

    /// Whether a target may send this packet without being asked: keepalives, padding, acknowledgements, its own data.
    var isSpontaneous: Bool {
        guard sessionID != 0, let packet else { return false }
        return packet.chunks.allSatisfy { chunk in
            switch chunk {
            case .ping, .padding, .userData, .nextUserData, .rangeAcknowledgement, .bitmapAcknowledgement, .unknown:
                true
            default: false
            }
        }
    }
}

extension Chunk {
    var asIHello: IHello? { if case .initiatorHello(let body) = self { body } else { nil } }
    var asFIHello: FIHello? { if case .forwardedInitiatorHello(let body) = self { body } else { nil } }
    var asRHello: RHello? { if case .responderHello(let body) = self { body } else { nil } }
    var asRedirect: Redirect? { if case .responderRedirect(let body) = self { body } else { nil } }
    var asCookieChange: RHelloCookieChange? {
        if case .responderHelloCookieChange(let body) = self { body } else { nil }
    }
    var asIIKeying: IIKeying? { if case .initiatorInitialKeying(let body) = self { body } else { nil } }
    var asRIKeying: RIKeying? { if case .responderInitialKeying(let body) = self { body } else { nil } }
    var asPing: Ping? { if case .ping(let body) = self { body } else { nil } }
    var asPingReply: PingReply? { if case .pingReply(let body) = self { body } else { nil } }
}
