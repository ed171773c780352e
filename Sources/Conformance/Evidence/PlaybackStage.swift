import HLSP2P
import Links
import RTMFP

/// A world in which the checker's nodes and services meet again what was recorded: datagrams, requests, and the times at
/// which something was due. A wait lasts as long as it did.
final class PlaybackStage: StageWorld {
    private let playback: Playback
    private var nodes: [Int: any DatagramNode] = [:]
    /// By link, what was taken from the node, and has not come across on tape yet.
    private var outgoing: [Int: [[UInt8]]] = [:]
    private var service: (any HTTPService)?

    init(_ playback: Playback) {
        self.playback = playback
    }

    var clock: @Sendable () -> Instant { { [clock = playback.clock] in clock.now } }
    var patience: Interval { playback.recording.particulars.arrival }
    var acquaintance: PeerAcquaintance? { playback.recording.particulars.acquaintance?.value }

    func attach(_ node: any DatagramNode) throws -> SocketAddress {
        let (number, address) = try playback.takeLink()
        nodes[number] = node
        return address
    }

    func detach(_ address: SocketAddress) {
        nodes = nodes.filter { playback.recording.links[$0.key] != address }
    }

    func serve(_ service: any HTTPService) throws -> String {
        self.service = service
        return playback.recording.particulars.authority ?? ""
    }

    func start(_ call: StageCall) throws -> any VisitingClient {
        playWait()
        return PlaybackVisitor(playback) { [weak self] in self?.playWait() }
    }

    func run(until deadline: Instant, _ isDone: () -> Bool) throws {
        // The case may have asked a node for something.
        nodes.keys.forEach(collect)
        while let entry = playback.take() {
            play(entry)
            if case .waited = entry.event, isDone() || entry.at >= deadline { return }
        }
        playback.clock.advance(to: deadline)
        _ = isDone()
    }

    func close() {
        nodes.removeAll()
        service = nil
    }

    /// Has everything happen to the end of a wait.
    private func playWait() {
        while let entry = playback.take() {
            play(entry)
            if case .waited = entry.event { return }
        }
    }

    /// A node makes its packets when they are taken out, and whoever runs it does that after each call.
    private func collect(_ link: Int) {
        guard let node = nodes[link] else { return }
        outgoing[link, default: []] += node.takeDatagrams().map(\.bytes)
    }

    private func play(_ entry: Tape.Entry) {
        switch entry.event {
        case .passage(let passage) where passage.isSent:
            let said = outgoing[passage.link]?.first
            outgoing[passage.link] = outgoing[passage.link].map { Array($0.dropFirst()) }
            playback.compare(said ?? [], passage.bytes)
        case .passage(let passage):
            nodes[passage.link]?.receive(passage.bytes, from: passage.far, at: entry.at)
            collect(passage.link)
        case .woke(let link):
            nodes[link]?.advance(to: entry.at)
            collect(link)
        case .asked(let request): service?.answer(request) { _ in }
        case .answered, .dealt, .unconnected, .consulted, .waited, .called, .ended: break
        }
    }
}
