import Flash
import HLSP2P
import Meetings
import RTMFP
import Testing

/// The seam for faults: every rule is asked about, and decides something that can be seen from outside.
@Suite struct ConductTests {
    /// Takes every answer about one rule for its opposite.
    struct Contrary: MessageConduct {
        let rule: MessageRule
        func judges(_ rule: MessageRule, holds: Bool) -> Bool { rule == self.rule ? !holds : holds }
    }

    static let rules: [MessageRule] = [
        .signatureKnown, .streamIDPresent, .receiveIntentAcceptable, .flowBelongs, .furtherFlowTaken, .flowAssociated,
        .rejectedFlowGivenUp, .barrierComplete, .barrierPossible, .senselessMessageIgnored, .senselessCommandIgnored,
        .connectedBefore, .connectOnce, .roomForStream, .farCloseAnswered, .rejectionEndsConnection, .streamNamed,
        .resourceNamed, .resourceAcceptable, .peerIDNew, .registeredFirst, .departureNoted, .addressesReplaced,
        .targetConnected, .seekerRedirected, .targetForwarded, .observedAddressTold, .advertisedAddressesTold,
        .methodKnown, .participantIsOther, .nameFree, .nameFreed, .mediaRelayed,
    ]

    static let correct = Result { try Story(House()).told() }

    @Test(arguments: rules.map(\.name)) func everyRuleMatters(_ name: String) throws {
        let faulty = try Story(House(conduct: Contrary(rule: MessageRule(name)))).told()
        #expect(try faulty != Self.correct.get())
    }

    @Test func theCorrectConductChangesNothing() throws {
        #expect(try Story(House(conduct: Contrary(rule: MessageRule("none")))).told() == Self.correct.get())
    }
}

/// What happens when clients do one thing after the other, right ones and wrong ones.
final class Story {
    private let house: House
    private var lines: [String] = []

    init(_ house: House) {
        self.house = house
    }

    func told() throws -> [String] {
        let (first, second) = (try house.viewer(), try house.viewer())
        try flows(of: first)
        try nonsense(from: house.viewer())
        try barriers(of: house.viewer())
        try clients()
        try calls(by: first)
        try introductions(to: second)
        try media()
        try departures()
        return lines
    }

    /// Lets time pass, and writes down what each client has got.
    private func tell(_ title: String, _ clients: Client...) throws {
        house.world.run()
        for client in clients {
            let flows = client.receivedFlows.map { flow in
                hex(flow.received.metadata) + (flow.received.association == nil ? "" : " in return")
            }
            lines.append("\(title): \(client.brief) \(client.messages.map { hex($0.bytes) })")
            lines.append("\(flows), \(client.rejectedFlows.count) rejected, \(client.endedFlows.count) ended")
        }
        lines.append(
            "\(title): \(try house.rendezvous.connectedClients) connected, \(try house.peers().count) registered"
        )
    }

    private func hex(_ octets: [UInt8]) -> String {
        octets.map { String($0, radix: 16) }.joined()
    }

    private func open(_ metadata: [UInt8], by client: Client) -> FlowHandle? {
        client.receivedFlows.first.flatMap { answer in
            client.endpoint.openFlow(
                on: answer.flow.session,
                metadata: metadata,
                association: answer.flow,
                at: house.now
            )
        }
    }

    private func write(_ message: Message, on flow: FlowHandle?, by client: Client) {
        if let flow { client.endpoint.write(message.encoded, on: flow, at: house.now) }
    }

    private func flows(of client: Client) throws {
        let metadata: [[UInt8]] = [
            [0x58, 0x58, 4, 0], [0x54, 0x43, 0], [0x54, 0x43, 5, 0], [0x54, 0x43, 4, 99], [0x54, 0x43, 4, 0],
        ]
        for metadata in metadata {
            let flow = open(metadata, by: client)
            write(Command("getParticipants", transactionID: 50, [.string("none")]).message(), on: flow, by: client)
            try tell("flow \(hex(metadata))", client)
        }
    }

    private func nonsense(from client: Client) throws {
        let flow = open([0x54, 0x43, 4, 0], by: client)
        write(Message(MessageType(rawValue: 1), [0, 0, 0, 1]), on: flow, by: client)
        try tell("protocol control", client)
        write(Message(.command, [0xff]), on: flow, by: client)
        try tell("damaged command", client)
    }

    private func barriers(of client: Client) throws {
        let (one, other) = (open([0x54, 0x43, 4, 0], by: client), open([0x54, 0x43, 4, 0], by: client))
        let control = client.receivedFlows.first?.received.association
        func sync(_ id: UInt32, _ count: UInt32, on flow: FlowHandle?) {
            write(UserControl.flowSynchronization(syncID: id, count: count).message, on: flow, by: client)
        }
        func call(_ id: Double, on flow: FlowHandle?) {
            write(Command("unknown", transactionID: id).message(), on: flow, by: client)
        }
        sync(1, 1, on: one)
        call(60, on: one)
        try tell("barrier for one", client)
        write(Command("unknown", transactionID: 61).message(), on: other, by: client)
        sync(2, 3, on: control)
        sync(2, 3, on: one)
        call(62, on: control)
        try tell("barrier that cannot be complete", client)
        if let other { client.endpoint.close(other, at: house.now) }
        try tell("and the end of its last flow", client)
    }

    private func clients() throws {
        try tell("without resource", house.viewer(nil))
        try tell("with a name that cannot be one", house.viewer("cumulus_app"))
        house.registry.isSlow = true
        try tell("while the registry is slow", house.viewer())
        house.registry.isSlow = false
        let client = try house.viewer()
        _ = client.connection?.call("connect", at: house.now)
        try tell("connecting twice", client)
        let early = try Party(house.world, port: 39_000, seed: 99)
        early.open(to: house.host, at: house.now)
        house.world.run()
        let session = try #require(early.session)
        let flow = try #require(early.endpoint.openFlow(on: session, metadata: [0x54, 0x43, 4, 0], at: house.now))
        let command = Command("createStream", transactionID: 3).message().encoded
        early.endpoint.write(command, on: flow, at: house.now)
        house.world.run()
        lines.append("too early: \(early.messages.map { hex($0.bytes) })")
    }

    private func calls(by client: Client) throws {
        _ = client.connection?.call("getParticipants", [.string("film")], at: house.now)
        _ = client.connection?.call("unknown", at: house.now)
        try tell("calls", client)
    }

    private func introductions(to target: Client) throws {
        for host in ["10.0.0.1:1", "10.0.0.2:2"] {
            target.connection?.setPeerInfo([SocketAddress(presentation: host)].compactMap(\.self), at: house.now)
            try tell("addresses", target)
        }
        for fingerprint in [target.fingerprint, [UInt8](repeating: 3, count: 32)] {
            let discriminator = EndpointDiscriminator(fingerprint: fingerprint).encoded
            let hello = IHello(endpointDiscriminator: discriminator, tag: [1])
            let introduction = try house.rendezvous.introduction(for: hello, from: house.host.address, selected: false)
            lines.append("introduction: \(introduction)")
        }
    }

    private func media() throws {
        let (publisher, player, rival) = (try house.guest(), try house.guest(), try house.guest())
        let published = publisher.connection?.createStream(at: house.now)
        published?.publish("film", at: house.now)
        let played = player.connection?.createStream(at: house.now)
        played?.play("film", at: house.now)
        try tell("publish and play", publisher, player)
        published?.send(Message(.audio, [1]), at: house.now)
        try tell("media", player)
        if let audio = player.messages.first(where: { $0.bytes.first == 8 })?.flow {
            player.endpoint.reject(audio, at: house.now)
            house.world.run()
        }
        published?.send(Message(.audio, [2]), at: house.now)
        try tell("media after a rejection", player)
        rival.connection?.createStream(at: house.now)?.publish("film", at: house.now)
        rival.connection?.createStream(at: house.now)?.play("", at: house.now)
        try tell("a rival", rival)
        publisher.connection?.close(at: house.now)
        try tell("the publisher goes", publisher, player)
    }

    private func departures() throws {
        let leaves = try house.viewer()
        leaves.connection?.close(at: house.now)
        try tell("an orderly close", leaves)
        let rejects = try house.viewer()
        if let control = rejects.receivedFlows.first?.flow { rejects.endpoint.reject(control, at: house.now) }
        try tell("a rejection", rejects)
        let twin = try Client(house.world, port: 39_001, seed: 40_002)
        (twin.uri, twin.arguments) = ("rtmfp://127.0.0.1/", [.string("film")])
        twin.connect(to: house.host.address, at: house.now)
        try tell("a peer ID again", twin)
    }
}
