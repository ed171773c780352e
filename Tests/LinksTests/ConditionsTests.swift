import Links
import RTMFP
import Testing

/// What the impairments do to ten thousand datagrams, sent one a millisecond.
///
/// The seeds are fixed, so the counts are too; the bounds are four standard deviations of the binomial distribution
/// around its mean, which a sound generator keeps to for all but one seed in sixteen thousand.
struct ConditionsTests {
    static let seeds: [UInt64] = [1, 2, 0xfeed_beef]
    static let rates = [0.001, 0.02, 0.3, 0.9]
    static let count = 10_000

    /// A received datagram's number in the order of sending, and how long it took.
    struct Passage: Hashable {
        var number: Int
        var took: Interval
    }

    /// What arrives under `conditions`.
    static func passages(seed: UInt64, _ conditions: Conditions) throws -> [Passage] {
        let network = SimulatedNetwork(seed: seed)
        let (here, there) = (try network.makeLink(), try network.makeLink())
        network.setConditions(conditions, from: here.localAddress, to: there.localAddress)
        var received: [ReceivedDatagram] = []
        for number in 0..<count {
            try here.send([UInt8(number >> 8), UInt8(number & 0xff)], to: there.localAddress)
            received += try receiveAll(from: there, until: .origin + .milliseconds(Double(number + 1)))
        }
        received += try receiveAll(from: there, until: .origin + .seconds(60))
        return received.map { datagram in
            let number = Int(datagram.bytes[0]) << 8 | Int(datagram.bytes[1])
            return Passage(number: number, took: datagram.at - (.origin + .milliseconds(Double(number))))
        }
    }

    static func expected(_ rate: Double) -> ClosedRange<Double> {
        let mean = Double(count) * rate
        let deviation = (mean * (1 - rate)).squareRoot()
        return (mean - 4 * deviation)...(mean + 4 * deviation)
    }

    @Test(arguments: seeds, rates)
    func asManyAreLostAsSaid(seed: UInt64, rate: Double) throws {
        let passages = try Self.passages(seed: seed, Conditions { $0.loss = rate })
        #expect(Self.expected(rate).contains(Double(Self.count - passages.count)))
        #expect(passages.map(\.number) == passages.map(\.number).sorted())
    }

    @Test(arguments: seeds, rates)
    func asManyAreDoubledAsSaid(seed: UInt64, rate: Double) throws {
        let passages = try Self.passages(seed: seed, Conditions { $0.duplication = rate })
        #expect(Self.expected(rate).contains(Double(passages.count - Self.count)))
        #expect(Set(passages.map(\.number)).count == Self.count)
    }

    @Test(arguments: seeds, rates)
    func asManyAreHeldBackAsSaid(seed: UInt64, rate: Double) throws {
        let passages = try Self.passages(
            seed: seed,
            Conditions {
                $0.delay = .milliseconds(5)
                $0.reordering = rate
                $0.holdBack = .milliseconds(3.5)
            }
        )
        let heldBack = passages.filter { $0.took == .milliseconds(8.5) }
        #expect(Self.expected(rate).contains(Double(heldBack.count)))
        #expect(passages.count(where: { $0.took == .milliseconds(5) }) == Self.count - heldBack.count)
        #expect(passages.map(\.number) != Array(0..<Self.count))
    }

    @Test(arguments: seeds, [2.0, 50.0])
    func jitterVariesTheDelayWithinItsBoundsAndKeepsTheOrder(seed: UInt64, jitter: Double) throws {
        let passages = try Self.passages(
            seed: seed,
            Conditions {
                $0.delay = .milliseconds(20)
                $0.jitter = .milliseconds(jitter)
            }
        )
        #expect(passages.map(\.number) == Array(0..<Self.count))
        let took = passages.map(\.took.milliseconds)
        #expect(took.allSatisfy { (20...(20 + jitter)).contains($0) })
        #expect(Set(took).count > Self.count / 100)
    }

    @Test(arguments: [64, 1192, 1500])
    func whatIsLongerThanTheMTUVanishes(mtu: Int) throws {
        let network = SimulatedNetwork(seed: 1)
        network.conditions.mtu = mtu
        let (here, there) = (try network.makeLink(), try network.makeLink())
        for length in [mtu + 1, mtu, 65_507, mtu - 1] {
            try here.send([UInt8](repeating: 0, count: length), to: there.localAddress)
        }
        let received = try receiveAll(from: there, until: .origin + .seconds(1))
        #expect(received.map(\.bytes.count) == [mtu, mtu - 1])
        #expect(network.vanished == 2)
    }

    static let everything = Conditions {
        $0.delay = .milliseconds(20)
        $0.jitter = .milliseconds(7)
        $0.loss = 0.1
        $0.duplication = 0.1
        $0.reordering = 0.1
    }

    @Test(arguments: seeds)
    func theSameSeedGivesTheSameAndAnotherAnother(seed: UInt64) throws {
        let passages = try Self.passages(seed: seed, Self.everything)
        #expect(try Self.passages(seed: seed, Self.everything) == passages)
        #expect(try Self.passages(seed: seed + 1, Self.everything) != passages)
    }

    @Test(arguments: seeds)
    func otherTrafficChangesNothing(seed: UInt64) throws {
        func arrivals(amid others: Int) throws -> [Instant] {
            let network = SimulatedNetwork(seed: seed)
            network.conditions = Self.everything
            let links = try (0..<3).map { _ in try network.makeLink() }
            for _ in 0..<200 {
                try links[0].send([1], to: links[1].localAddress)
                for _ in 0..<others {
                    try links[0].send([2], to: links[2].localAddress)
                    try links[2].send([3], to: links[0].localAddress)
                }
            }
            return try receiveAll(from: links[1], until: .origin + .seconds(1)).map(\.at)
        }
        #expect(try arrivals(amid: 3) == arrivals(amid: 0))
    }

    /// One impairment alone must not decide which datagrams another one hits.
    @Test func oneImpairmentDoesNotShiftAnother() throws {
        let lossy = try Self.passages(seed: 1, Conditions { $0.loss = 0.2 })
        let both = try Self.passages(
            seed: 1,
            Conditions {
                $0.loss = 0.2
                $0.duplication = 0.5
            }
        )
        #expect(Set(lossy.map(\.number)) == Set(both.map(\.number)))
    }
}
