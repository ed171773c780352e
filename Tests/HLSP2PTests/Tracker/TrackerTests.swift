import HLSP2P
import RTMFP
import Synchronization
import Testing

/// What the tracker answers, request by request.
struct TrackerTests {
    private let house = TrackerHouse()

    @Test(arguments: [0, 1, 2, 5, 6, 1000])
    func answersAsManyPeersAsAreWanted(size: Int) throws {
        let peers = try (0..<5).map { try house.register($0) }
        let response = house.get("/get_peers?resourceID=film&size=\(size)")
        #expect(response.status == 200)
        #expect(response.value("Content-Type") == "application/json")
        #expect(response.value("Cache-Control") == "no-store")
        let answered = try #require(response.peers)
        #expect(answered.count == min(size, 5))
        #expect(Set(answered).count == answered.count)
        #expect(Set(answered).isSubset(of: peers))
    }

    @Test func allPeersAreToldSoonerOrLater() throws {
        let peers = try (0..<10).map { try house.register($0) }
        var seen: Set<String> = []
        for _ in 0..<200 { seen.formUnion(house.get("/get_peers?size=1&resourceID=film").peers ?? []) }
        #expect(seen == Set(peers))
    }

    @Test(
        arguments: [
            ("3", 3), ("3x", 3), ("2.9", 2), ("1e2", 1), ("%207", 7), ("%2B2", 2), ("+2", 2), ("007", 7), ("-0", 0),
            ("9223372036854775807", 9), ("99999999999999999999999", 9),
        ]
    )
    func sizesAreReadFromTheirBeginning(size: String, count: Int) throws {
        for number in 0..<9 { _ = try house.register(number) }
        #expect(house.get("/get_peers?resourceID=film&size=\(size)").peers?.count == count)
    }

    @Test(
        arguments: [
            "/get_peers?resourceID=film", "/get_peers?resourceID=film&size=", "/get_peers?resourceID=film&size=x",
            "/get_peers?resourceID=film&size=-1", "/get_peers?resourceID=film&size=%00", "/get_peers?size=1",
            "/get_peers?resourceID=film&size=-", "/get_peers",
            "/get_peers?resourceID=film&size=-99999999999999999999999",
        ]
    )
    func whatCannotBeMeantIsRefused(target: String) throws {
        _ = try house.register(1)
        let response = house.get(target)
        #expect(response.status == 400)
        #expect(response.value("Access-Control-Allow-Origin") == "*")
    }

    @Test(
        arguments: [
            "other", "Film", "film%20", "", "cumulus_app", "hlsp2p:leases:%7Bfilm%7D", "%ff", "%00",
            String(repeating: "a", count: 70_000), "undefined",
        ]
    )
    func whereNobodyIsThereAreNoPeers(resource: String) throws {
        _ = try house.register(1)
        #expect(house.get("/get_peers?resourceID=\(resource)&size=3").text == "[]")
        #expect(house.get("/get_total_count?resourceID=\(resource)").text == "0")
    }

    @Test func aResourceIsFoundByItsEscapedName() throws {
        let peer = try house.register(1, "é +&=%/?")
        for name in ["%C3%A9+%2B%26%3D%25%2F%3F", "%c3%a9%20%2b%26%3d%25%2f%3f", "é+%2b%26=%25/?"] {
            #expect(house.get("/get_peers?size=1&resourceID=\(name)").peers == [peer])
        }
    }

    @Test func whoWantsAFewPeersDoesNotWaitBehindLongLists() throws {
        let peer = try house.register(1)
        house.directory.holdsQueries()
        let answers = Collected<HTTPResponse>()
        for _ in 0..<50 { house.begin("/get_peers?resourceID=film&size=101") { answers.add($0) } }
        house.begin("/get_peers?resourceID=film&size=100") { answers.add($0) }
        // Eight long ones are under way, and the short one.
        #expect(house.directory.heldQueries == 9)
        for _ in 0..<100 { house.directory.proceed() }
        #expect(answers.all.compactMap(\.peers) == [[String]](repeating: [peer], count: 51))
    }

    @Test func ofLongListsSoManyWait() throws {
        house.directory.holdsQueries()
        let answers = Collected<HTTPResponse>()
        for _ in 0..<1_040 { house.begin("/get_peers?resourceID=film&size=9999") { answers.add($0) } }
        #expect(answers.all.map(\.status) == [Int](repeating: 503, count: 1_040 - 1_024 - 8))
        #expect(answers.all.allSatisfy { $0.value("Retry-After") == "1" })
        for _ in 0..<1_032 { house.directory.proceed() }
        #expect(answers.all.count == 1_040)
        #expect(house.get("/get_total_count?resourceID=film").text == "0")
    }

    @Test func peersAreCounted() throws {
        for number in 0..<17 { _ = try house.register(number) }
        #expect(house.get("/get_total_count?resourceID=film").text == "17")
        #expect(house.get("/get_total_count").text == "0")
    }

    @Test func aPeerThatGoesIsTakenOffOnce() throws {
        let goes = try house.register(1)
        let stays = try house.register(2)
        _ = try house.register(1, "series")
        for _ in 0..<2 {
            let response = house.post("/peer_disconnect", "app=film&peer_id=\(goes)")
            #expect(response.status == 200)
            #expect(response.body.isEmpty)
            #expect(house.get("/get_peers?resourceID=film&size=9").peers == [stays])
        }
        #expect(house.get("/get_peers?resourceID=series&size=9").peers == [goes])
    }

    @Test(arguments: ["application/json", "Application/JSON; charset=utf-8"])
    func theFormMayBeJSON(type: String) throws {
        let goes = try house.register(1)
        let json = #"{"x": [1, null], "app": "\u0066ilm", "peer_id": "\#(goes)", "app": "other"}"#
        let type = [HTTPField("Content-Type", type)]
        #expect(house.ask(HTTPRequest("POST", "/peer_disconnect", fields: type, body: Array(json.utf8))).status == 200)
        #expect(house.get("/get_total_count?resourceID=film").text == "0")
        let log = HTTPRequest("POST", "/remote_log", fields: type, body: Array(#"{"log":"one\ntwo"}"#.utf8))
        #expect(house.ask(log).status == 200)
        #expect(house.lines == ["one\\u{a}two"])
    }

    @Test(
        arguments: [
            ("", 200), ("[1]", 200), ("null", 200), (#"{"app":"film","peer_id":7}"#, 200), ("{", 400),
            ("app=film", 400), (#"{"app":"film"}x"#, 400),
        ]
    )
    func otherJSONRemovesNobody(json: String, status: Int) throws {
        _ = try house.register(1)
        let type = [HTTPField("Content-Type", "application/json")]
        let request = HTTPRequest("POST", "/peer_disconnect", fields: type, body: Array(json.utf8))
        #expect(house.ask(request).status == status)
        #expect(house.get("/get_total_count?resourceID=film").text == "1")
    }

    @Test(
        arguments: [
            "", "app=film", "peer_id=\(String(repeating: "0", count: 64))", "app=cumulus_app&peer_id=x",
            "app=film&peer_id=\(String(repeating: "F", count: 64))", "{}", "app=%ff&peer_id=%ff",
        ]
    )
    func whatNamesNobodyRemovesNobody(form: String) throws {
        _ = try house.register(1)
        #expect(house.post("/peer_disconnect", form).status == 200)
        #expect(house.get("/get_total_count?resourceID=film").text == "1")
    }

    @Test(arguments: [(false, "127.0.0.1", 0), (false, "127.0.0.2", 1), (true, "127.0.0.2", 0)])
    func onlyThePeersOwnHostTakesItOff(anybody: Bool, asker: String, left: Int) throws {
        let house = TrackerHouse(removesForAnybody: anybody)
        let peer = try house.register(1, host: .v4(0x7f00_0001))
        let host: SocketAddress.IP = asker == "127.0.0.1" ? .v4(0x7f00_0001) : .v4(0x7f00_0002)
        _ = house.post("/peer_disconnect", "app=film&peer_id=\(peer)", from: SocketAddress(host, port: 5))
        #expect(house.get("/get_total_count?resourceID=film").text == "\(left)")
    }

    @Test(
        arguments: [
            ("log=one", "one"), ("log=one%0atwo%0d", "one\\u{a}two\\u{d}"), ("log=%1b%5b31m", "\\u{1b}[31m"),
            ("log=%e2%80%ae%e2%80%a8", "\\u{202e}\\u{2028}"), ("log=%ff", "\u{fffd}"), ("", "undefined"),
            ("log=\(String(repeating: "a", count: 5000))", String(repeating: "a", count: Tracker.maximumLogLine)),
        ]
    )
    func logsAreOneHarmlessLine(form: String, line: String) {
        let response = house.post("/remote_log", form)
        #expect(response.status == 200)
        #expect(response.body.isEmpty)
        #expect(house.lines == [line])
    }

    @Test(
        arguments: [
            ("POST", "/get_peers"), ("PUT", "/get_total_count"), ("GET", "/peer_disconnect"), ("GET", "/remote_log"),
            ("DELETE", "/crossdomain.xml"), ("GET", "/"), ("GET", "/index.js"), ("GET", "/package.json"),
            ("GET", "/get_peers/x"), ("GET", "//get_peers"), ("GET", "/%67et_peers"), ("get", "/get_peers"),
            ("OPTIONS", "/"), ("GET", "/../etc/passwd"), ("GET", "*"), ("GET", ""),
        ]
    )
    func elsewhereThereIsNothing(method: String, target: String) {
        let response = house.ask(HTTPRequest(method, target))
        #expect(response.status == 404)
        #expect(response.value("Access-Control-Allow-Origin") == "*")
    }

    @Test(arguments: ["/GET_PEERS?size=1&resourceID=film", "/get_peers/?size=1&resourceID=film"])
    func pathsAreMatchedAsTheOriginalDoes(target: String) throws {
        let peer = try house.register(1)
        #expect(house.get(target).peers == [peer])
    }

    @Test(arguments: [("/get_peers", "GET, HEAD, OPTIONS"), ("/peer_disconnect", "POST, OPTIONS")])
    func optionsTellTheMethods(path: String, methods: String) {
        let response = house.ask(HTTPRequest("OPTIONS", path))
        #expect(response.status == 204)
        #expect(response.value("Allow") == methods)
        #expect(response.value("Access-Control-Allow-Methods") == methods)
        #expect(response.value("Access-Control-Allow-Origin") == "*")
    }

    @Test func flashMayReadEverything() {
        let response = house.get("/crossdomain.xml")
        #expect(response.value("Content-Type") == "application/xml")
        for part in ["<cross-domain-policy>", "domain=\"*\"", "secure=\"false\"", "to-ports=\"*\"", "master-only"] {
            #expect(response.text.contains(part))
        }
    }

    @Test func withoutItsRegistryTheTrackerSaysSo() {
        house.directory.isAway.withLock { $0 = true }
        let peer = String(repeating: "0", count: 64)
        let responses = [
            house.get("/get_peers?resourceID=film&size=1"), house.get("/get_total_count?resourceID=film"),
            house.post("/peer_disconnect", "app=film&peer_id=\(peer)"), house.get("/healthz"),
        ]
        for response in responses {
            #expect(response.status == 503)
            #expect(response.value("Retry-After") == "1")
            #expect(response.value("Access-Control-Allow-Origin") == "*")
        }
        #expect(house.post("/remote_log", "log=x").status == 200)
        house.directory.isAway.withLock { $0 = false }
        #expect(house.get("/healthz").text == #"{"status":"ok"}"#)
    }
}
