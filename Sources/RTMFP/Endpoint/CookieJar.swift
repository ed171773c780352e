/// Makes cookies and knows them again without remembering any (RFC 7016 §3.5.1.1.2).
///
/// A cookie is the time at which it was made, a code over the address that it was made for, and a code over both. The
/// last one says that it was made here, even where the first says that it was made for another address
/// (RFC 7016 §3.5.1.2). It has 64 octets, since some initiators take no other length.
struct CookieJar: ~Copyable {
    /// What there is to say of a cookie.
    struct Finding: Equatable {
        /// Made here.
        var isGenuine = false
        /// Its lifetime is not over.
        var isFresh = false
        /// Made for the address that sent it.
        var fitsAddress = false
    }

    private static let length = 8 + 24 + 32
    private let mac: HMACSHA256

    init(secret: [UInt8]) {
        mac = HMACSHA256(key: secret)
    }

    borrowing func cookie(for address: SocketAddress, at now: Instant) -> [UInt8] {
        var writer = ByteWriter(reserving: CookieJar.length)
        writer.uint32(UInt32(truncatingIfNeeded: now.nanoseconds >> 32))
        writer.uint32(UInt32(truncatingIfNeeded: now.nanoseconds))
        writer.raw(mac.code(octets(address)).prefix(24))
        writer.raw(mac.code(writer.bytes))
        return writer.bytes
    }

    borrowing func judge(
        _ cookie: [UInt8],
        from address: SocketAddress,
        at now: Instant,
        lifetime: Interval
    ) -> Finding {
        guard cookie.count == CookieJar.length else { return Finding() }
        let span = cookie.span
        let age = now - Instant(nanoseconds: cookie.prefix(8).reduce(0) { $0 << 8 | Int64($1) })
        return Finding(
            isGenuine: mac.verifies(span.extracting(0..<32), carried: span.extracting(32..<64)),
            isFresh: age >= .zero && age <= lifetime,
            fitsAddress: mac.verifies(octets(address).span, carried: span.extracting(8..<32))
        )
    }

    // Never as long as the first 32 octets of a cookie, so that one code cannot be taken for the other.
    private borrowing func octets(_ address: SocketAddress) -> [UInt8] {
        address.octets + [UInt8(address.port >> 8), UInt8(address.port & 0xff)]
    }
}
