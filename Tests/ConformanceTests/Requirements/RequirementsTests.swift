import Testing

@testable import Conformance

@Suite("The registry of requirements")
struct RequirementsTests {
    @Test
    func everyBlockIsRead() {
        #expect(Requirements.registry.problems == [])
        #expect(Requirements.all.count == 1003)
    }

    @Test
    func idsAreUniqueAndFound() {
        #expect(Set(Requirements.all.map(\.id)).count == Requirements.all.count)
        #expect(Requirements.all.allSatisfy { Requirements.requirement($0.id) == $0 })
        #expect(Requirements.requirement("RFC7016-0-00") == nil)
    }

    /// The rows of an area, in order of `Requirement.Keyword`: MUST, MUST NOT, SHALL, REQUIRED, SHOULD, SHOULD NOT,
    /// RECOMMENDED, MAY, OPTIONAL, FACT. Counted in the lists that the registry was made from.
    static let counts: [(Requirement.Area, [Int])] = [
        (.packet, [6, 0, 2, 0, 4, 0, 1, 3, 0, 21]),
        (.checksumCrypto, [6, 0, 1, 0, 3, 0, 2, 0, 0, 12]),
        (.chunk, [8, 2, 1, 0, 5, 0, 0, 0, 0, 17]),
        (.options, [5, 0, 2, 0, 1, 0, 0, 0, 0, 8]),
        (.startup, [3, 1, 0, 0, 8, 5, 3, 1, 0, 49]),
        (.redirect, [0, 0, 0, 0, 0, 2, 0, 2, 0, 10]),
        (.introduction, [0, 0, 0, 0, 1, 0, 0, 6, 0, 17]),
        (.session, [0, 2, 0, 0, 2, 0, 1, 0, 0, 13]),
        (.mobility, [0, 0, 0, 1, 1, 0, 0, 0, 4, 3]),
        (.timers, [2, 1, 0, 0, 9, 2, 0, 2, 5, 13]),
        (.close, [0, 0, 0, 0, 2, 0, 0, 0, 0, 11]),
        (.flashCrypto, [26, 11, 1, 3, 15, 1, 0, 4, 0, 53]),
        (.congestion, [3, 1, 0, 1, 1, 4, 0, 0, 6, 4]),
        (.flow, [23, 10, 0, 0, 15, 7, 2, 5, 0, 66]),
        (.ack, [0, 3, 0, 0, 19, 0, 0, 0, 1, 28]),
        (.tinCanMessages, [5, 0, 0, 0, 4, 2, 0, 0, 0, 12]),
        (.netConnection, [3, 1, 0, 0, 9, 2, 0, 9, 0, 32]),
        (.peerNetStream, [1, 0, 0, 0, 2, 0, 0, 2, 0, 9]),
        (.groups, [0, 0, 0, 0, 0, 0, 0, 0, 0, 4]),
        (.rendezvous, [13, 0, 0, 0, 4, 0, 0, 2, 0, 0]),
        (.tracker, [42, 4, 0, 0, 24, 0, 1, 7, 0, 3]),
        (.peer, [100, 0, 0, 0, 26, 0, 0, 2, 0, 0]),
        (.swarm, [32, 0, 0, 0, 28, 0, 0, 1, 0, 0]),
        (.checker, [9, 0, 0, 0, 3, 0, 0, 0, 0, 0]),
    ]

    @Test(arguments: counts)
    func noRowIsLost(_ area: Requirement.Area, _ expected: [Int]) {
        let rows = Requirements.requirements(in: area)
        #expect(Requirement.Keyword.allCases.map { keyword in rows.count { $0.keyword == keyword } } == expected)
    }

    @Test
    func everyAreaIsCounted() {
        #expect(Self.counts.map(\.0) == Requirement.Area.allCases)
        #expect(Self.counts.flatMap(\.1).reduce(0, +) == 1003)
    }

    @Test(arguments: [
        (Requirement.Testability.activeServer, 463), (.activePeer, 235), (.activeTracker, 83), (.passive, 133),
        (.unit, 56), (.untestable, 33),
    ])
    func everyWayOfTestingIsCounted(_ testability: Requirement.Testability, _ count: Int) {
        #expect(Requirements.all.count { $0.testability == testability } == count)
    }

    /// A block that ran into its neighbour would have its marks or indents in a text.
    @Test
    func textsAreWhole() {
        for row in Requirements.all {
            let texts = [row.statement, row.testIdea, row.violation, row.untestableReason].compactMap(\.self)
            #expect(texts.allSatisfy { !$0.contains("§ RFC") && !$0.contains("  ") }, "\(row.id)")
            #expect(texts.allSatisfy { !$0.isEmpty && $0.first != " " && $0.last != " " }, "\(row.id)")
        }
    }

    @Test
    func idsOfTheRFCsNameTheirSections() {
        for row in Requirements.all where row.id.hasPrefix("RFC") {
            let name = row.specification.replacing(" ", with: "")
            #expect(row.id.hasPrefix("\(name)-\(row.section)-"), "\(row.id) under \(row.citation)")
        }
    }

    @Test
    func oneRowInFull() throws {
        let row = try #require(Requirements.requirement("RFC7016-2.3.4-03"))
        #expect(row.citation == "RFC 7016 §2.3.4")
        #expect(row.keyword == .fact)
        #expect(row.actor == .responder)
        #expect(row.area == .startup)
        #expect(row.testability == .activeServer)
        #expect(row.statement == "tagEcho equals the IHello tag exactly.")
        #expect(row.testIdea == "random tags of lengths 0..200 -> identical echo")
        #expect(row.violation == "altered, truncated or padded tag")
        #expect(row.related == nil)
        #expect(row.untestableReason == nil)
        let defect = try #require(Requirements.requirement("RDV-006"))
        #expect(defect.related == "Q-066")
        #expect(defect.severity == nil)
        #expect(try #require(Requirements.requirement("DEFACTO-X-07")).citation == "practice")
        let reason = try #require(Requirements.requirement("RFC7016-2-01")).untestableReason
        #expect(reason == "interpretation rule for readers")
    }
}
