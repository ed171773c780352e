import RTMFP
import Testing

@Suite("Glare (RFC 7016 §3.5.1.3, RFC 7425 §4.3.6)")
struct GlareTests {
    /// Two endpoints, the first with the certificate that prevails.
    private func rivals() throws -> (prevailing: Endpoint, yielding: Endpoint) {
        let one = try Parties.endpoint(1)
        let other = try Parties.endpoint(2)
        let first = one.configuration.identity.certificate.prevails(over: other.configuration.identity.certificate)
        return first ? (one, other) : (other, one)
    }

    @Test(
        "of two ends that open to each other at once, the lower certificate is the initiator",
        arguments: [false, true]
    )
    func bothAtOnce(swapped: Bool) throws {
        let (prevailing, yielding) = try rivals()
        let pair = swapped ? Pair(client: yielding, server: prevailing) : Pair(client: prevailing, server: yielding)
        let near = pair.client.open(to: [Parties.server], endpointDiscriminator: Parties.uri, at: pair.pump.now)
        let far = pair.server.open(to: [Parties.client], endpointDiscriminator: Parties.uri, at: pair.pump.now)
        pair.pump.run(.seconds(10))
        let clientEvents = pair.clientEvents()
        let serverEvents = pair.serverEvents()
        #expect(pair.client.sessionCount == 1)
        #expect(pair.server.sessionCount == 1)
        #expect(clientEvents.opened.map(\.1.role) == [swapped ? .responder : .initiator])
        #expect(serverEvents.opened.map(\.1.role) == [swapped ? .initiator : .responder])
        if swapped {
            #expect(clientEvents.contains(.openFailed(near, .glare)))
        } else {
            #expect(serverEvents.contains(.openFailed(far, .glare)))
        }
    }

    @Test("a late copy of the IIKeying that lost does not override the session")
    func lateCopy() throws {
        let (prevailing, yielding) = try rivals()
        let pair = Pair(client: prevailing, server: yielding)
        pair.client.open(to: [Parties.server], endpointDiscriminator: Parties.uri, at: pair.pump.now)
        pair.server.open(to: [Parties.client], endpointDiscriminator: Parties.uri, at: pair.pump.now)
        pair.pump.run(.seconds(1))
        let session = try #require(pair.clientEvents().openedHandle)
        let lost = try #require(
            pair.pump.sent.first {
                $0.source == Parties.server && Startup.read($0.datagram.bytes)?.chunks.first?.initiatorKeying != nil
            }
        )
        pair.pump.inject(lost.datagram.bytes, from: Parties.server, to: Parties.client)
        pair.pump.run(.seconds(1))
        #expect(pair.client.state(of: session) == .open)
        #expect(pair.clientEvents().isEmpty)
    }

    @Test("an opening session that asks for somebody else survives the yielding")
    func otherDestination() throws {
        let (prevailing, yielding) = try rivals()
        let pair = Pair(client: prevailing, server: yielding)
        let elsewhere = EndpointDiscriminator(fingerprint: [UInt8](repeating: 5, count: 32)).encoded
        let waiting = pair.server.open(to: [Parties.client], endpointDiscriminator: elsewhere, at: pair.pump.now)
        pair.open()
        pair.pump.run(.seconds(1))
        #expect(pair.clientEvents().opened.count == 1)
        #expect(pair.serverEvents().opened.count == 1)
        #expect(pair.server.state(of: waiting) == .helloSent)
    }
}
