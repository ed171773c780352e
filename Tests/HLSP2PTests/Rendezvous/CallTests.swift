import Flash
import HLSP2P
import Meetings
import RTMFP
import Testing

/// What viewers call at the rendezvous.
@Suite struct CallTests {
    let house: House

    init() throws {
        house = try House()
    }

    /// Calls, and gives back what the answer holds.
    private func call(_ name: String, _ arguments: [AMF0Value], by viewer: Client) -> Answer? {
        let id = viewer.connection?.call(name, arguments, at: house.now)
        house.world.run()
        guard case .answered(id, let answer)? = viewer.log.last else { return nil }
        return answer
    }

    private func participants(of resource: String, for viewer: Client) throws -> [String] {
        guard case .result(let values)? = call("getParticipants", [.string(resource)], by: viewer) else { return [] }
        let elements = try #require(values.first?.elements)
        #expect(elements.allSatisfy { $0["protocol"]?.string == "rtmfp" })
        return elements.compactMap { $0["farID"]?.string }
    }

    @Test(arguments: [0.0, 3]) func participantsAreTheOthersOfTheResource(_ encoding: Double) throws {
        let caller = try house.viewer(encoding: encoding)
        #expect(try participants(of: "film", for: caller) == [])
        let others = try (0..<3).map { _ in try house.viewer() }
        let elsewhere = try house.viewer("series")
        #expect(Set(try participants(of: "film", for: caller)) == Set(others.map(\.peerID)))
        #expect(try participants(of: "series", for: caller) == [elsewhere.peerID])
        #expect(try participants(of: "nothing", for: caller) == [])
        others[0].connection?.abort(at: house.now)
        house.world.run()
        #expect(try participants(of: "film", for: caller).count == 2)
    }

    /// Whoever asked for AMF3 gets an AMF3 array, whose elements are anonymous dynamic objects.
    @Test func theAnswerIsInTheClientsEncoding() throws {
        let caller = try house.viewer()
        guard case .result(let empty)? = call("getParticipants", [.string("film")], by: caller) else { return }
        #expect(empty == [.avmplus(.array(AMF3Array()))])
        _ = try house.viewer()
        guard case .result(let values)? = call("getParticipants", [.string("film")], by: caller),
            case .avmplus(.array(let array))? = values.first, case .object(let object)? = array.dense.first
        else {
            Issue.record("no AMF3 array of objects")
            return
        }
        #expect(object.className.isEmpty)
        #expect(object.sealed.isEmpty)
        #expect(Set(object.dynamic?.map(\.name) ?? []) == ["protocol", "farID"])
        let plain = try house.viewer(encoding: 0)
        guard case .result(let others)? = call("getParticipants", [.string("film")], by: plain),
            case .strictArray(let elements)? = others.first
        else {
            Issue.record("no AMF0 array")
            return
        }
        #expect(elements.count == 2)
    }

    @Test(arguments: [25, 120]) func thereAreTwentyAtMostInNoParticularOrder(_ count: Int) throws {
        let caller = try house.viewer()
        let others = try (0..<count).map { _ in try house.viewer() }
        let answers = try (0..<5).map { _ in try participants(of: "film", for: caller) }
        for answer in answers {
            #expect(answer.count == 20)
            #expect(Set(answer).count == 20)
            #expect(Set(answer).isSubset(of: others.map(\.peerID)))
        }
        #expect(Set(answers).count == 5)
        #expect(Set(answers.map { Set($0) }).count > 1)
    }

    @Test(arguments: [
        ("noSuchMethod", []), ("getPlaylist", [AMF0Value.string("/etc/passwd")]),
        ("getPiece", [.string("/etc/passwd"), .number(0), .number(9)]), ("participantChanged", []),
    ])
    func otherCallsAreErrors(_ name: String, _ arguments: [AMF0Value]) throws {
        let viewer = try house.viewer()
        guard case .error(let values)? = call(name, arguments, by: viewer) else {
            Issue.record("no error")
            return
        }
        #expect(values.first?["code"]?.string == "NetConnection.Call.Failed")
        #expect(values.first?["description"]?.string == "Method '\(name)' not found")
        #expect(try participants(of: "film", for: viewer) == [])
        #expect(viewer.connection?.state == .connected)
    }

    @Test(arguments: [[], [AMF0Value.number(1)], [.null], [.string("")], [.string("cumulus_app")]])
    func participantsOfNothing(_ arguments: [AMF0Value]) throws {
        let viewer = try house.viewer()
        #expect(call("getParticipants", arguments, by: viewer) == .result([.avmplus(.array(AMF3Array()))]))
    }
}
