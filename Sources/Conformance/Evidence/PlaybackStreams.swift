import Links
import RTMFP

extension Playback {
    /// Connections on which what was recorded comes again.
    var streams: any StreamNetwork { PlaybackStreams(playback: OneThread(value: self)) }

    /// A registry that says again what it had said.
    var registry: any RegistryAccess { PlaybackRegistry(playback: OneThread(value: self)) }
}

private struct PlaybackStreams: StreamNetwork {
    let playback: OneThread<Playback>

    var now: Instant { playback.value.clock.now }

    func connect(
        to far: SocketAddress,
        from local: SocketAddress?,
        until deadline: Instant
    ) throws -> any ByteStream {
        switch playback.value.next {
        case .dealt(let stream, .opened(let near, _))?:
            playback.value.take()
            return PlaybackStream(playback.value, number: stream, localAddress: near)
        case .unconnected(_, _, let error)?:
            playback.value.take()
            throw error
        default:
            playback.value.diverge()
            throw Inconclusive(reason: "the recording has no connection here")
        }
    }

    func wait(until instant: Instant) {
        if case .waited? = playback.value.next {
            playback.value.take()
        } else {
            playback.value.diverge()
            playback.value.clock.advance(to: instant)
        }
    }
}

private final class PlaybackStream: ByteStream {
    let localAddress: SocketAddress
    private let playback: Playback
    private let number: Int
    private var state = StreamState()
    private var isClosed = false

    init(_ playback: Playback, number: Int, localAddress: SocketAddress) {
        self.playback = playback
        self.number = number
        self.localAddress = localAddress
    }

    var now: Instant { playback.clock.now }

    func send(_ octets: [UInt8]) {
        guard state.saysAnything, !octets.isEmpty else { return }
        guard case .said(let recorded)? = dealing else { return playback.diverge() }
        take()
        playback.compare(octets, recorded)
    }

    func receive(until deadline: Instant) throws -> [UInt8]? {
        guard !isClosed else { throw LinkError.closed }
        switch dealing {
        case .heard(let octets)?:
            take()
            return octets
        case .ended?:
            take()
            return []
        case .broke(let reason)?:
            take()
            throw LinkError.broken(reason: reason)
        default: break
        }
        if case .waited(inVain: true)? = playback.next {
            playback.take()
        } else {
            playback.diverge()
            playback.clock.advance(to: deadline)
        }
        return nil
    }

    func finishSending() {
        guard state.saysAnything else { return }
        guard case .finished? = dealing else { return playback.diverge() }
        take()
    }

    func close() {
        isClosed = true
        finishSending()
    }

    /// What comes next, if it happens here.
    private var dealing: Tape.Dealing? {
        if case .dealt(number, let dealing)? = playback.next { dealing } else { nil }
    }

    private func take() {
        if let dealing { state.follow(dealing) }
        playback.take()
    }
}

private struct PlaybackRegistry: RegistryAccess {
    let playback: OneThread<Playback>

    func run(_ command: [[UInt8]]) throws -> RegistryReply {
        guard case .consulted(let recorded, let reply)? = playback.value.next else {
            playback.value.diverge()
            throw Inconclusive(reason: "the recording does not have the registry asked for anything here")
        }
        playback.value.take()
        if recorded != command.map({ String(decoding: $0, as: UTF8.self) }) { playback.value.diverge() }
        return try reply.get()
    }
}
