import Flash
import Links
import RTMFP

/// A case's dealings with a tracker: requests on one connection or many, and peers registered in whatever way there is.
final class TrackerProbe {
    let probe: Probe
    let site: TrackerSite
    /// Sessions by the ID of the peer that each one registers.
    private var sessions: [String: ProbeSession] = [:]
    private var conversations: [HTTPConversation] = []
    /// The connection for requests that do not care.
    private var usual: HTTPConversation?
    /// The names that this case has made up.
    private var names: Set<String> = []

    init(_ probe: Probe, site: TrackerSite) {
        self.probe = probe
        self.site = site
    }

    /// The time by the network's clock.
    var now: Instant { site.streams.now }

    // MARK: Requests

    /// A connection of the case's own.
    ///
    /// - Parameter local: the address to come from; nil for any.
    func connect(from local: SocketAddress? = nil) throws -> HTTPConversation {
        let stream: any ByteStream
        do {
            stream = try site.streams.connect(to: site.address, from: local, until: now + probe.timing.patience)
        } catch let error as LinkError {
            if case .unavailable = error {
                throw Lacking(reason: "it cannot be reached from \(local?.description ?? "here")")
            }
            throw Unmet(expected: "a connection to \(site.address)", actual: "\(error)")
        }
        let conversation = HTTPConversation(stream, probe: probe, authority: site.authority)
        conversations.append(conversation)
        return conversation
    }

    /// A connection that stays after an answer.
    ///
    /// - Throws: `Lacking` if the tracker says that it keeps none.
    func connectLastingly() throws -> HTTPConversation {
        let conversation = try connect()
        let answer = try given { try conversation.ask(.get("/get_peers", [("resourceID", "x"), ("size", "1")])) }
        guard answer.keepsConnection else { throw Lacking(reason: "it ends every connection after an answer") }
        return conversation
    }

    /// Asks on a connection that is used for nothing else.
    func askAlone(_ question: HTTPQuestion, from local: SocketAddress? = nil) throws -> HTTPAnswer {
        let conversation = try connect(from: local)
        defer { conversation.close() }
        return try conversation.ask(question)
    }

    /// Asks on whatever connection is open, or a new one.
    func ask(_ question: HTTPQuestion) throws -> HTTPAnswer {
        if let usual {
            usual.say(question)
            if let answer = try usual.nextAnswer(to: question.method) { return keep(answer, usual) }
            // It ended between two requests, as it may.
            usual.close()
        }
        let conversation = try connect()
        return keep(try conversation.ask(question), conversation)
    }

    /// A connection from the address that a peer has, if it is one that has connected: a tracker may let that one alone
    /// remove the peer.
    func connect(as peerID: String) throws -> HTTPConversation {
        try connect(from: sessions[peerID].map { SocketAddress($0.peer.localAddress.ip, port: 0) })
    }

    /// Asks as a peer does.
    func ask(_ question: HTTPQuestion, as peerID: String) throws -> HTTPAnswer {
        guard sessions[peerID] != nil else { return try ask(question) }
        let conversation = try connect(as: peerID)
        defer { conversation.close() }
        return try conversation.ask(question)
    }

    private func keep(_ answer: HTTPAnswer, _ conversation: HTTPConversation) -> HTTPAnswer {
        if answer.keepsConnection, !conversation.hasLeftover {
            usual = conversation
        } else {
            conversation.close()
            usual = nil
        }
        return answer
    }

    /// The answer to `GET /get_peers`.
    func getPeers(of resource: String, size: Int) throws -> HTTPAnswer {
        try ask(.get("/get_peers", [("resourceID", resource), ("size", "\(size)")]))
    }

    /// The peers that the tracker tells of a resource.
    ///
    /// - Throws: `Unmet` unless the answer is an array of strings.
    func peers(of resource: String, size: Int) throws -> [String] {
        try getPeers(of: resource, size: size).peers()
    }

    /// How many peers a resource has, as the tracker tells.
    ///
    /// - Throws: `Unmet` unless the answer is a number.
    func count(of resource: String) throws -> Int {
        try ask(.get("/get_total_count", [("resourceID", resource)])).count()
    }

    /// Has the tracker remove a peer, as a page that is closed does.
    @discardableResult
    func disconnect(_ peerID: String, from resource: String) throws -> HTTPAnswer {
        try ask(.post("/peer_disconnect", [("peer_id", peerID), ("app", resource)]), as: peerID)
    }

    // MARK: Names and peers

    /// A resource name that nobody else uses.
    func resource(_ suffix: String = "") -> String {
        let name = "\(RegistryLedger.prefix)\(site.mark)-\(hex(probe.octets(4)))-\(names.count + 1)\(suffix)"
        names.insert(name)
        return name
    }

    /// A peer ID that nobody has.
    func peerID() -> String { hex(probe.octets(32)) }

    /// How peers are registered here.
    var way: TrackerWay { probe.survey.way }

    /// Registers peers under a resource, in the way that there is; gives their IDs, newest first.
    ///
    /// What the case does not judge: it is blocked if they cannot be registered.
    func register(_ count: Int, under resource: String) throws -> [String] {
        var ids: [String] = []
        for _ in 0..<count {
            switch way {
            case .registry: ids.append(try registerByHand(peerID(), under: resource))
            case .sessions: ids.append(try given { try connectPeer(to: resource).id })
            case .blackBox: throw Lacking(reason: "peers cannot be registered")
            }
        }
        if way == .sessions, count > 0 { settle(resource, atLeast: count) }
        return ids.reversed()
    }

    /// Writes a peer into the registry.
    @discardableResult
    func registerByHand(_ peerID: String, under resource: String) throws -> String {
        guard let registry = site.registry else { throw Lacking(reason: "its registry may not be written to") }
        note("LPUSH \(resource) \(peerID.prefix(16))…")
        try registry.register(peerID, under: resource)
        return peerID
    }

    /// Takes a peer off its list, as the end of its session does.
    func unregister(_ peerID: String, from resource: String) throws {
        switch way {
        case .registry:
            note("LREM \(resource) 1 \(peerID.prefix(16))…")
            try site.registry?.unregister(peerID, from: resource)
        case .sessions:
            sessions.removeValue(forKey: peerID)?.takeLeave()
        case .blackBox: break
        }
    }

    /// Connects to the rendezvous with a resource name, in a session of its own.
    func connectPeer(to resource: String) throws -> (id: String, connection: Connection) {
        let session = try probe.openSomewhere()
        site.registry?.note(resource)
        let command = Command.connect(probe.target.uri, resource: resource)
        let (connection, answer) = try session.connect(command)
        let isPlain = resource.utf8.allSatisfy {
            $0 < 0x80
                && ($0 == 0x2d || Character(Unicode.Scalar($0)).isLetter
                    || Character(Unicode.Scalar($0)).isNumber)
        }
        if answer.name == "_error", !isPlain { throw Lacking(reason: "its rendezvous refuses such names") }
        try require(
            answer.name == "_result",
            expected: "a _result for connect with resource \(resource)",
            actual: "\(answer.name) with \(answer.code)"
        )
        let id = session.nearPeerID
        sessions[id] = session
        return (id, connection)
    }

    /// A rendezvous may take its time; what it is slow with, another case judges.
    private func settle(_ resource: String, atLeast count: Int) {
        let deadline = now + probe.timing.patience
        repeat {
            if let seen = try? self.count(of: resource), seen >= count { return }
            pause()
        } while now < deadline
    }

    /// Asks again and again, for a second and more, until `isSettled`; false if it never is.
    func eventually(_ isSettled: () throws -> Bool) throws -> Bool {
        let deadline = now + max(probe.timing.patience, .seconds(1))
        while try !isSettled() {
            guard now < deadline else { return false }
            pause()
        }
        return true
    }

    /// Lets a short time pass.
    func pause(_ interval: Interval = .milliseconds(50)) {
        try? site.streams.wait(until: now + interval)
    }

    func note(_ text: String) {
        probe.transcript.note(sent: true, text, at: now)
    }

    /// Ends what the case has opened, and takes away what it has written.
    func takeLeave() {
        conversations.forEach { $0.close() }
        usual = nil
        sessions.removeAll()
        // What is left because of a failure now goes when the run is over.
        try? site.registry?.restore(names)
    }
}
