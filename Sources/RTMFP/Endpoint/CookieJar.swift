/// Makes cookies and knows them again without remembering any (RFC 7016 §3.5.1.1.2).
///
/// A cookie is the time at which it was made, a code over that time, and a code over time and address. The first code
/// says that it was made here, even where the second says that it was made for another address (RFC 7016 §3.5.1.2).
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

    private static let codeLength = 16
    private let mac: HMACSHA256

    init(secret: [UInt8]) {
        mac = HMACSHA256(key: secret)
    }

    borrowing func cookie(for address: SocketAddress, at now: Instant) -> [UInt8] {
        let time = octets(now)
        return time + code(time) + code(time + octets(address))
    }

    borrowing func judge(
        _ cookie: [UInt8],
        from address: SocketAddress,
        at now: Instant,
        lifetime: Interval
    ) -> Finding {
        guard cookie.count == 8 + 2 * CookieJar.codeLength else { return Finding() }
        let time = Array(cookie.prefix(8))
        let age = now - Instant(nanoseconds: time.reduce(0) { $0 << 8 | Int64($1) })
        return Finding(
            isGenuine: mac.verifies(time.span, carried: cookie.span.extracting(8..<24)),
            isFresh: age >= .zero && age <= lifetime,
            fitsAddress: mac.verifies((time + octets(address)).span, carried: cookie.span.extracting(24..<40))
        )
    }

    private borrowing func code(_ message: [UInt8]) -> [UInt8] {
        Array(mac.code(message).prefix(CookieJar.codeLength))
    }

    private borrowing func octets(_ time: Instant) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: time.nanoseconds >> (56 - 8 * $0)) }
    }

    private borrowing func octets(_ address: SocketAddress) -> [UInt8] {
        address.octets + [UInt8(address.port >> 8), UInt8(address.port & 0xff)]
    }
}
