import RTMFP
import Testing

/// This endpoint in the place of either end of a recorded session.
@Suite("Recorded sessions of another implementation")
struct TranscriptTests {
    /// Uses the recorded exponents, component, tag, session ID and sequence numbers instead of own ones.
    private struct Impersonation: Conduct {
        var exponents: [DiffieHellmanGroup: [UInt8]]
        var component: [UInt8]
        var tag: [UInt8] = []
        var closeNumber: UInt64?

        func judges(_ rule: Rule, holds: Bool) -> Bool {
            // The recorded cookie was baked by another server, and the tag chosen by another client.
            switch rule {
            case .cookieGenuine, .cookieFresh, .cookieFitsAddress, .tagKnown: true
            default: holds
            }
        }

        func sessionID(_ correct: UInt32) -> UInt32 { 0x0200_0000 }
        func keyingComponent(_ correct: [UInt8], as role: Role) -> [UInt8] { component }

        func keyPair(_ correct: DiffieHellmanKeyPair, as role: Role) -> DiffieHellmanKeyPair {
            exponents[correct.group].map { DiffieHellmanKeyPair(group: correct.group, privateKey: $0) } ?? correct
        }

        func sends(_ packet: OutgoingPacket) -> [OutgoingPacket] {
            var packet = packet
            packet.packet.chunks = packet.packet.chunks.map { chunk in
                guard case .initiatorHello(var hello) = chunk else { return chunk }
                hello.tag = tag
                return .initiatorHello(hello)
            }
            if packet.key == .session { packet.sequenceNumber = closeNumber }
            return [packet]
        }
    }

    /// An end with a recorded certificate and exponents.
    private func endpoint(
        certificate: [UInt8],
        component: [UInt8],
        exponents: [DiffieHellmanGroup: String],
        tag: [UInt8] = [],
        closeNumber: UInt64?
    ) throws -> Endpoint {
        let exponents = exponents.mapValues { octets($0) }
        let certificate = try Certificate(certificate)
        let pairs = exponents.filter { certificate.staticKeys[$0.key.rawValue] != nil }
            .map { DiffieHellmanKeyPair(group: $0.key, privateKey: $0.value) }
        for pair in pairs { #expect(certificate.staticKeys[pair.group.rawValue] == pair.publicKey) }
        let recorded = try KeyingComponent(component)
        var configuration = Configuration(identity: Identity(certificate: certificate, staticKeys: pairs))
        configuration.hmac = recorded.hmac
        configuration.hmacLength = recorded.hmacLength
        configuration.sequenceNumbers = recorded.sequenceNumbers
        let conduct = Impersonation(
            exponents: exponents,
            component: component,
            tag: tag,
            closeNumber: closeNumber
        )
        return Endpoint(configuration: configuration, random: SeededGenerator(seed: 1), conduct: conduct)
    }

    private func time(_ milliseconds: Double) -> Instant { .origin + .milliseconds(milliseconds) }

    @Test("as the server, this endpoint says what the recorded server said", arguments: Transcript.all)
    func asServer(transcript: Transcript) throws {
        let hello = try #require(Startup.read(octets(transcript.helloAnswer))?.chunks.first?.responderHello)
        let keying = try #require(Startup.read(octets(transcript.keyingAnswer))?.chunks.first?.responderKeying)
        let server = try endpoint(
            certificate: hello.responderCertificate,
            component: keying.sessionKeyResponderComponent,
            exponents: transcript.serverExponents,
            closeNumber: transcript.closeNumbers.last
        )
        let answers = server.answers(to: octets(transcript.hello), at: time(10))
        let own = try #require(answers.first?.responderHello)
        #expect(own.tagEcho == hello.tagEcho)
        #expect(own.responderCertificate == hello.responderCertificate)

        server.receive(octets(transcript.keying), from: Parties.client, at: time(30))
        #expect(server.takeDatagrams().map(\.bytes) == [octets(transcript.keyingAnswer)])
        #expect(server.takeEvents().opened.count == 1)
        server.receive(octets(transcript.close), from: Parties.client, at: time(1335))
        #expect(server.takeDatagrams().map(\.bytes) == [octets(transcript.closeAnswer)])
    }

    @Test("as the client, this endpoint says what the recorded client said", arguments: Transcript.all)
    func asClient(transcript: Transcript) throws {
        let hello = try #require(Startup.read(octets(transcript.hello))?.chunks.first?.initiatorHello)
        let keying = try #require(Startup.read(octets(transcript.keying))?.chunks.first?.initiatorKeying)
        let client = try endpoint(
            certificate: keying.initiatorCertificate,
            component: keying.sessionKeyInitiatorComponent,
            exponents: transcript.clientExponents,
            tag: hello.tag,
            closeNumber: transcript.closeNumbers.first
        )
        let handle = client.open(
            to: [Parties.server],
            endpointDiscriminator: hello.endpointDiscriminator,
            at: time(0)
        )
        #expect(client.takeDatagrams().map(\.bytes) == [octets(transcript.hello)])
        client.receive(octets(transcript.helloAnswer), from: Parties.server, at: time(20))
        #expect(client.takeDatagrams().map(\.bytes) == [octets(transcript.keying)])
        client.receive(octets(transcript.keyingAnswer), from: Parties.server, at: time(40))
        #expect(client.takeEvents().openedHandle == handle)
        client.receive(octets(transcript.acknowledgement), from: Parties.server, at: time(1020))
        client.close(handle, at: time(1325))
        #expect(client.takeDatagrams().map(\.bytes) == [octets(transcript.close)])
        client.receive(octets(transcript.closeAnswer), from: Parties.server, at: time(1345))
        #expect(client.takeEvents() == [.closed(handle, .nearClosed)])
    }

    /// The octets that pairs of hexadecimal digits say.
    private func octets(_ hex: String) -> [UInt8] {
        let digits = hex.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
