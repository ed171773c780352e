public import Capture
import RTMFP

/// What two reference endpoints say to each other, recorded: a client whose messages a server echoes.
public enum TappedExchange {
    /// Records an exchange over a path that loses and delays so many of a thousand datagrams.
    ///
    /// Long messages and short ones, messages that expire, flows in both directions that end, a flow that is rejected,
    /// Pings and a close.
    public static func recording(disturbance: Int, seed: UInt64) throws -> [DecodedPacket] {
        let (client, server) = (
            SocketAddress(.v4(0x0a00_0002), port: 40_002), SocketAddress(.v4(0x0a00_0001), port: 1935)
        )
        let random = SeededGenerator(seed: seed, name: "tapped exchange")
        let opener = try endpoint(random, "client", logsKeys: true)
        let answerer = try endpoint(random, "server", logsKeys: false)
        let tap = Wiretap(near: (opener, client), far: (answerer, server), disturbance: disturbance, seed: seed)
        let echo = EchoApplication()
        tap.listen { event, now in
            if case .opened(let session, _) = event { talk(on: session, of: opener, at: now) }
        } far: { event, now in
            if case .flowOpened(let flow, let received) = event, received.metadata == unwanted {
                answerer.reject(flow, at: now)
            } else {
                echo.handle(event, of: answerer, at: now)
            }
        }
        let discriminator = EndpointDiscriminator(uri: "rtmfp://reference/").encoded
        let session = opener.open(to: [server], endpointDiscriminator: discriminator, at: tap.now)
        tap.run(.seconds(20))
        opener.ping(session, message: Array("still there".utf8), at: tap.now)
        tap.run(.seconds(5))
        opener.close(session, at: tap.now)
        tap.run(.seconds(5))
        return tap.recording
    }

    private static let unwanted = Array("unwanted".utf8)

    private static func endpoint(_ random: SeededGenerator, _ name: String, logsKeys: Bool) throws -> Endpoint {
        var random = random
        var own = SeededGenerator(seed: random.next(), name: name)
        var configuration = Configuration(identity: try .ephemeral(using: &own))
        configuration.logsKeys = logsKeys
        return Endpoint(configuration: configuration, random: own)
    }

    /// Writes on several flows at once.
    private static func talk(on session: SessionHandle, of endpoint: Endpoint, at now: Instant) {
        for number in 1...3 {
            guard let flow = endpoint.openFlow(on: session, metadata: Array("bulk \(number)".utf8), at: now) else {
                continue
            }
            for length in [10, 200, 5_000, 40_000, 1] {
                endpoint.write(octets(UInt8(number), length), on: flow, at: now)
            }
            endpoint.close(flow, at: now)
        }
        if let flow = endpoint.openFlow(on: session, metadata: Array("live".utf8), priority: .timeCritical, at: now) {
            for number in 0..<40 as Range<UInt8> {
                let expiry = MessageExpiry(lifetime: .milliseconds(120))
                endpoint.write(octets(number, 3_000), on: flow, expiry: expiry, at: now)
            }
            endpoint.close(flow, at: now)
        }
        if let flow = endpoint.openFlow(on: session, metadata: unwanted, at: now) {
            for _ in 0..<3 { endpoint.write(octets(1, 2_000), on: flow, at: now) }
        }
    }
}
