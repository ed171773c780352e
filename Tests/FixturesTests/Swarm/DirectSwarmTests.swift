import Fixtures
import RTMFP
import Testing

/// Many peers without RTMFP.
@Suite struct DirectSwarmTests {
    @Test(arguments: 0..<5) func hundredsOfPeers(_ seed: UInt64) throws {
        let swarm = try DirectSwarm(seed: seed)
        for number in 0..<200 { swarm.join(after: .milliseconds(Double(number) * 150)) }
        swarm.run(.seconds(60))
        let outcome = swarm.outcome
        #expect(outcome.complaints.isEmpty)
        #expect(outcome.delivered > 200 * 5)
        #expect(outcome.offload > 0.8)
    }
}
