import Foundation
public import HLSP2P
import Synchronization

/// Peers of one stream in one process, each with a player, and what is known of all of them.
public final class LiveSwarm: Sendable {
    /// A peer of the swarm at one moment.
    public struct Member: Sendable {
        /// Who it is.
        public var peerID: PeerID
        /// Where its player is served.
        public var playerURL: String
        /// Where the peer stands.
        public var status: PeerStatus
        /// What its player got.
        public var player: HeadlessPlayer.Report
        /// Octets a second, from peers and from sources, since the moment before.
        public var speed: (peers: Double, sources: Double)
    }

    private struct Entry: Sendable {
        let peer: LivePeer
        let player: HeadlessPlayer
    }

    private struct Content {
        var entries: [PeerID: Entry] = [:]
        var order: [PeerID] = []
        var members: [PeerID: Member] = [:]
        var looked: [PeerID: ContinuousClock.Instant] = [:]
    }

    private let content = Mutex(Content())
    private let genuine: @Sendable (String) -> [UInt8]?

    /// Makes an empty one.
    ///
    /// - Parameter genuine: what the segment with that path must be; nil where that is not known.
    public init(genuine: @escaping @Sendable (String) -> [UInt8]? = { _ in nil }) {
        self.genuine = genuine
    }

    /// Adds a peer, whose player begins to play.
    public func add(_ configuration: LivePeer.Configuration) throws {
        let peer = try LivePeer(configuration)
        let entry = Entry(peer: peer, player: HeadlessPlayer(peer.playerURL, genuine: genuine))
        content.withLock { content in
            content.entries[peer.peerID] = entry
            content.order.append(peer.peerID)
        }
    }

    /// Looks how the peers do; `members` tells it when they have answered.
    public func look() {
        let entries = content.withLock { content in content.order.compactMap { content.entries[$0] } }
        for entry in entries {
            entry.peer.status { [self] status in note(status, of: entry) }
        }
    }

    /// The peers when they were last looked at, in the order in which they came.
    public var members: [Member] {
        content.withLock { content in content.order.compactMap { content.members[$0] } }
    }

    /// Takes a peer away: in order, or without a word.
    public func remove(_ peerID: PeerID, vanishing: Bool) {
        let entry = content.withLock { content in
            content.order.removeAll { $0 == peerID }
            content.members[peerID] = nil
            return content.entries.removeValue(forKey: peerID)
        }
        entry?.player.stop()
        if vanishing { entry?.peer.vanish() } else { entry?.peer.stop() }
    }

    /// Takes all peers away.
    public func stop() {
        for peerID in content.withLock({ $0.order }) { remove(peerID, vanishing: false) }
    }

    private func note(_ status: PeerStatus, of entry: Entry) {
        let now = ContinuousClock.now
        content.withLock { content in
            let peerID = entry.peer.peerID
            guard content.entries[peerID] != nil else { return }
            let before = content.members[peerID]?.status
            let elapsed = content.looked[peerID].map { max((now - $0) / .seconds(1), 0.001) } ?? 1
            func speed(_ part: (PeerStatus) -> Int) -> Double {
                Double(part(status) - (before.map(part) ?? 0)) / elapsed
            }
            content.members[peerID] = Member(
                peerID: peerID,
                playerURL: entry.peer.playerURL,
                status: status,
                player: entry.player.report,
                speed: (speed(\.octetsFromPeers), speed(\.octetsFromSources))
            )
            content.looked[peerID] = now
        }
    }
}

extension [LiveSwarm.Member] {
    /// Which part of all octets of segments came from peers; 0 before there are any.
    public var offload: Double {
        let peers = reduce(0) { $0 + $1.status.octetsFromPeers }
        let sources = reduce(0) { $0 + $1.status.octetsFromSources }
        return peers + sources == 0 ? 0 : Double(peers) / Double(peers + sources)
    }

    /// All that is known, as JSON.
    public var json: String {
        func list(_ peers: [PeerID]) -> String { "[\(peers.map { "\"\($0)\"" }.joined(separator: ","))]" }
        func quoted(_ text: String) -> String {
            (try? JSONEncoder().encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
        }
        let members = map { member in
            """
            {"id":"\(member.peerID)","player":\(quoted(member.playerURL)),"mode":"\(member.status.mode.rawValue)",\
            "upstream":\(list(member.status.upstream)),"downstream":\(list(member.status.downstream)),\
            "ready":\(member.status.ready.count),"octetsFromPeers":\(member.status.octetsFromPeers),\
            "octetsFromSources":\(member.status.octetsFromSources),"octetsToPeers":\(member.status.octetsToPeers),\
            "stalls":\(member.status.stalls),"repairs":\(member.status.repairs),\
            "speedFromPeers":\(Int(member.speed.peers)),"speedFromSources":\(Int(member.speed.sources)),\
            "startup":\(member.player.startup.map { "\($0)" } ?? "null"),"segments":\(member.player.segments),\
            "missing":\(member.player.missing),"wrong":\(member.player.wrong),"playerStalls":\(member.player.stalls)}
            """
        }
        return "{\"offload\":\(offload),\"peers\":[\(members.joined(separator: ","))]}"
    }
}
