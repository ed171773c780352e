import RTMFP

/// Values by keys, of which the oldest give way: what strangers make the proxy remember is bounded.
struct BoundedTable<Key: Hashable, Value> {
    private let most: Int
    private var values: [Key: Value] = [:]
    private var order: [Key] = []

    init(most: Int) {
        self.most = most
    }

    subscript(key: Key) -> Value? { values[key] }

    /// Sets a value.
    mutating func set(_ value: Value, for key: Key) {
        if values.updateValue(value, forKey: key) == nil { order.append(key) }
        guard order.count > most else { return }
        // Several at once: moving the rest takes time.
        for key in order.prefix(max(1, most / 8)) { values[key] = nil }
        order.removeFirst(max(1, most / 8))
    }
}

/// What the proxy knows of openings.
struct ProxyTables {
    /// Who asked, by what socket, with which discriminator.
    struct Asker {
        var address: SocketAddress
        var port: Int
        var discriminator: [UInt8]
    }

    /// Who answered with a cookie, and at which socket.
    struct Answerer {
        var address: SocketAddress
        var port: Int
        var certificate: [UInt8]
        /// Whether the proxy must not stand in the middle, since the asker insists on keys that only the answerer has.
        var isOpaque: Bool
    }

    /// A place from which datagrams come.
    struct Place: Hashable {
        var port: Int
        var address: SocketAddress
    }

    /// By tag.
    var askers = BoundedTable<[UInt8], Asker>(most: 8_192)
    /// By cookie.
    var answerers = BoundedTable<[UInt8], Answerer>(most: 8_192)
    /// By certificate.
    var standIns = BoundedTable<[UInt8], StandIn>(most: 1_024)
    /// The originals' fingerprints by those that are shown, and the other way.
    var originals = BoundedTable<[UInt8], [UInt8]>(most: 1_024)
    var shown = BoundedTable<[UInt8], [UInt8]>(most: 1_024)
    /// Where what cannot be opened is passed on to.
    var opaque = BoundedTable<Place, Place>(most: 1_024)
    /// By the session ID that a leg's datagrams to the proxy have.
    var sessions = BoundedTable<UInt32, ProxySession>(most: 8_192)
    /// By where an IIKeying came from and its session ID.
    var openings = BoundedTable<Opening, ProxySession>(most: 8_192)

    struct Opening: Hashable {
        var place: Place
        var sessionID: UInt32
        var cookie: [UInt8]
    }

    /// The stand-in for a certificate, always the same.
    mutating func standIn(for certificate: [UInt8], using random: inout some RandomNumberGenerator) -> StandIn? {
        if let known = standIns[certificate] { return known }
        guard let made = StandIn(for: certificate, using: &random) else { return nil }
        standIns.set(made, for: certificate)
        if !made.isOriginal {
            originals.set(made.original.fingerprint, for: made.shown.fingerprint)
            shown.set(made.shown.fingerprint, for: made.original.fingerprint)
        }
        return made
    }
}
