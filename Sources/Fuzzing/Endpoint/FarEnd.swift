import RTMFP

/// Somebody with whom the endpoint under fuzz may have to do, and what it says where keys are agreed on. Nothing of that
/// follows from what the endpoint says but cookies, tags and session IDs, so that it can be made once for all.
struct FarEnd: Sendable {
    let address: SocketAddress
    let certificate: Certificate
    /// How it opens a session, but for the cookie.
    let keying: IIKeying
    /// How it answers to one who opens a session with it.
    let answer: RIKeying

    /// The endpoint under fuzz.
    static let near: Identity? = identity(0)
    /// Four of them.
    static let all: [FarEnd] = (1...4).compactMap(FarEnd.init)

    private init?(_ number: Int) {
        guard let near = FarEnd.near, let far = FarEnd.identity(number),
            case .initiatorInitialKeying(let keying)? = FarEnd.said(by: far, to: near).first,
            case .responderInitialKeying(let answer)? = FarEnd.said(by: near, to: far).last
        else { return nil }
        address = SocketAddress(.v4(0x0a00_0000 + UInt32(number)), port: 1935)
        certificate = far.certificate
        self.keying = keying
        self.answer = answer
    }

    /// An endpoint's configuration: without numbers in packets, so that octets of scripts need none.
    static func configuration(of identity: Identity) -> Configuration {
        var configuration = Configuration(identity: identity)
        configuration.sequenceNumbers = []
        return configuration
    }

    private static func identity(_ number: Int) -> Identity? {
        var random = SeededGenerator(seed: UInt64(number))
        return try? .fixed(groups: [.modp1024], acceptsAncillaryData: true, using: &random)
    }

    /// What the two say to each other about keys.
    private static func said(by initiator: Identity, to responder: Identity) -> [Chunk] {
        let near = Endpoint(configuration: configuration(of: initiator), random: SeededGenerator(seed: 5))
        let far = Endpoint(configuration: configuration(of: responder), random: SeededGenerator(seed: 6))
        let (here, there) = (SocketAddress.loopback(port: 1), SocketAddress.loopback(port: 2))
        let name = EndpointDiscriminator(fingerprint: responder.certificate.fingerprint).encoded
        _ = near.open(to: [there], endpointDiscriminator: name, at: .origin)
        let opener = PacketOpener(.defaultSession)
        var said: [Chunk] = []
        for _ in 0..<2 {
            for (source, (from, to)) in [(here, (near, far)), (there, (far, near))] {
                for datagram in from.takeDatagrams() {
                    to.receive(datagram.bytes, from: source, at: .origin)
                    let packet = (try? opener.open(datagram.bytes)).flatMap { try? Packet($0.plain) }
                    said += packet?.chunks ?? []
                }
            }
        }
        return said.filter {
            switch $0 {
            case .initiatorInitialKeying, .responderInitialKeying: true
            default: false
            }
        }
    }
}
