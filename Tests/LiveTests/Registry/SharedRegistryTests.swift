import Fixtures
import HLSP2P
import Links
import RTMFP
import Redis
import RedisServers
import Synchronization
import Testing
import Web

/// Several rendezvous and trackers on one Redis, with real sockets and real clients.
struct SharedRegistryTests {
    @Test(arguments: [nil] + RedisNodes.Form.allCases)
    func twoOfEachServeOneSwarm(form: RedisNodes.Form?) async throws {
        let house = try form.map { try RegistryHouse($0) } ?? RegistryHouse()
        let deployments = try (0..<2).map { _ in try house.deployment() }
        defer { for deployment in deployments { deployment.stop() } }
        let offers = try Client(.offer("live", .seconds(60)), at: deployments[0])
        let other = try Client(.offer("live", .seconds(60)), at: deployments[1])
        try await becomesTrue { offers.isConnected && other.isConnected }
        for deployment in deployments {
            let peers = try await deployment.ask("/get_peers?resourceID=film&size=9")
            #expect(peers.contains(offers.peerID) && peers.contains(other.peerID))
            #expect(try await deployment.ask("/get_total_count?resourceID=film") == "2")
        }
        // The peer is at one rendezvous, and the one who seeks it at the other.
        let subscriber = try Client(.subscribe("live", peerID: offers.octets, frames: 5), at: deployments[1])
        let outcome = try await eventually { subscriber.outcome }
        guard case .done = outcome else {
            Issue.record("\(outcome); \(subscriber.told)")
            return
        }
        offers.stop()
        deployments[0].stop()
        try await becomesTrue { try await deployments[1].ask("/get_total_count?resourceID=film") == "1" }
        deployments[1].stop()
        for server in house.servers { #expect(try server.run(["EXISTS", "film"]).integer ?? 0 == 0) }
    }

    @Test func whileRedisIsAwayNobodyIsRegisteredAndNobodyIsLost() async throws {
        let house = try RegistryHouse()
        house.server.stop()
        let deployment = try house.deployment()
        defer { deployment.stop() }
        #expect(try await deployment.status("/healthz") == 503)
        #expect(try await deployment.status("/get_peers?resourceID=film&size=1") == 503)
        #expect(try await deployment.status("/get_peers?resourceID=film") == 400)
        let refused = try Client(.offer("live", .seconds(60)), at: deployment)
        guard case .failed(let reason) = try await eventually({ refused.outcome }) else { return }
        #expect(reason.contains("NetConnection.Connect.Rejected"))
        try house.server.start()
        try await becomesTrue { try await deployment.status("/healthz") == 200 }
        let client = try Client(.offer("live", .seconds(60)), at: deployment)
        try await becomesTrue { client.isConnected }
        #expect(try await deployment.ask("/get_peers?resourceID=film&size=9") == "[\"\(client.peerID)\"]")
        house.server.stop()
        try await becomesTrue { try await deployment.status("/get_total_count?resourceID=film") == 503 }
        try house.server.start()
        try await becomesTrue { try await deployment.status("/healthz") == 200 }
        try await becomesTrue {
            try await deployment.ask("/get_peers?resourceID=film&size=9") == "[\"\(client.peerID)\"]"
        }
    }
}

/// A reference client behind a real socket, registered under "film".
private final class Client: Sendable {
    private struct Content {
        var told: [String] = []
        var outcome: ErrandOutcome?
    }

    private let content: Box
    private let host: UDPHost
    let octets: [UInt8]

    private final class Box: Sendable {
        let content = Mutex(Content())
    }

    init(_ errand: Errand, at deployment: ReferenceDeployment) throws {
        var random = SystemRandomNumberGenerator()
        let identity = try Identity.fixed(groups: [.modp1024], using: &random)
        let content = Box()
        var assignment = StreamingClient.Assignment(
            errand,
            uri: "rtmfp://\(deployment.address)/",
            server: deployment.address,
            patience: .seconds(60),
            tell: { line in content.content.withLock { $0.told.append(line) } },
            end: { outcome in content.content.withLock { $0.outcome = outcome } }
        )
        assignment.resource = "film"
        self.content = content
        octets = identity.certificate.fingerprint
        host = try UDPHost(at: .loopback(port: 0)) { [assignment] address in
            StreamingClient(assignment, at: address, identity: identity, random: SystemRandomNumberGenerator())
        }
    }

    var told: [String] { content.content.withLock { $0.told } }
    var outcome: ErrandOutcome? { content.content.withLock { $0.outcome } }
    var isConnected: Bool { told.contains { $0.hasPrefix("connected:") } }
    var peerID: String { PeerID(octets)?.description ?? "" }

    func stop() { host.stop() }
}

extension RegistryHouse {
    fileprivate func deployment() throws -> ReferenceDeployment {
        var options = ReferenceDeployment.Options()
        options.redis = address
        return try ReferenceDeployment(options: options)
    }
}

extension ReferenceDeployment {
    fileprivate func ask(_ target: String) async throws -> String {
        String(decoding: try await answer(target).body, as: UTF8.self)
    }

    fileprivate func status(_ target: String) async throws -> Int {
        try await answer(target).status
    }

    private func answer(_ target: String) async throws -> HTTPResponse {
        let tracker = try #require(tracker)
        return try await withCheckedContinuation { continuation in
            HTTPClient.send("GET", "http://\(tracker)\(target)") { continuation.resume(returning: $0) }
        }.get()
    }
}
