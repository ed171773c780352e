import Links
import RTMFP

extension Tape {
    /// A network like another one, whose connections are taped.
    func streams(over network: any StreamNetwork) -> any StreamNetwork {
        begin(at: network.now)
        return TapedStreams(network: network, tape: OneThread(value: self))
    }
}

private struct TapedStreams: StreamNetwork {
    let network: any StreamNetwork
    let tape: OneThread<Tape>

    var now: Instant { tape.value.clock.now }

    func connect(
        to far: SocketAddress,
        from local: SocketAddress?,
        until deadline: Instant
    ) throws -> any ByteStream {
        do {
            return TapedStream(try network.connect(to: far, from: local, until: deadline), to: far, tape.value)
        } catch let error as LinkError {
            tape.value.add(.unconnected(to: far, from: local, error), at: network.now)
            throw error
        }
    }

    func wait(until instant: Instant) throws {
        try network.wait(until: instant)
        tape.value.add(.waited(inVain: false), at: network.now)
    }
}

/// A connection like another one, with everything that passes it on tape.
///
/// Like that of links, its clock stands still between what happens.
private final class TapedStream: ByteStream {
    private let stream: any ByteStream
    private let tape: Tape
    private let number: Int
    private var state = StreamState()

    init(_ stream: any ByteStream, to far: SocketAddress, _ tape: Tape) {
        self.stream = stream
        self.tape = tape
        number = tape.addStream(from: stream.localAddress, to: far, at: stream.now)
    }

    var localAddress: SocketAddress { stream.localAddress }
    var now: Instant { tape.clock.now }

    func send(_ octets: [UInt8]) {
        if state.saysAnything, !octets.isEmpty { note(.said(octets)) }
        stream.send(octets)
    }

    func receive(until deadline: Instant) throws -> [UInt8]? {
        do {
            guard let octets = try stream.receive(until: deadline) else {
                tape.add(.waited(inVain: true), at: stream.now)
                return nil
            }
            note(octets.isEmpty ? .ended : .heard(octets))
            return octets
        } catch LinkError.broken(let reason) {
            note(.broke(reason: reason))
            throw LinkError.broken(reason: reason)
        }
    }

    func finishSending() {
        if state.saysAnything { note(.finished) }
        stream.finishSending()
    }

    func close() {
        if state.saysAnything { note(.finished) }
        stream.close()
    }

    private func note(_ dealing: Tape.Dealing) {
        state.follow(dealing)
        tape.add(.dealt(stream: number, dealing), at: stream.now)
    }
}

/// What may still happen on a connection; the same while it is taped and while it is played back.
struct StreamState {
    /// Whether what the case says goes anywhere.
    private(set) var saysAnything = true

    mutating func follow(_ dealing: Tape.Dealing) {
        switch dealing {
        case .finished, .broke: saysAnything = false
        case .opened, .said, .heard, .ended: break
        }
    }
}
