import Links
import RTMFP
import Testing

/// What holds for connections on every network.
struct StreamTests {
    @Test(arguments: StreamGround.allCases)
    func octetsArriveInOrder(ground: StreamGround) throws {
        try ground.meet { network, address in
            let stream = try network.connect(to: address, from: nil, until: network.now + patience)
            stream.send([1, 2])
            #expect(try stream.receive(count: 4) == [1, 2, 1, 2])
            stream.send([3])
            #expect(try stream.receive(count: 2) == [3, 3])
        }
    }

    @Test("More than the far end takes at once goes while this end waits", arguments: StreamGround.allCases)
    func muchAtOnce(ground: StreamGround) throws {
        try ground.meet { network, address in
            let stream = try network.connect(to: address, from: nil, until: network.now + patience)
            let octets = [UInt8](repeating: 7, count: 8 << 20)
            stream.send(octets)
            stream.finishSending()
            #expect(try stream.receive(count: .max).count == 2 * octets.count)
        }
    }

    @Test(arguments: StreamGround.allCases)
    func theEndOfOneDirectionIsNotThatOfTheOther(ground: StreamGround) throws {
        try ground.meet { network, address in
            let stream = try network.connect(to: address, from: nil, until: network.now + patience)
            stream.send([9])
            stream.finishSending()
            stream.finishSending()
            stream.send([1])
            #expect(try stream.receive(count: .max) == [9, 9])
            #expect(try stream.receive(until: stream.now + patience) == [])
        }
    }

    @Test(arguments: StreamGround.allCases)
    func aDeadlinePassesWithoutOctets(ground: StreamGround) throws {
        try ground.meet { network, address in
            let stream = try network.connect(to: address, from: nil, until: network.now + patience)
            let deadline = stream.now + .milliseconds(5)
            #expect(try stream.receive(until: deadline) == nil)
            #expect(stream.now >= deadline)
            #expect(try stream.receive(until: .origin) == nil)
            try network.wait(until: network.now + .milliseconds(2))
        }
    }

    @Test(arguments: StreamGround.allCases)
    func aClosedStreamDoesNothing(ground: StreamGround) throws {
        try ground.meet { network, address in
            let stream = try network.connect(to: address, from: nil, until: network.now + patience)
            stream.close()
            stream.close()
            stream.send([1])
            #expect(throws: LinkError.closed) { try stream.receive(until: stream.now + patience) }
        }
    }

    @Test(arguments: StreamGround.allCases)
    func nobodyListens(ground: StreamGround) throws {
        var unused: SocketAddress?
        try StreamGround.tcp.meet { _, address in unused = address }
        let far = try #require(unused)
        try ground.meet { network, _ in
            #expect(throws: LinkError.refused(far)) {
                try network.connect(to: far, from: nil, until: network.now + patience)
            }
        }
    }

    @Test("Two addresses of this machine are told apart")
    func localAddress() throws {
        try StreamGround.tcp.meet { network, address in
            let local = SocketAddress(.v4(0x7f00_0002), port: 0)
            let stream = try network.connect(to: address, from: local, until: network.now + patience)
            #expect(stream.localAddress.ip == local.ip)
            #expect(stream.localAddress.port != 0)
        }
    }

    @Test("A connection on a simulated network takes a round trip, and octets one way")
    func time() throws {
        try StreamGround.simulated.meet { network, address in
            let stream = try network.connect(to: address, from: nil, until: network.now + patience)
            #expect(network.now == .origin + .milliseconds(6))
            stream.send([1])
            _ = try stream.receive(count: 2)
            #expect(network.now == .origin + .milliseconds(12))
            #expect(throws: LinkError.self) { try network.connect(to: address, from: nil, until: network.now) }
        }
    }
}
