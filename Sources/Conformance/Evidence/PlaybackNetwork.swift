import Links
import RTMFP

/// A network on which what was recorded of a case arrives again, at the times at which it did.
///
/// A case that says the same again hears the same again. Its clock stands still between the events of the recording.
final class Playback {
    private let entries: [Tape.Entry]
    private let links: [SocketAddress]
    private var used: Set<Int> = []
    /// Everything before it has been used.
    private var front = 0
    private var made = 0
    private var time: Instant

    init(_ entries: [Tape.Entry], links: [SocketAddress]) {
        self.entries = entries
        self.links = links
        time = entries.first?.at ?? .origin
    }

    /// The network.
    var network: any Network { PlaybackNetwork(playback: Reference(playback: self)) }

    /// The time of the last event, or of what the case said next, which it is about to say.
    fileprivate var now: Instant {
        // What has arrived and waits to be taken is no event to come.
        let next = entries[front...].indices.first { index in
            !used.contains(index) && (entries[index].isSent || entries[index].at > time)
        }
        guard let next, entries[next].isSent else { return time }
        return max(time, entries[next].at)
    }

    fileprivate func makeLink() throws -> any Link {
        guard made < links.count else { throw Inconclusive(reason: "the recording has no address \(made + 1)") }
        defer { made += 1 }
        return PlaybackLink(self, number: made, address: links[made])
    }

    fileprivate func said(on link: Int) {
        guard let index = next(link, isSent: true) else { return }
        use(index)
    }

    fileprivate func receive(on link: Int, until deadline: Instant) -> ReceivedDatagram? {
        guard let index = next(link, isSent: false), entries[index].at <= max(deadline, now) else {
            time = max(time, deadline)
            return nil
        }
        use(index)
        let entry = entries[index]
        return ReceivedDatagram(entry.bytes, from: entry.far, at: entry.at)
    }

    private func next(_ link: Int, isSent: Bool) -> Int? {
        (front..<entries.count).first { !used.contains($0) && entries[$0].link == link && entries[$0].isSent == isSent }
    }

    private func use(_ index: Int) {
        used.insert(index)
        time = max(time, entries[index].at)
        while used.contains(front) { front += 1 }
    }
}

/// Lets a playback be named by its network; both belong to the one thread that runs the case.
private struct Reference: @unchecked Sendable {
    let playback: Playback
}

private struct PlaybackNetwork: Network {
    let playback: Reference

    func makeLink(_ reach: Reach) throws -> any Link {
        try playback.playback.makeLink()
    }
}

private final class PlaybackLink: Link {
    private let playback: Playback
    private let number: Int
    let localAddress: SocketAddress
    let dropped = 0

    init(_ playback: Playback, number: Int, address: SocketAddress) {
        self.playback = playback
        self.number = number
        localAddress = address
    }

    var now: Instant { playback.now }

    func send(_ bytes: [UInt8], to far: SocketAddress) throws {
        playback.said(on: number)
    }

    func receive(until deadline: Instant) throws -> ReceivedDatagram? {
        playback.receive(on: number, until: deadline)
    }

    func close() {}
}
