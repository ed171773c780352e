import RTMFP

/// Finds the key of each datagram of a capture, verifies and decodes it.
///
/// A session's keys are tried on packets with its session ID, those of matching addresses first, because session IDs
/// repeat between hosts and over time, and addresses change during a session. The default key is tried on everything
/// that those do not open: RIKeying and RHello Cookie Change are sent under it to session IDs (RFC 7016 §2.3.6, §2.3.8).
public final class PacketDecoder {
    private let defaultOpener = PacketOpener(.defaultSession)
    private var sessions: [UInt32: [SessionDirection]] = [:]
    private var paths = KnownPaths()
    private var searches: Int

    /// Keys that are tried for one session ID; a log that has more for it is none of programs that draw them.
    private static let mostForOneID = 2_000

    /// Prepares to decode what the default key and the sessions' of `keys` open.
    ///
    /// - Parameter searches: of how many datagrams that fail `DecodedPacket.verifiedPrefix` is found out, which takes
    ///   time.
    public init(keys: KeyLog? = nil, searches: Int = 0) {
        self.searches = searches
        var count = 0
        for logged in keys?.directions ?? [] {
            paths.note(logged.farAddress)
            let joined = sessions[logged.sessionID]?.first {
                $0.protection == logged.protection && $0.mode == logged.mode
            }
            if let joined {
                joined.join(logged)
            } else if (sessions[logged.sessionID]?.count ?? 0) < PacketDecoder.mostForOneID {
                sessions[logged.sessionID, default: []].append(SessionDirection(logged, number: count))
                count += 1
            }
        }
        for direction in sessions.values.joined() {
            for source in direction.sources {
                for destination in direction.destinations { paths.cover(source, destination) }
            }
        }
    }

    /// Decodes the next datagram of the capture; the order matters, for what is verified tells about later ones.
    public func decode(_ datagram: CapturedDatagram) -> DecodedPacket {
        guard datagram.payload.count >= 20, let sessionID = try? unscrambledSessionID(datagram.payload) else {
            return DecodedPacket(datagram: datagram, status: .notRTMFP)
        }
        var fault: String?
        let directions = sessions[sessionID] ?? []
        for direction in directions where direction.continues(datagram) {
            if case .success(let contents) = open(datagram, direction) {
                return DecodedPacket(datagram: datagram, sessionID: sessionID, status: .verified, contents: contents)
            }
        }
        for matches in [2, 1] {
            for direction in directions where direction.matches(datagram) == matches {
                switch open(datagram, direction) {
                case .success(let contents):
                    direction.verified(datagram)
                    return verified(datagram, sessionID, contents)
                case .failure(let failure):
                    if direction.covers(datagram) { fault = fault ?? failure.reason }
                }
            }
        }
        switch openUnderDefaultKey(datagram) {
        case .success(let contents): return verified(datagram, sessionID, contents)
        case .failure(let failure):
            // Octets that are all zero unscramble to the session ID of startup packets, too.
            if sessionID == 0, datagram.payload.contains(where: { $0 != 0 }) { fault = fault ?? failure.reason }
        }
        for direction in directions where direction.matches(datagram) == 0 {
            if case .success(let contents) = open(datagram, direction), contents.header.mode == direction.mode {
                return verified(datagram, sessionID, contents)
            }
        }
        let status = status(datagram, sessionID, fault)
        guard case .failed = status else {
            return DecodedPacket(datagram: datagram, sessionID: sessionID, status: status)
        }
        let prefix = verifiedPrefix(datagram, directions)
        return DecodedPacket(datagram: datagram, sessionID: sessionID, status: status, verifiedPrefix: prefix)
    }

    /// Datagrams longer than this are not searched for a packet that begins them; the work grows with their square.
    private static let longestSearched = 2_048

    /// The shortest part of a datagram, from its first octet on, that one of its keys opens.
    private func verifiedPrefix(_ datagram: CapturedDatagram, _ directions: [SessionDirection]) -> Int? {
        guard searches > 0, datagram.payload.count <= PacketDecoder.longestSearched else { return nil }
        searches -= 1
        let openers = directions.lazy.filter { $0.matches(datagram) > 0 }.prefix(4)
            .map { ($0.opener, $0.protection.verification) }
        for (opener, verification) in [(defaultOpener, .checksum)] + openers {
            let trailer = if case .hmac(_, let length) = verification { length } else { 0 }
            for end in stride(from: 4 + 16 + trailer, to: datagram.payload.count, by: 16) {
                guard let opened = try? opener.open(Array(datagram.payload.prefix(end))) else { continue }
                // A checksum of two octets is right by chance now and then; a packet that says something rarely is.
                let packet = try? Packet(opened.plain)
                if let packet, packet.header.mode != .forbidden, !packet.chunks.isEmpty,
                    packet.padding.allSatisfy({ $0 == 0xff })
                {
                    return end
                }
            }
        }
        return nil
    }

    private struct Failure: Error {
        var reason: String
    }

    private func status(_ datagram: CapturedDatagram, _ sessionID: UInt32, _ fault: String?) -> PacketStatus {
        if let fault { return .failed(fault) }
        if paths.covers(datagram.source, datagram.destination) {
            return .failed("the keys between these addresses do not open it (session ID \(hexadecimal(sessionID)))")
        }
        return paths.knows(datagram.source) || paths.knows(datagram.destination) ? .notCovered : .notRTMFP
    }

    private func verified(
        _ datagram: CapturedDatagram,
        _ sessionID: UInt32,
        _ contents: PacketContents
    ) -> DecodedPacket {
        paths.note(datagram.source)
        paths.note(datagram.destination)
        if contents.key == .session { paths.cover(datagram.source, datagram.destination) }
        return DecodedPacket(datagram: datagram, sessionID: sessionID, status: .verified, contents: contents)
    }

    private func open(_ datagram: CapturedDatagram, _ direction: SessionDirection) -> Result<PacketContents, Failure> {
        do {
            let opened = try direction.opener.open(datagram.payload)
            let length = if case .hmac(_, let length) = direction.protection.verification { length } else { 0 }
            return contents(
                opened,
                .session,
                direction.number,
                hmac: length > 0 ? datagram.payload.suffix(length) : nil
            )
        } catch {
            return .failure(Failure(reason: "\(error)"))
        }
    }

    /// Only startup packets are under the default key, so other modes are a checksum that is right by chance.
    private func openUnderDefaultKey(_ datagram: CapturedDatagram) -> Result<PacketContents, Failure> {
        do {
            let opened = try defaultOpener.open(datagram.payload)
            let contents = contents(opened, .default, nil, hmac: nil)
            if case .success(let found) = contents, found.header.mode != .startup {
                return .failure(Failure(reason: "the mode under the default key is not startup"))
            }
            return contents
        } catch {
            return .failure(Failure(reason: "\(error)"))
        }
    }

    private func contents(
        _ opened: OpenedPacket,
        _ key: PacketKey,
        _ direction: Int?,
        hmac: ArraySlice<UInt8>?
    ) -> Result<PacketContents, Failure> {
        var reader = ByteReader(opened.plain.span)
        do {
            let header = try PacketHeader(from: &reader)
            var chunks: [Packet.PlacedChunk] = []
            while let chunk = Packet.nextChunk(&reader) { chunks.append(chunk) }
            return .success(
                PacketContents(
                    key: key,
                    direction: direction,
                    proof: hmac.map { .hmac(Array($0)) } ?? .checksum(internetChecksum(opened.plain.span)),
                    sequenceNumber: opened.sequenceNumber,
                    plain: opened.plain,
                    header: header,
                    chunks: chunks,
                    padding: reader.remaining
                )
            )
        } catch {
            return .failure(Failure(reason: "header: \(error)"))
        }
    }
}

/// A session ID as its octets stand on the wire.
func hexadecimal(_ sessionID: UInt32) -> String {
    let digits = String(sessionID, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
}
