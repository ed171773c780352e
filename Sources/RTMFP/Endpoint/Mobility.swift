/// Verifies that a far end is where its packets seem to come from (RFC 7016 §3.5.4.2).
struct Mobility {
    private static let marking = UInt8(ascii: "M")
    private static let codeLength = 16

    /// MOB_TX_TS
    private var checkedAt: Instant?
    /// MOB_RX_TS
    private var movedAt: Instant?

    /// Whether the last check is `interval` old or older.
    func isDue(at now: Instant, interval: Interval) -> Bool {
        checkedAt.map { now - $0 >= interval } ?? true
    }

    /// The message of a Ping to `address`.
    mutating func check(_ address: SocketAddress, at now: Instant, secret: [UInt8], _ session: UInt32) -> [UInt8] {
        checkedAt = now
        return Mobility.message(now, address, secret, session)
    }

    /// What a Ping Reply from `address` says: whether it looks like a mobility check, whether it is one of this end's
    /// for this address, and when the check was made.
    static func read(
        _ message: [UInt8],
        from address: SocketAddress,
        secret: [UInt8],
        _ session: UInt32
    ) -> (isGenuine: Bool, time: Instant)? {
        guard message.count == 9 + codeLength, message.first == marking else { return nil }
        let time = Instant(nanoseconds: message[1..<9].reduce(0) { $0 << 8 | Int64($1) })
        let hashed = Mobility.hashed(time, address, session)
        let isGenuine = HMACSHA256(key: secret).verifies(hashed.span, carried: message.span.extracting(9..<25))
        return (isGenuine, time)
    }

    /// Whether a check made at `time` may still move the session.
    func isFresh(_ time: Instant, at now: Instant, lifetime: Interval) -> Bool {
        time <= now && now - time <= lifetime && movedAt.map { time > $0 } ?? true
    }

    /// A check made at `time` moved the session.
    mutating func moved(by time: Instant) {
        movedAt = time
    }

    private static func message(
        _ time: Instant,
        _ address: SocketAddress,
        _ secret: [UInt8],
        _ session: UInt32
    ) -> [UInt8] {
        let hashed = hashed(time, address, session)
        return Array(hashed.prefix(9)) + HMACSHA256.code(key: secret, hashed).prefix(codeLength)
    }

    /// Marking and time, which go out, and the address and the session, which do not.
    private static func hashed(_ time: Instant, _ address: SocketAddress, _ session: UInt32) -> [UInt8] {
        var writer = ByteWriter(reserving: 32)
        writer.uint8(marking)
        writer.uint32(UInt32(truncatingIfNeeded: time.nanoseconds >> 32))
        writer.uint32(UInt32(truncatingIfNeeded: time.nanoseconds))
        writer.uint32(session)
        writer.raw(address.octets)
        writer.uint16(address.port)
        return writer.bytes
    }
}
