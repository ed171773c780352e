import Capture
import Flash
import RTMFP

/// A correct exchange in which everything happens that the cases over recordings judge.
///
/// A viewer opens a session to a server and publishes two streams; the server rejects one of them. A peer does the same
/// and is introduced to the viewer.
enum ReferenceScript {
    /// The exchange.
    static func write() -> Script {
        var writer = ScriptWriter()
        let session = openViewerSession(&writer)
        connect(&writer, session)
        publish(&writer, session)
        reject(&writer, session)
        converse(&writer, session)
        introduce(&writer, openPeerSession(&writer))
        close(&writer, session)
        return writer.script
    }

    // MARK: Startup

    private static func openViewerSession(_ writer: inout ScriptWriter) -> ScriptWriter.Session {
        let tag = octets(0x11, 16)
        let cookie = octets(0x12, 64)
        writer.startup(
            .viewer,
            to: .server,
            .initiatorHello(IHello(endpointDiscriminator: EndpointDiscriminator(uri: uri).encoded, tag: tag))
        )
        // With this much randomness in its certificate, the answer is sent in fragments.
        let hello = RHello(tagEcho: tag, cookie: cookie, responderCertificate: Part.serverCertificate.encoded)
        writer.startupInFragments(.server, to: .viewer, packetID: 1, of: 900, .responderHello(hello))
        writer.startup(
            .viewer,
            to: .server,
            .initiatorInitialKeying(
                IIKeying(
                    initiatorSessionID: 0x0201,
                    cookieEcho: cookie,
                    initiatorCertificate: Part.viewerCertificate.encoded,
                    sessionKeyInitiatorComponent: Part.staticComponent.encoded,
                    signature: Array("X".utf8)
                )
            )
        )
        writer.startup(
            .server,
            to: .viewer,
            session: 0x0201,
            .responderInitialKeying(
                RIKeying(
                    responderSessionID: 0x0101,
                    sessionKeyResponderComponent: Part.ephemeralComponent.encoded,
                    signature: []
                )
            )
        )
        return writer.open(from: .viewer, to: .server, 0x0201, 0x0101, hasNumbers: true)
    }

    private static func openPeerSession(_ writer: inout ScriptWriter) -> ScriptWriter.Session {
        let discriminator = EndpointDiscriminator(
            requiredHostname: Array("rendezvous.example".utf8),
            ancillaryData: Array(uri.utf8)
        )
        startup(
            &writer,
            from: .peer,
            to: .server,
            discriminator: discriminator.encoded,
            tag: octets(0x31, 16),
            (0x0301, Part.peerCertificate, Part.ephemeralComponent),
            (0x0102, Part.serverCertificateInShort, Part.ephemeralComponent)
        )
        return writer.open(from: .peer, to: .server, 0x0301, 0x0102, hasNumbers: false)
    }

    /// IHello, RHello, IIKeying and RIKeying; of each end the session ID, the certificate and the component.
    private static func startup(
        _ writer: inout ScriptWriter,
        from initiator: ScriptWriter.Party,
        to responder: ScriptWriter.Party,
        discriminator: [UInt8],
        tag: [UInt8],
        _ near: (sessionID: UInt32, certificate: [Option], component: [Option]),
        _ far: (sessionID: UInt32, certificate: [Option], component: [Option])
    ) {
        let cookie = octets(UInt8(truncatingIfNeeded: far.sessionID), 64)
        writer.startup(
            initiator,
            to: responder,
            .initiatorHello(IHello(endpointDiscriminator: discriminator, tag: tag))
        )
        writer.startup(
            responder,
            to: initiator,
            .responderHello(RHello(tagEcho: tag, cookie: cookie, responderCertificate: far.certificate.encoded))
        )
        writer.startup(
            initiator,
            to: responder,
            .initiatorInitialKeying(
                IIKeying(
                    initiatorSessionID: near.sessionID,
                    cookieEcho: cookie,
                    initiatorCertificate: near.certificate.encoded,
                    sessionKeyInitiatorComponent: near.component.encoded,
                    signature: []
                )
            )
        )
        writer.startup(
            responder,
            to: initiator,
            session: near.sessionID,
            .responderInitialKeying(
                RIKeying(
                    responderSessionID: far.sessionID,
                    sessionKeyResponderComponent: far.component.encoded,
                    signature: Array("X".utf8)
                )
            )
        )
    }

    // MARK: The viewer's session

    /// The viewer connects on its flow 2; the server answers on its own flow 2, and goes on talking.
    private static func connect(_ writer: inout ScriptWriter, _ session: ScriptWriter.Session) {
        let connect = Command("connect", transactionID: 1, object: .object([AMFMember("app", .string("live"))]))
        writer.say(.viewer, in: session, data(2, 1, after: 0, connect.message().encoded, options: Part.control))
        writer.say(.server, in: session, ack(2, 1), data(2, 1, after: 0, Part.result, options: Part.controlAnswer))
        // No acknowledgement has come yet, so the options are sent again.
        let keepalive = UserControl.setKeepalive(serverPeriod: 15_000, peerPeriod: 10_000).message.encoded
        writer.say(.server, in: session, after: 4, data(2, 2, after: 0, keepalive, options: Part.controlAnswer))
        writer.say(.viewer, in: session, ack(2, 2))
        for number in 3...8 as ClosedRange<UInt64> {
            let status = Command("onStatus", [.number(Double(number))]).message().encoded
            writer.say(.server, in: session, data(2, number, after: number - 1, status))
            writer.say(.viewer, in: session, ack(2, number))
        }
    }

    /// The viewer publishes stream 5 on its flows 3 and 4, and gives up a message on the way.
    private static func publish(_ writer: inout ScriptWriter, _ session: ScriptWriter.Session) {
        let video = Message(.video, timestamp: 40, octets(0x27, 600)).encoded
        writer.say(
            .viewer,
            in: session,
            timeCritical: true,
            data(3, 1, after: 0, Array(video.prefix(200)), .begin, options: Part.video),
            next(.middle, Array(video.dropFirst(200).prefix(200))),
            next(.end, Array(video.dropFirst(400)))
        )
        let more = Message(.video, timestamp: 80, octets(0x28, 40)).encoded
        writer.say(.viewer, in: session, after: 4, timeCritical: true, data(3, 4, after: 0, more, options: Part.video))
        writer.say(.server, in: session, ack(3, 4))
        let sync = UserControl.flowSynchronization(syncID: 1, count: 2).message.encoded
        let audio = Message(.audio, timestamp: 40, octets(0x2f, 20)).encoded
        writer.say(
            .viewer,
            in: session,
            timeCritical: true,
            data(4, 1, after: 0, audio, options: Part.audio),
            next(.whole, sync)
        )
        writer.say(.server, in: session, ack(4, 2))
        // Without a timestamp: the clock has not moved since the packet before.
        writer.say(.viewer, in: session, data(4, 3, after: 2, audio))
        writer.say(.viewer, in: session, after: 1, hasTimestamp: false, data(4, 4, after: 2, audio))
        writer.say(.server, in: session, ack(4, 4))
        abandon(&writer, session, Message(.video, timestamp: 120, octets(0x29, 400)).encoded)
        writer.say(.viewer, in: session, data(4, 5, after: 4, audio, final: true))
        writer.say(.server, in: session, ack(4, 5))
    }

    /// A message of two fragments that never arrives.
    private static func abandon(_ writer: inout ScriptWriter, _ session: ScriptWriter.Session, _ message: [UInt8]) {
        let half = message.count / 2
        writer.say(
            .viewer,
            in: session,
            timeCritical: true,
            data(3, 5, after: 4, Array(message.prefix(half)), .begin),
            next(.end, Array(message.dropFirst(half)))
        )
        // Both are on their way while the first is sent again, so the forward number does not pass them.
        writer.say(.viewer, in: session, after: 500, abandoned(3, 5, after: 4, .begin), nextAbandoned(.end))
        writer.say(.viewer, in: session, after: 500, abandoned(3, 7, after: 6, .whole, final: true))
        writer.say(.server, in: session, ack(3, 7))
    }

    /// The viewer opens two flows for stream 7, and the server wants neither.
    private static func reject(_ writer: inout ScriptWriter, _ session: ScriptWriter.Session) {
        let message = DataMessage("hello").message().encoded
        writer.say(.viewer, in: session, data(5, 1, after: 0, message, options: Part.unwanted))
        writer.say(.viewer, in: session, after: 4, data(6, 1, after: 0, message, options: Part.unwanted))
        writer.say(.server, in: session, exception(5), ack(5, 1), exception(6), ack(6, 1))
    }

    /// Pings, a probe of the path MTU, and questions and answers long after the rest.
    private static func converse(_ writer: inout ScriptWriter, _ session: ScriptWriter.Session) {
        writer.say(.server, in: session, .ping(Ping(message: octets(0x55, 24))))
        writer.say(.viewer, in: session, .pingReply(PingReply(messageEcho: octets(0x55, 24))))
        let probe = Array("path".utf8)
        writer.say(.viewer, in: session, .padding(ones: false, octets(0, 1_100)), .ping(Ping(message: probe)))
        writer.say(.server, in: session, .pingReply(PingReply(messageEcho: probe)))
        let (ask, answer) = (Command("ask").message().encoded, Command("onStatus").message().encoded)
        for number in 2...5 as ClosedRange<UInt64> {
            writer.say(.viewer, in: session, after: 2_000, data(2, number, after: number - 1, ask))
            writer.say(.server, in: session, ack(2, number), data(2, number + 7, after: number + 6, answer))
            writer.say(.viewer, in: session, ack(2, number + 7))
        }
    }

    private static func close(_ writer: inout ScriptWriter, _ session: ScriptWriter.Session) {
        writer.say(.viewer, in: session, after: 2_000, .sessionCloseRequest)
        writer.say(.server, in: session, .sessionCloseAcknowledgement)
    }

    // MARK: The introduction

    /// The viewer asks the server for the peer, gets its addresses, and opens a session to it.
    private static func introduce(_ writer: inout ScriptWriter, _ peer: ScriptWriter.Session) {
        let fingerprint = SHA256.hash(Part.peerCertificate.encoded)
        let discriminator = EndpointDiscriminator(fingerprint: fingerprint).encoded
        let tag = octets(0x23, 16)
        writer.startup(
            .viewer,
            to: .server,
            .initiatorHello(IHello(endpointDiscriminator: discriminator, tag: tag))
        )
        let local = Address(SocketAddress(.v4(0xc0a8_0003), port: 40_003), origin: .reported)
        let observed = Address(ScriptWriter.Party.peer.address, origin: .observed)
        writer.startup(
            .server,
            to: .viewer,
            .responderRedirect(Redirect(tagEcho: tag, redirectDestinations: [observed, local]))
        )
        let reply = Address(ScriptWriter.Party.viewer.address, origin: .observed)
        writer.say(
            .server,
            in: peer,
            after: 1,
            .forwardedInitiatorHello(FIHello(endpointDiscriminator: discriminator, replyAddress: reply, tag: tag))
        )
        startup(
            &writer,
            from: .viewer,
            to: .peer,
            discriminator: discriminator,
            tag: tag,
            (0x0202, Part.viewerCertificate, Part.staticComponent),
            (0x0302, Part.peerCertificate, Part.ephemeralComponent)
        )
        let direct = writer.open(from: .viewer, to: .peer, 0x0202, 0x0302, hasNumbers: false)
        let play = Command("play", [.string("stream")]).message().encoded
        writer.say(.viewer, in: direct, data(2, 1, after: 0, play, options: Part.stream(1)))
        let answer = Part.stream(1) + [Part.association]
        let begin = UserControl.streamBegin(streamID: 1).message.encoded
        writer.say(.peer, in: direct, ack(2, 1), data(2, 1, after: 0, begin, options: answer))
        writer.say(.viewer, in: direct, ack(2, 1))
    }

    private static let uri = "rtmfp://rendezvous.example/live"
}
