import Flash
import HLSP2P
import RTMFP

/// The scenes that bodies build on. Where one does not come about, the case is blocked.
extension Stage {
    /// The peer under test sets out, and registers, unless it is there already.
    func begin() throws {
        guard acquaintance == nil else { return }
        try given {
            try start()
            try wait(until: "that the peer registers at the rendezvous", within: patience) { subjectID != nil }
        }
    }

    /// The peer has nobody to ask, and has segments from the origin: the numbers of those that it holds.
    ///
    /// - Parameter count: how many, at least.
    func cached(_ count: Int = 2) throws -> [Int] {
        try begin()
        return try given {
            try wait(
                until: "that the peer loads segments from the origin",
                within: .seconds(30) + .seconds(2) * Double(count)
            ) { Set(segmentRequests.map(\.number)).count > count }
            // The answer to the last request has to arrive.
            try pass(.milliseconds(300))
            return held
        }
    }

    /// The segments that the peer has loaded, in order; without the first, which nobody needs to cache.
    var held: [Int] {
        var numbers: [Int] = []
        for (_, number) in segmentRequests where !numbers.contains(number) { numbers.append(number) }
        return Array(numbers.dropFirst()).sorted()
    }

    /// A puppet that has a session with the peer, and streams in both directions.
    func guest(_ name: String? = nil, _ manner: Manner = .idle) throws -> Puppet {
        let puppet = try puppet(name, manner)
        try meet(puppet)
        return puppet
    }

    /// Has a puppet open a session with the peer, with streams in both directions.
    func meet(_ puppet: Puppet) throws {
        try given {
            puppet.seek()
            try wait(until: "that the streams with \(puppet.name) are up", within: .seconds(8)) { puppet.isReady }
        }
    }

    /// The peer holds segments, and waits for the next one, which the origin keeps back.
    ///
    /// - Returns: that one's number.
    func loading() throws -> Int {
        let stuck = (try cached().last ?? 0) + 1
        web.reply { StageOrigin.number(of: $0.path) == stuck ? .silence : .right }
        try given {
            try wait(until: "a request for segment \(stuck)", within: .seconds(10)) { requested(stuck) != nil }
        }
        return stuck
    }

    /// The usual opening of cases about answers: the peer holds segments, and a puppet asks it.
    func questioner(_ manner: Manner = .idle) throws -> (puppet: Puppet, held: [Int]) {
        let held = try cached()
        return (try guest("P", manner), held)
    }

    /// Puppets that the tracker will name.
    func candidates(_ count: Int, _ manner: Manner = Manner()) throws -> [Puppet] {
        let new = try (0..<count).map { _ in
            let puppet = try puppet("U\(puppets.count)", manner)
            puppet.register()
            return puppet
        }
        try given {
            try wait(until: "that the puppets are registered") { new.allSatisfy(\.isRegistered) }
        }
        return new
    }

    /// As many puppets as the peer wants feed it.
    func fed(_ manner: Manner = Manner(), _ prepare: ([Puppet]) -> Void = { _ in }) throws -> [Puppet] {
        let upstream = try candidates(peerCount, manner)
        prepare(upstream)
        web.name(upstream.map(\.id.description))
        try begin()
        try feeding(upstream)
        return upstream
    }

    /// Waits until all of them push.
    func feeding(_ upstream: [Puppet], within patience: Interval = .seconds(30)) throws {
        try given {
            try wait(until: "that the peer is fed by \(upstream.count) puppets", within: patience) {
                upstream.allSatisfy { $0.feeding.isOn }
            }
        }
    }
}

// MARK: Exchanges.

extension Puppet {
    /// Waits for the response to a request.
    @discardableResult
    func response(to id: Int, within patience: Interval = Stage.promptly, _ what: String = "an answer") throws
        -> PeerWord
    {
        try stage.wait("\(what) to request \(id)", within: patience, otherwise: { self.latest }) {
            words.last { $0.answers(id) }
        }
    }

    /// What the peer has said last, for people.
    var latest: String? { words.last.map { "\(words.count) messages, the last: \($0.summary)" } ?? "silence" }

    /// Waits for the confirm of a push or response of this puppet.
    @discardableResult
    func confirm(of id: Int, within patience: Interval = Stage.promptly) throws -> PeerWord {
        try stage.wait("a confirm of \(id)", within: patience, otherwise: { self.latest }) {
            words.first { $0.kind == .confirm(of: id) }
        }
    }

    /// Asks for an answer that comes at once, so that all that came before has been processed.
    @discardableResult
    func ping(_ pingID: Int = 7) throws -> PeerWord {
        let id = ask(.ping(pingID: .int(pingID), externalID: .null))
        return try response(to: id, "a ping’s answer")
    }

    /// Has the peer push it a slice of all segments after one.
    func beFed(after number: Int, _ slice: Assignment) throws {
        let id = ask(.goPushMode2(uri: stage.segmentURL(number), slice, externalID: .string("R")))
        try given { try response(to: id) }
    }

    /// What the peer has pushed.
    var pushed: [PeerWord] { words.filter { $0.kind == .push && $0.subtype == "pushPiece" } }
    var pushErrors: [PeerWord] { words.filter { $0.kind == .push && $0.subtype == "pushPieceError" } }

    /// The requests of an operation.
    func requests(_ subtype: String) -> [PeerWord] { words.filter { $0.isRequest && $0.subtype == subtype } }

    /// Waits for a request.
    @discardableResult
    func request(_ subtype: String, within patience: Interval, after count: Int = 0) throws -> PeerWord {
        try stage.wait("\(subtype)", within: patience, otherwise: { self.latest }) {
            let all = requests(subtype)
            return all.count > count ? all[count] : nil
        }
    }
}

extension PeerWord {
    /// The number of the segment that it is about.
    var segment: Int? { uri.flatMap { StageOrigin.number(of: "/" + $0.chunkPath) } }

    /// Fails unless a member is what it should be, a number in whichever form.
    func require(_ name: String, is expected: AMF3Value) throws {
        let actual = self[name]
        let isSame = actual == expected || (actual?.whole != nil && actual?.whole == expected.whole)
        guard isSame else {
            throw Unmet(
                expected: "\(subtype) with \(name) = \(expected.short)",
                actual: actual.map { "\(name) = \($0.short)" } ?? "no \(name)"
            )
        }
    }
}
