import Fixtures
import HLSP2P
import RTMFP
import Redis
import RedisServers
import Testing

/// The registry on real servers: what it writes there, and what it does when they fail.
struct RedisRegistryTests {
    @Test func keysAndValuesAreThoseOfTheOriginal() async throws {
        let house = try RegistryHouse()
        let registry = house.makeRegistry()
        for number in 1...3 { #expect(try await registry.registered(registration(number)) == .registered) }
        let ids = try (1...3).map { try registration($0).peerID.description }
        #expect(try house.list() == ids.reversed())
        #expect(try house.run(["SMEMBERS", "cumulus_app"]) == .array([.string(Array("film".utf8))]))
        registry.unregister(try registration(2))
        #expect(try await registry.count() == 2)
        #expect(try house.list() == [ids[2], ids[0]])
        registry.stop()
        #expect(try house.run(["EXISTS", "film"]) == .integer(0))
        #expect(try house.run(["KEYS", "hlsp2p:*"]) == .array([]))
    }

    @Test func whatComponentsOfTheOriginalWriteIsThereToo() async throws {
        let house = try RegistryHouse()
        let registry = house.makeRegistry()
        let foreign = String(repeating: "a", count: 64)
        _ = try house.run(["LPUSH", "film", foreign])
        try await registry.registered(registration(1))
        #expect(try await registry.peers() == [registration(1).peerID.description, foreign])
        house.pass(seconds: 1_000_000)
        #expect(try await registry.count() >= 1)
        #expect(try house.list().contains(foreign))
        let departure = Registration(
            ticket: 9,
            peerID: try #require(PeerID(text: foreign)),
            resource: try #require(ResourceName("film"))
        )
        try await registry.remove(departure, askedBy: .v4(1))
        #expect(try !house.list().contains(foreign))
    }

    @Test(arguments: RedisNodes.Form.allCases)
    func severalServersHoldTheLists(form: RedisNodes.Form) async throws {
        let house = try RegistryHouse(form)
        let registries = [house.makeRegistry(), house.makeRegistry()]
        let resources = (0..<12).map { "film {\($0)" } + ["{one} a", "{one} b", "é +&=%/"]
        for (index, resource) in resources.enumerated() {
            for number in 1...2 {
                #expect(
                    try await registries[number - 1].registered(registration(10 * index + number, resource))
                        == .registered
                )
            }
        }
        for (index, resource) in resources.enumerated() {
            let ids = try (1...2).map { try registration(10 * index + $0).peerID.description }
            for registry in registries {
                #expect(try await Set(registry.peers(resource)) == Set(ids))
                #expect(try await registry.count(resource) == 2)
            }
            registries[0].unregister(try registration(10 * index + 1, resource))
            try await becomesTrue { try await registries[1].peers(resource) == [ids[1]] }
        }
    }

    @Test(arguments: [0, 1, 4, 9, 10, 11, Int.max])
    func thereAreAsManyAsAreWanted(size: Int) async throws {
        let house = try RegistryHouse()
        let registry = house.makeRegistry()
        for number in 0..<10 { try await registry.registered(registration(number)) }
        var seen: Set<String> = []
        for _ in 0..<100 {
            let peers = try await registry.peers(atMost: size)
            #expect(peers.count == min(size, 10))
            #expect(Set(peers).count == peers.count)
            seen.formUnion(peers)
        }
        #expect(seen.count == (size == 0 ? 0 : 10))
    }

    @Test func theDeadAreForgotten() async throws {
        let house = try RegistryHouse()
        let lives = house.makeRegistry()
        let dead = try registration(1).peerID.description
        _ = try house.run(["LPUSH", "film", dead])
        _ = try house.run(["ZADD", "hlsp2p:leases:{film}", "1000000120", dead])
        _ = try house.run(["HSET", "hlsp2p:hosts:{film}", dead, "1.2.3.4"])
        try await lives.registered(registration(2))
        house.pass(seconds: 60)
        // Whoever has died renews nothing: a peer that nobody here has registered.
        try await becomesTrue { try house.leaseEnd(registration(2)) == 1_000_000_180 }
        #expect(try await lives.count() == 2)
        house.pass(seconds: 61)
        try await becomesTrue { try await lives.peers() == [registration(2).peerID.description] }
        #expect(try await lives.count() == 1)
        #expect(try house.run(["HLEN", "hlsp2p:hosts:{film}"]) == .integer(0))
    }

    @Test func howeverManyThereAreAllAreKeptAndAllAreTakenOff() async throws {
        let house = try RegistryHouse()
        let registry = house.makeRegistry(capacity: 20)
        registry.isReached(at: SocketAddress(.v4(0x0a00_0001), port: 1935))
        let registrations = try (0..<200).map { try registration($0, "film \($0 / 20)") }
        for registration in registrations { #expect(try await registry.registered(registration) == .registered) }
        for _ in 0..<5 {
            house.pass(seconds: 100)
            let ends = "(\(house.now + 100)"
            for number in 0..<10 {
                try await becomesTrue {
                    try house.run(["ZCOUNT", "hlsp2p:leases:{film \(number)}", ends, "+inf"]) == .integer(20)
                }
            }
        }
        registry.stop()
        #expect(try house.run(["KEYS", "*"]) == .array([.string(Array("cumulus_app".utf8))]))
    }

    @Test(arguments: [nil] + RedisNodes.Form.allCases)
    func theDeadGoWhereNobodyIsLeft(form: RedisNodes.Form?) async throws {
        let house = try form.map { try RegistryHouse($0) } ?? RegistryHouse()
        let store = RedisStore(house.address)
        let foreign = String(repeating: "f", count: 64)
        let resources = (0..<10).map { "film \($0)" }
        do {
            let dying = house.makeRegistry()
            for (index, resource) in resources.enumerated() {
                #expect(try await dying.registered(registration(index, resource)) == .registered)
            }
        }
        for resource in resources { _ = try await store.run(["RPUSH", resource, foreign]).get() }
        // More than go at a time.
        for number in 0..<250 {
            _ = try await store.run(["RPUSH", "film 0", "dead \(number)"]).get()
            _ = try await store.run(["ZADD", "hlsp2p:leases:{film 0}", "1000000001", "dead \(number)"]).get()
        }
        let living = house.makeRegistry()
        try await living.registered(registration(99, "another film"))
        house.pass(seconds: 121)
        for resource in resources {
            try await becomesTrue {
                let list = try await store.run(["LRANGE", resource, "0", "-1"]).get()
                return list == .array([.string(Array(foreign.utf8))])
            }
            #expect(try await store.run(["EXISTS", "hlsp2p:leases:{\(resource)}"]).get() == .integer(0))
        }
        #expect(try await living.count("another film") == 1)
    }

    @Test func whoCannotBeNamedIsNotRegistered() async throws {
        let house = try RegistryHouse()
        let registry = house.makeRegistry()
        _ = try house.run(["SET", "cumulus_app", "x"])
        guard case .failed = try await registry.registered(registration(1)) else {
            Issue.record("the set of names is none, and the peer is registered")
            return
        }
        #expect(try house.list() == [])
    }

    @Test func whoIsRegisteredTwiceLeavesTwice() async throws {
        let house = try RegistryHouse()
        let registry = house.makeRegistry()
        let id = try registration(1).peerID.description
        let second = try Registration(
            ticket: 1_000,
            peerID: registration(1).peerID,
            resource: registration(1).resource,
            host: nil
        )
        try await registry.registered(registration(1))
        try await registry.registered(second)
        // One that is taken off leaves the other its lease.
        try await registry.remove(second)
        #expect(try house.list() == [id])
        #expect(try house.leaseEnd(second) ?? 0 > 0)
        try await registry.registered(second)
        registry.unregister(second)
        try await becomesTrue { try house.list() == [id] }
        #expect(try house.leaseEnd(second) ?? 0 > 0)
        registry.unregister(try registration(1))
        try await becomesTrue { try house.list() == [] }
        #expect(try house.leaseEnd(second) == nil)
    }

    @Test func aServerWithoutMemoryLetsEverybodyGo() async throws {
        let house = try RegistryHouse()
        let registry = house.makeRegistry()
        for number in 1...3 { try await registry.registered(registration(number, host: .v4(1))) }
        _ = try house.run(["CONFIG", "SET", "maxmemory", "1"])
        guard case .failed = try await registry.registered(registration(4)) else {
            Issue.record("there is no memory, and the peer is registered")
            return
        }
        try await registry.remove(registration(1), askedBy: .v4(1))
        registry.unregister(try registration(2))
        let left = try registration(3).peerID.description
        try await becomesTrue { try house.list() == [left] }
        _ = try house.run(["CONFIG", "SET", "maxmemory", "0"])
        house.pass(seconds: 10)
        try await becomesTrue { try house.leaseEnd(registration(3)) == 1_000_000_130 }
        #expect(try house.list() == [left])
    }

    @Test func readersWithoutLeasesSeeTheDeadGoToo() async throws {
        let house = try RegistryHouse()
        let (living, dying) = (house.makeRegistry(), house.makeRegistry())
        try await living.registered(registration(1))
        try await dying.registered(registration(2))
        _ = try house.run(["ZADD", "hlsp2p:leases:{film}", "999999999", registration(3).peerID.description])
        _ = try house.run(["RPUSH", "film", registration(3).peerID.description])
        let ids = try (1...2).map { try registration($0).peerID.description }
        try await becomesTrue { try house.list().sorted() == ids.sorted() }
    }

    @Test func whoCannotBeTakenOffIsTakenOffLater() async throws {
        let house = try RegistryHouse()
        let registry = house.makeRegistry()
        try await registry.registered(registration(1))
        // A server that answers with errors, as one that is busy and a proxy without servers do.
        _ = try house.run(["ACL", "SETUSER", "default", "-eval"])
        registry.unregister(try registration(1))
        await #expect(throws: RegistryUnavailable.self) { try await registry.count() }
        _ = try house.run(["ACL", "SETUSER", "default", "+eval"])
        try await becomesTrue { try house.list() == [] }
    }

    @Test func otherThingsUnderTheKeysBesideKeepNobodyInTheList() async throws {
        let house = try RegistryHouse()
        let registry = house.makeRegistry()
        let ids = try (1...2).map { try registration($0).peerID.description }
        _ = try house.run(["RPUSH", "film", ids[0], ids[1]])
        for key in ["hlsp2p:leases:{film}", "hlsp2p:hosts:{film}"] { _ = try house.run(["SET", key, "x"]) }
        try await registry.remove(registration(1), askedBy: .v4(1))
        #expect(try house.list() == [ids[1]])
        registry.unregister(try registration(2))
        try await becomesTrue { try house.list() == [] }
        #expect(try await registry.registered(registration(3)) != .registered)
        #expect(try house.list() == [])
    }

    @Test func aNameOfSomethingElseLeavesNothingBeside() async throws {
        let house = try RegistryHouse()
        let registry = house.makeRegistry()
        _ = try house.run(["SET", "film", "x"])
        #expect(try await registry.registered(registration(1, host: .v4(1))) != .registered)
        #expect(try house.run(["KEYS", "hlsp2p:*"]) == .array([]))
    }

    @Test func whoHasMovedToAnotherRendezvousIsStillFoundThere() async throws {
        let house = try RegistryHouse()
        let (old, new) = (house.makeRegistry(), house.makeRegistry())
        old.isReached(at: SocketAddress(.v4(0x0a00_0001), port: 1935))
        new.isReached(at: SocketAddress(.v4(0x0a00_0002), port: 1935))
        let registration = try registration(1)
        let key = "hlsp2p:rendezvous:\(registration.peerID)"
        try await old.registered(registration)
        _ = try house.run(["SET", key, "10.0.0.2:1935"])
        old.unregister(registration)
        old.stop()
        #expect(try house.run(["GET", key]) == .string(Array("10.0.0.2:1935".utf8)))
    }

    @Test func whoWasTakenOffIsNotPutBack() async throws {
        let house = try RegistryHouse()
        let registry = house.makeRegistry()
        try await registry.registered(registration(1))
        try await registry.remove(registration(1))
        try await registry.remove(registration(1))
        house.pass(seconds: 60)
        try await becomesTrue { try house.leaseEnd(registration(1)) == -1_000_000_180 }
        #expect(try house.list() == [])
        house.pass(seconds: 60)
        try await becomesTrue { try house.leaseEnd(registration(1)) == -1_000_000_240 }
        #expect(try await registry.count() == 0)
    }

    @Test func onlyThePeersOwnHostTakesItOff() async throws {
        let house = try RegistryHouse()
        let registry = house.makeRegistry()
        try await registry.registered(registration(1, host: .v4(1)))
        try await registry.remove(registration(1), askedBy: .v4(2))
        #expect(try await registry.count() == 1)
        try await registry.remove(registration(1), askedBy: .v4(1))
        #expect(try await registry.count() == 0)
    }

    @Test func whatIsNoListIsNoResource() async throws {
        let house = try RegistryHouse()
        let registry = house.makeRegistry()
        _ = try house.run(["SET", "film", "x"])
        #expect(try await registry.peers() == [])
        #expect(try await registry.count() == 0)
        try await registry.remove(registration(1))
        guard case .failed = try await registry.registered(registration(1)) else {
            Issue.record("a peer was put into what is no list")
            return
        }
        #expect(try house.run(["GET", "film"]) == .string([UInt8(ascii: "x")]))
    }

    @Test(arguments: ["a}b", "{}a", "}"])
    func namesThatNoSlotIsSharedWithAreRefused(name: String) async throws {
        let house = try RegistryHouse()
        let registry = house.makeRegistry()
        guard case .failed = try await registry.registered(registration(1, name)) else {
            Issue.record("\(name) was registered")
            return
        }
        #expect(try await registry.peers(name) == [])
    }

    @Test func afterItsReturnTheServerLearnsWhatItMissed() async throws {
        let house = try RegistryHouse(["--appendonly", "yes", "--appendfsync", "always"])
        let registry = house.makeRegistry()
        for number in 1...3 { try await registry.registered(registration(number)) }
        house.server.stop()
        await #expect(throws: RegistryUnavailable.self) { try await registry.peers() }
        await #expect(throws: RegistryUnavailable.self) { try await registry.remove(registration(3)) }
        guard case .failed = try await registry.registered(registration(4)) else {
            Issue.record("nobody can have registered the peer")
            return
        }
        registry.unregister(try registration(1))
        try house.server.start()
        let left = try [3, 2].map { try registration($0).peerID.description }
        try await becomesTrue { (try? await registry.peers()) == left }
    }

    @Test func aServerThatHasForgottenIsTold() async throws {
        let house = try RegistryHouse()
        let registry = house.makeRegistry()
        for number in 1...3 { try await registry.registered(registration(number)) }
        house.server.stop()
        try house.server.start()
        let all = try Set((1...3).map { try registration($0).peerID.description })
        try await becomesTrue { (try? await Set(registry.peers())) == all }
        #expect(try house.run(["SISMEMBER", "cumulus_app", "film"]) == .integer(1))
    }

    @Test func aServerThatMayOnlyBeReadIsReadOnly() async throws {
        let house = try RegistryHouse()
        let writer = house.makeRegistry()
        try await writer.registered(registration(1))
        let replica = try RedisServer(["--replicaof", house.address.host, "\(house.address.port)"])
        let reader = house.makeRegistry(at: replica.address)
        try await becomesTrue { (try? await reader.peers()) == [try registration(1).peerID.description] }
        guard case .failed = try await reader.registered(registration(2)) else {
            Issue.record("a replica has registered a peer")
            return
        }
        await #expect(throws: RegistryUnavailable.self) { try await reader.remove(registration(1)) }
    }

    @Test func aSlowServerIsNotWaitedForForever() async throws {
        let house = try RegistryHouse()
        let registry = house.makeRegistry(patience: .milliseconds(500))
        // A machine that is busy with everything else may be slow as well.
        try await eventually { try await registry.registered(registration(1)) == .registered ? () : nil }
        _ = try house.run(["CLIENT", "PAUSE", "1500"])
        await #expect(throws: RegistryUnavailable.self) { try await registry.count() }
        try await becomesTrue { (try? await registry.count()) == 1 }
    }

    @Test func anotherRendezvousIsFound() async throws {
        let house = try RegistryHouse()
        let (here, there) = (house.makeRegistry(), house.makeRegistry())
        let address = SocketAddress(.v4(0x7f00_0001), port: 1936)
        here.isReached(at: .loopback(port: 1935))
        there.isReached(at: address)
        try await there.registered(registration(1))
        let peer = try registration(1).peerID
        #expect(try await eventually { here.rendezvous(of: peer).first } == address)
        #expect(there.rendezvous(of: peer) == [])
        #expect(here.rendezvous(of: try registration(2).peerID) == [])
    }
}

extension RegistryHouse {
    func leaseEnd(_ registration: Registration) throws -> Int? {
        try run(["ZSCORE", "hlsp2p:leases:{film}", registration.peerID.description]).octets
            .flatMap { Int(String(decoding: $0, as: UTF8.self)) }
    }
}
