import Links
import RTMFP

/// One address of the checker: a link, the keys of the sessions opened from it, and what it has heard.
///
/// Everything that it sends and hears goes to the case's transcript.
final class Peer {
    private let link: any Link
    /// Where it sends to; nil until a client has come to it.
    private(set) var far: SocketAddress?
    private let timing: Timing
    private let transcript: Transcript
    private let endOfBudget: Instant
    private let defaultOpener = PacketOpener(.defaultSession)
    private let defaultSealer = PacketSealer(.defaultSession)
    private var sessions: [UInt32: PacketOpener] = [:]
    private var ears: [UInt32: (Heard, Int) -> Void] = [:]
    /// All that has come, in order.
    private(set) var heard: [Heard] = []
    /// What was waited for, to tell asked-for packets from others; a repeated question can be answered twice.
    private var expectations: [(Heard) -> Bool] = []
    /// More than any case needs: a target that talks without end must not fill the memory.
    private static let mostHeard = 10_000

    init(link: any Link, far: SocketAddress?, probe: Probe) {
        self.link = link
        self.far = far
        timing = probe.timing
        transcript = probe.transcript
        endOfBudget = probe.endOfBudget(link.now)
    }

    /// Gives the address back.
    func close() {
        link.close()
    }

    /// From now on, sends to `address`.
    func turn(to address: SocketAddress) {
        far = address
    }

    /// The address that the link is bound to.
    var localAddress: SocketAddress { link.localAddress }

    /// The time on this peer's clock, real or virtual.
    var now: Instant { link.now }

    /// The low 16 bits of this peer's clock in ticks of 4 ms (RFC 7016 §2.2.4).
    var timestamp: UInt16 {
        UInt16(truncatingIfNeeded: now.nanoseconds / 4_000_000)
    }

    /// From now on, packets to `sessionID` are opened with `protection` as well.
    func listen(to sessionID: UInt32, _ protection: PacketProtection) {
        sessions[sessionID] = PacketOpener(protection)
    }

    /// From now on, `ear` is told each packet to `sessionID` under the session's key, and its index in `heard`.
    func attend(to sessionID: UInt32, _ ear: @escaping (Heard, Int) -> Void) {
        ears[sessionID] = ear
    }

    /// Sends chunks in a startup packet under the Default Session Key.
    func say(_ chunks: [Chunk], header: PacketHeader? = nil, to sessionID: UInt32 = 0) throws {
        try say(Packet(header ?? PacketHeader(.startup, timestamp: timestamp), chunks), to: sessionID)
    }

    /// Sends any packet under the Default Session Key.
    func say(_ packet: Packet, to sessionID: UInt32 = 0, fault: SealingFault = []) throws {
        let datagram = defaultSealer.seal(packet.encoded, to: sessionID, fault: fault)
        try say(datagram, "\(hexadecimal(sessionID)) \(summary(packet))")
    }

    /// Sends any octets as a datagram; `text` describes them in the transcript.
    func say(_ datagram: [UInt8], _ text: String) throws {
        guard let far else { throw Inconclusive(reason: "nobody has come to \(localAddress) yet") }
        transcript.note(sent: true, text, at: now)
        try link.send(datagram, to: far)
    }

    /// Waits for a datagram until `deadline`; nil if none came.
    ///
    /// - Throws: `Inconclusive` when the case's time or memory is used up.
    func hear(until deadline: Instant) throws -> Heard? {
        guard now < endOfBudget, heard.count < Peer.mostHeard else {
            throw Inconclusive(reason: "the case took more time, or the target sent more, than a case may")
        }
        guard let datagram = try link.receive(until: min(deadline, endOfBudget)) else { return nil }
        let heard = interpret(datagram)
        self.heard.append(heard)
        transcript.note(sent: false, heard.summary, at: heard.at)
        if case .sessionKey = heard.protection { ears[heard.sessionID]?(heard, self.heard.count - 1) }
        return heard
    }

    /// Lets time pass, whatever comes meanwhile.
    func wait(_ interval: Interval) throws {
        let end = now + interval
        while try hear(until: end) != nil {}
    }

    /// Waits for a datagram for which `match` has a value.
    ///
    /// - Parameters:
    ///   - expected: what the specification demands, for the failure.
    ///   - patience: how long to wait; nil for the run's patience.
    ///   - start: the index into `heard` from which to look; nil for what comes from now on.
    /// - Throws: `Unmet` if none came in time.
    func expect<T>(
        _ expected: String,
        within patience: Interval? = nil,
        from start: Int? = nil,
        _ match: @escaping (Heard) throws -> T?
    ) throws -> T {
        expectations.append { heard in (try? match(heard)).flatMap(\.self) != nil }
        let start = min(start ?? heard.count, heard.count)
        for earlier in heard[start...] {
            if let value = try match(earlier) { return value }
        }
        let deadline = now + (patience ?? timing.patience)
        while let next = try hear(until: deadline) {
            if let value = try match(next) { return value }
        }
        let seen = heard[start...].suffix(4).map(\.summary).joined(separator: "; ")
        throw Unmet(expected: expected, actual: seen.isEmpty ? "nothing was sent" : seen)
    }

    /// Says something up to three times until a datagram comes for which `match` has a value.
    ///
    /// Only for things that a correct target answers each time, so that a lost datagram decides nothing.
    func ask<T>(_ expected: String, saying: () throws -> Void, _ match: @escaping (Heard) throws -> T?) throws -> T {
        let start = heard.count
        for _ in 1...2 {
            try saying()
            do {
                return try expect(expected, from: start, match)
            } catch is Unmet {
                continue
            }
        }
        try saying()
        return try expect(expected, from: start, match)
    }

    /// What has come since `mark` that nobody waited for, including what waits at the link.
    func unexpected(since mark: Int) throws -> [Heard] {
        while try hear(until: now) != nil {}
        return heard[min(mark, heard.count)...].flatMap(\.answersApart).filter { heard in
            !expectations.contains { $0(heard) }
        }
    }

    /// Whether a packet holds nothing but startup chunks that came before.
    func isRepetition(_ heard: Heard) -> Bool {
        let earlier = self.heard.prefix { $0.at != heard.at || $0.datagram != heard.datagram }
        return !heard.chunks.isEmpty
            && heard.chunks.allSatisfy { chunk in
                (ChunkType(rawValue: chunk.type)?.isStartup ?? false)
                    && earlier.contains { $0.chunks.contains(chunk) && $0.sessionID == heard.sessionID }
            }
    }

    private func interpret(_ datagram: ReceivedDatagram) -> Heard {
        var sessionID: UInt32 = 0
        let content: Heard.Content
        do {
            sessionID = try unscrambledSessionID(datagram.bytes)
            content = try open(datagram.bytes, sessionID)
        } catch {
            content = .undecodable("\(error)")
        }
        return Heard(
            at: datagram.at,
            far: datagram.far,
            sessionID: sessionID,
            datagram: datagram.bytes,
            content: content
        )
    }

    private func open(_ datagram: [UInt8], _ sessionID: UInt32) throws -> Heard.Content {
        if let opener = sessions[sessionID], let opened = try? opener.open(datagram) {
            return .packet(try Packet(opened.plain), .sessionKey(sequenceNumber: opened.sequenceNumber))
        }
        return .packet(try Packet(defaultOpener.open(datagram).plain), .defaultKey)
    }
}
