import Capture
import RTMFP

/// Writes a script as it would have happened: with timestamps, keys and acknowledgements that fit.
struct ScriptWriter {
    /// Who takes part.
    enum Party: Int {
        case server = 1
        case viewer
        case peer

        /// Where it is.
        var address: SocketAddress {
            SocketAddress(.v4(0x0a00_0000 + UInt32(rawValue)), port: UInt16(40_000 + rawValue))
        }

        /// Its clock, in ticks of 4 ms; each party's has an origin of its own.
        func timestamp(at time: Instant) -> UInt16 {
            UInt16(truncatingIfNeeded: time.nanoseconds / 4_000_000 + Int64(rawValue) * 10_000)
        }
    }

    /// A session between two parties.
    struct Session {
        var initiator: Party
        var responder: Party
        var initiatorSessionID: UInt32
        var responderSessionID: UInt32
        /// The number of the direction from the initiator; the one back is the next.
        var direction: Int

        /// Where packets of a party go.
        func far(of party: Party) -> Party { party == initiator ? responder : initiator }
    }

    private(set) var script = Script()
    /// When the next packet is sent.
    var now = Instant.origin + .seconds(1_000)

    /// How long packets take; the recording is made where they are sent from.
    private static let delay = Interval.milliseconds(-4)

    /// Sends a packet under the default key.
    mutating func startup(_ party: Party, to other: Party, session: UInt32 = 0, after: Double = 10, _ chunks: Chunk...)
    {
        now = now + .milliseconds(after)
        let header = PacketHeader(.startup, timestamp: party.timestamp(at: now))
        add(party, to: other, session, nil, Packet(header, chunks))
    }

    /// Sends a packet under the default key in fragments, one in 60 ms.
    mutating func startupInFragments(_ party: Party, to other: Party, packetID: UInt64, of length: Int, _ chunk: Chunk)
    {
        let octets = Packet(PacketHeader(.startup), [chunk]).encoded
        for (number, start) in stride(from: 0, to: octets.count, by: length).enumerated() {
            let fragment = PacketFragment(
                moreFragments: start + length < octets.count,
                packetID: packetID,
                fragmentNumber: UInt64(number),
                packetFragment: Array(octets[start..<min(start + length, octets.count)])
            )
            startup(party, to: other, after: 60, .packetFragment(fragment))
        }
    }

    /// Notes the keys of a session whose startup was written.
    mutating func open(
        from initiator: Party,
        to responder: Party,
        _ initiatorSessionID: UInt32,
        _ responderSessionID: UInt32,
        hasNumbers: Bool
    ) -> Session {
        let session = Session(
            initiator: initiator,
            responder: responder,
            initiatorSessionID: initiatorSessionID,
            responderSessionID: responderSessionID,
            direction: script.directions.count
        )
        for (mode, far, sessionID) in [
            (PacketMode.initiator, responder, responderSessionID), (.responder, initiator, initiatorSessionID),
        ] {
            let seed = UInt8(truncatingIfNeeded: script.directions.count + 1)
            let secret = [UInt8](repeating: seed, count: 32)
            script.directions.append(
                LoggedDirection(
                    sessionID: sessionID,
                    travel: .sent,
                    farAddress: far.address,
                    mode: mode,
                    protection: PacketProtection(
                        key: SHA256.hash(secret),
                        verification: hasNumbers ? .hmac(key: secret, length: 16) : .checksum,
                        sequenceNumbers: hasNumbers
                    )
                )
            )
        }
        return session
    }

    /// Sends a packet in a session.
    mutating func say(
        _ party: Party,
        in session: Session,
        after: Double = 20,
        timeCritical: Bool = false,
        hasTimestamp: Bool = true,
        _ chunks: Chunk...
    ) {
        now = now + .milliseconds(after)
        let other = session.far(of: party)
        let isInitiator = party == session.initiator
        var header = PacketHeader(isInitiator ? .initiator : .responder)
        header.timeCritical = timeCritical
        if hasTimestamp {
            header.timestamp = party.timestamp(at: now)
            header.timestampEcho = other.timestamp(at: now + ScriptWriter.delay)
        }
        let sessionID = isInitiator ? session.responderSessionID : session.initiatorSessionID
        add(party, to: other, sessionID, session.direction + (isInitiator ? 0 : 1), Packet(header, chunks))
    }

    private mutating func add(
        _ party: Party,
        to other: Party,
        _ sessionID: UInt32,
        _ direction: Int?,
        _ packet: Packet
    ) {
        script.entries.append(
            Script.Entry(
                time: now,
                source: party.address,
                destination: other.address,
                sessionID: sessionID,
                direction: direction,
                packet: packet
            )
        )
    }
}
