import Flash
import RTMFP

/// What a client can do wrong besides what every endpoint can.
struct ClientFault: Sendable {
    /// Makes its identity accept ancillary data, as servers' do.
    var acceptsAncillaryData = false
    /// Makes its identity with ephemeral keys instead of static ones.
    var hasEphemeralKeys = false
    /// Makes the same identity for every client.
    var hasConstantIdentity = false
    /// The addresses at which it asks, out of those that it should ask at.
    var calls: @Sendable ([SocketAddress]) -> [SocketAddress] = { $0 }
    /// The URI that it asks for, where it was told the given one.
    var asks: @Sendable (String) -> String = ClientFault.percentEncoded
    /// What it says instead of `setPeerInfo`.
    var introduces: @Sendable (Command) -> [Command] = { [$0] }
    /// The keepalive periods that it sets, for the server and for peers, where it should set the given ones; nil for none.
    var keeps: @Sendable (_ server: Interval, _ peer: Interval) -> (server: Interval, peer: Interval)? = { ($0, $1) }
    /// Whether it does not hear a message.
    var overhears: @Sendable ([UInt8]) -> Bool = { _ in false }
    /// Whether it plays the stream with the first name to peers, where it has that with the second.
    var offers: @Sendable (String, String) -> Bool = { $0 == $1 }
    /// Whom it asks for where it should ask for a peer.
    var seeks: @Sendable (EndpointDiscriminator) -> EndpointDiscriminator = { $0 }
    /// Whether it opens a session to a peer with which it has one.
    var opensAnyway = false
    /// Whether it plays again from a peer that has rejected that.
    var insists = false

    /// The client's identity: static keys in its certificate, as RFC 7425 §7 advises.
    func identity(_ random: inout some RandomNumberGenerator) throws -> Identity {
        let groups: [DiffieHellmanGroup] = [.modp2048, .modp1024]
        if hasConstantIdentity {
            var constant = SeededGenerator(seed: 0)
            return try .fixed(groups: groups, acceptsAncillaryData: acceptsAncillaryData, using: &constant)
        }
        return hasEphemeralKeys
            ? try .ephemeral(groups: groups, acceptsAncillaryData: acceptsAncillaryData, using: &random)
            : try .fixed(groups: groups, acceptsAncillaryData: acceptsAncillaryData, using: &random)
    }

    /// A URI with the characters beyond ASCII percent-encoded, as UTF-8 (RFC 7425 §6.1, RFC 3986 §2.5).
    @Sendable
    static func percentEncoded(_ uri: String) -> String {
        let digits = Array("0123456789ABCDEF")
        return uri.utf8.map { octet in
            octet > 0x20 && octet < 0x7f
                ? String(UnicodeScalar(octet)) : "%\(digits[Int(octet >> 4)])\(digits[Int(octet & 15)])"
        }.joined()
    }
}
