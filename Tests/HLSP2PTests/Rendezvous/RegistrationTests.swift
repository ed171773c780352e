import Flash
import HLSP2P
import Meetings
import RTMFP
import Testing

/// Who is in the registry, and when.
@Suite struct RegistrationTests {
    let house: House

    init() throws {
        house = try House()
    }

    static let success = "connected NetConnection.Connect.Success"
    static let rejection = ["rejected NetConnection.Connect.Rejected", "closed near"]

    @Test func aViewerIsRegisteredUnderItsResource() throws {
        let first = try house.viewer()
        #expect(first.brief == [Self.success])
        let second = try house.viewer()
        let other = try house.viewer("series")
        #expect(try house.peers() == [second.peerID, first.peerID])
        #expect(try house.peers("series") == [other.peerID])
        #expect(first.peerID.count == 64)
        #expect(house.registry.inner.resources == Set(["film", "series"].compactMap(ResourceName.init)))
        #expect(try house.rendezvous.connectedClients == 3)
    }

    @Test func theEncodingIsAnswered() throws {
        for encoding in [0.0, 3] {
            let viewer = try house.viewer(encoding: encoding)
            guard case .connected(let status) = viewer.log.first else {
                Issue.record("not connected")
                return
            }
            #expect(status.details.contains(AMFMember("objectEncoding", .number(encoding))))
        }
    }

    /// The client is told only when the registry has it.
    @Test func aSlowRegistryIsWaitedFor() throws {
        house.registry.isSlow = true
        let viewer = try house.viewer()
        #expect(viewer.brief == [])
        let registration = try house.registry.proceed()
        #expect(try house.peers() == [viewer.peerID])
        try house.rendezvous.complete(registration, .registered, at: house.now)
        house.world.run()
        #expect(viewer.brief == [Self.success])
        try house.rendezvous.complete(registration, .failed("twice"), at: house.now)
        house.world.run()
        #expect(viewer.brief == [Self.success])
    }

    @Test func aRegistryThatFailsRefusesTheClient() throws {
        house.registry.failure = "no room"
        let viewer = try house.viewer()
        #expect(viewer.brief == Self.rejection)
        house.registry.failure = nil
        house.registry.isSlow = true
        let other = try house.viewer()
        let registration = try #require(house.registry.waiting.first)
        try house.rendezvous.complete(registration, .failed("later"), at: house.now)
        house.world.run()
        #expect(other.brief == Self.rejection)
        #expect(try house.rendezvous.connectedClients == 0)
    }

    @Test func whoLeavesBeforeItIsRegisteredIsTakenOffAgain() throws {
        house.registry.isSlow = true
        let viewer = try house.viewer()
        let session = try #require(viewer.session)
        viewer.endpoint.abort(session, at: house.now)
        house.world.run()
        let registration = try house.registry.proceed()
        try house.rendezvous.complete(registration, .registered, at: house.now)
        #expect(try house.peers() == [])
    }

    /// Who has to name a resource, and what may be one.
    @Test(arguments: [
        ("", "film", true), ("", nil, false), ("live", nil, true), ("live", "film", true), ("", "", false),
        ("", "a b", true),
        ("", "cumulus_app", false), ("live", "cumulus_app", false), ("", "a\nb", false), ("", "\u{7f}", false),
        ("", "ü", true),
        ("", String(repeating: "x", count: 255), true), ("", String(repeating: "x", count: 256), false),
    ])
    func resourceNames(_ app: String, _ resource: String?, _ isAccepted: Bool) throws {
        let viewer = try house.viewer(resource, app: app)
        #expect(viewer.brief == (isAccepted ? [Self.success] : Self.rejection))
        if isAccepted, let resource { #expect(try house.peers(resource) == [viewer.peerID]) }
    }

    @Test(arguments: [(RendezvousConfiguration.ResourceRule.everybody, false), (.nobody, true)])
    func theRuleCanBeChanged(_ rule: RendezvousConfiguration.ResourceRule, _ isAccepted: Bool) throws {
        let house = try House { $0.resourceRule = rule }
        #expect(try house.viewer(nil, app: "live").connection?.state == (isAccepted ? .connected : .closed))
        #expect(try house.viewer(nil, app: "").connection?.state == (isAccepted ? .connected : .closed))
    }

    @Test func anArgumentThatIsNoStringIsRefused() throws {
        let client = try house.makeClient()
        client.arguments = [.number(5)]
        client.connect(to: house.host.address, at: house.now)
        house.world.run()
        #expect(client.brief == Self.rejection)
    }

    /// RFC 7425 §5.3: a peer ID belongs to one connection.
    @Test func aPeerIDCannotBeConnectedTwice() throws {
        let first = try house.viewer()
        let twin = try Client(house.world, port: 60_000, seed: UInt64(first.address.port))
        #expect(twin.fingerprint == first.fingerprint)
        twin.uri = first.uri
        twin.arguments = first.arguments
        twin.connect(to: house.host.address, at: house.now)
        house.world.run()
        #expect(twin.brief == Self.rejection)
        #expect(try house.peers() == [first.peerID])
        #expect(first.connection?.call("getParticipants", [.string("film")], at: house.now) != nil)
        house.world.run()
        #expect(first.brief.last?.hasPrefix("answered") == true)
    }

    enum Departure: CaseIterable {
        case close, abort, sessionClose, sessionAbort, silence, override, newConnection
    }

    /// Every way in which a connection can end takes the peer off the list.
    @Test(arguments: Departure.allCases) func whoLeavesIsTakenOff(_ departure: Departure) throws {
        let stays = try house.viewer()
        let leaves = try house.viewer()
        let connection = try #require(leaves.connection)
        #expect(try house.peers() == [leaves.peerID, stays.peerID])
        switch departure {
        case .close: connection.close(at: house.now)
        case .abort: connection.abort(at: house.now)
        case .sessionClose: leaves.endpoint.close(connection.session, at: house.now)
        case .sessionAbort: leaves.endpoint.abort(connection.session, at: house.now)
        case .silence:
            house.world.detach(leaves)
            house.world.run(.seconds(180))
        case .override:
            // The same client, from the same address, as after a crash.
            house.world.detach(leaves)
            let again = try Client(house.world, port: leaves.address.port, seed: UInt64(leaves.address.port))
            again.arguments = []
            again.uri = leaves.uri
            // Otherwise the two would choose the same session ID, and the second IIKeying repeat the first.
            again.connect(to: .loopback(port: 9), at: house.now)
            again.connect(to: house.host.address, at: house.now)
        case .newConnection:
            connection.close(at: house.now)
            house.world.run()
            let new = NetConnection(.client, over: connection.session, of: leaves.endpoint)
            new.connect(to: "rtmfp://127.0.0.1/", [], [.string("series")], at: house.now)
            house.world.run()
            #expect(try house.peers("series") == [leaves.peerID])
        }
        house.world.run()
        #expect(try house.peers() == [stays.peerID])
        #expect(stays.connection?.state == .connected)
    }

    @Test func stoppingEmptiesTheRegistry() throws {
        let viewers = try (0..<3).map { _ in try house.viewer() }
        _ = house.registry.inner.register(
            Registration(
                ticket: 0,
                peerID: try #require(PeerID(text: viewers[0].peerID)),
                resource: try #require(ResourceName("stale"))
            )
        )
        try house.rendezvous.stop(at: house.now)
        house.world.run()
        #expect(try house.peers() == [])
        #expect(try house.peers("stale") == [])
        #expect(viewers.allSatisfy { $0.connection?.state == .closed })
        #expect(try house.viewer().brief == Self.rejection)
    }

    @Test func peerInfoIsAnsweredWithKeepaliveAdvice() throws {
        let viewer = try house.viewer()
        viewer.connection?.setPeerInfo([], at: house.now)
        house.world.run()
        #expect(viewer.brief.last == "keepalive 15000 10000")
    }

    @Test(arguments: [
        "", "0", String(repeating: "A", count: 64), String(repeating: "g", count: 64),
        String(repeating: "a", count: 63),
    ])
    func peerIDsAre64LowerCaseDigits(_ text: String) {
        #expect(PeerID(text: text) == nil)
        let id = String(repeating: "0f", count: 32)
        #expect(PeerID(text: id)?.description == id)
        #expect(PeerID([UInt8](repeating: 1, count: 31)) == nil)
    }

    @Test(arguments: [(1_024, true), (1_025, false), (100_000, false)])
    func namesOfApplicationsHaveALimit(_ length: Int, _ isAccepted: Bool) throws {
        let viewer = try house.makeClient(nil)
        viewer.members.append(AMFMember("app", .string(String(repeating: "a", count: length))))
        viewer.connect(to: house.host.address, at: house.now)
        house.world.run(.seconds(5))
        #expect(viewer.brief == (isAccepted ? [Self.success] : Self.rejection))
    }
}
