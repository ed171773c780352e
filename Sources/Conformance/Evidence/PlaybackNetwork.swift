import Links
import RTMFP

extension Playback {
    /// A network on which what was recorded arrives again.
    var network: any Network { PlaybackNetwork(playback: OneThread(value: self)) }

    /// Clients who come again.
    var clients: any ClientSource { PlaybackClients(self) }
}

private struct PlaybackNetwork: Network {
    let playback: OneThread<Playback>

    func makeLink(_ reach: Reach) throws -> any Link {
        try PlaybackLink(playback.value)
    }
}

private final class PlaybackLink: Link {
    private let playback: Playback
    private let number: Int
    let localAddress: SocketAddress
    let dropped = 0

    init(_ playback: Playback) throws {
        self.playback = playback
        (number, localAddress) = try playback.takeLink()
    }

    var now: Instant { playback.clock.now }

    func send(_ bytes: [UInt8], to far: SocketAddress) throws {
        guard case .passage(let passage)? = playback.next, passage.isSent, passage.link == number else {
            playback.compare(bytes, nil)
            return
        }
        playback.take()
        playback.compare(bytes, passage.bytes)
    }

    func receive(until deadline: Instant) throws -> ReceivedDatagram? {
        // What the case has not said again is passed over.
        while case .passage(let passage)? = playback.next, passage.isSent { playback.take() }
        switch playback.next {
        case .passage(let passage)? where passage.link == number:
            guard let entry = playback.take() else { return nil }
            return ReceivedDatagram(passage.bytes, from: passage.far, at: entry.at)
        case .waited?: playback.take()
        default: playback.clock.advance(to: deadline)
        }
        return nil
    }

    func close() {}
}

private final class PlaybackClients: ClientSource {
    private let playback: Playback
    let isExhausted = false

    init(_ playback: Playback) {
        self.playback = playback
    }

    var patience: Interval { playback.recording.particulars.arrival }

    func call(_ call: Call) throws -> Visit {
        guard case .called(let doors, let uri)? = playback.next else {
            throw Inconclusive(reason: "the recording has no client here")
        }
        playback.take()
        var links: [any Link] = []
        while links.count < doors { links.append(try PlaybackLink(playback)) }
        return Visit(doors: links, uri: uri, client: PlaybackVisitor(playback))
    }
}

/// A client or peer, as far as the recording knows of it.
final class PlaybackVisitor: VisitingClient {
    private let playback: Playback
    private let number: Int
    private let whileEnding: () -> Void

    /// - Parameter whileEnding: has happen what happened while it was ended.
    init(_ playback: Playback, whileEnding: @escaping () -> Void = {}) {
        self.playback = playback
        self.whileEnding = whileEnding
        number = playback.takeVisit()
    }

    var ending: ClientEnding? { playback.ending(of: number) }

    func end() { whileEnding() }
}
