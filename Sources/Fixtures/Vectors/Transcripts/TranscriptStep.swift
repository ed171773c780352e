internal import RTMFP

/// A step of a transcript of datagrams: an end does something by itself, or says something.
enum TranscriptStep {
    /// What its user has an end do.
    enum Act: Equatable {
        /// Begins to open a session with whoever the discriminator selects, at all of the addresses.
        case open(to: [SocketAddress], discriminator: [UInt8])
        /// Opens a flow with `metadata` on a session, and closes it after one message.
        case write(session: Int, metadata: [UInt8], message: [UInt8])
        case ping(session: Int, message: [UInt8])
        /// Closes a session in an orderly fashion.
        case close(session: Int)
        /// Closes a session abruptly.
        case abort(session: Int)
        /// Has another address from now on.
        case move(to: SocketAddress)
    }

    /// A datagram on its way.
    struct Said {
        var from: String
        var source: SocketAddress
        /// Who is at the destination; nil if nobody is.
        var to: String?
        var destination: SocketAddress
        var datagram: [UInt8]
        /// When it arrives, in milliseconds: never, once or several times.
        var arrivals: [Int]
    }

    /// Milliseconds since the transcript began.
    typealias Time = Int

    case act(at: Time, end: String, Act)
    case said(at: Time, Said)

    /// When it happens.
    var at: Time {
        switch self {
        case .act(let at, _, _), .said(let at, _): at
        }
    }

    /// The longest that a transcript may take.
    static let longest: Time = 600_000

    init(_ fields: VectorFields) throws(VectorFormatError) {
        let at = try fields.time("at")
        guard fields["act"] != nil else {
            let said = Said(
                from: try fields.string("from"),
                source: try fields.socketAddress("source"),
                to: fields["to"] == .null ? nil : try fields.string("to"),
                destination: try fields.socketAddress("destination"),
                datagram: try fields.octets("datagram"),
                arrivals: try fields.list("arrivals") { value throws(VectorFormatError) in
                    guard case .integer(let arrival) = value, (at...TranscriptStep.longest).contains(arrival) else {
                        throw VectorFormatError("\(fields.place)/arrivals", "are not times after the step's")
                    }
                    return arrival
                }
            )
            self = .said(at: at, said)
            return
        }
        self = .act(at: at, end: try fields.string("end"), try Act(fields))
    }

    /// The step in the vectors' notation.
    var document: JSONValue {
        switch self {
        case .act(let at, let end, let act):
            .object(act.members.merging(["at": .integer(at), "end": .string(end)]) { first, _ in first })
        case .said(let at, let said):
            .object([
                "at": .integer(at), "from": .string(said.from), "source": .string(said.source.description),
                "to": .optional(said.to, JSONValue.string), "destination": .string(said.destination.description),
                "datagram": .hex(said.datagram), "arrivals": .array(said.arrivals.map(JSONValue.integer)),
            ])
        }
    }
}

extension TranscriptStep.Act {
    init(_ fields: VectorFields) throws(VectorFormatError) {
        switch try fields.string("act") {
        case "open":
            let addresses = try fields.list("addresses") { value throws(VectorFormatError) in
                try SocketAddress(value, fields.place)
            }
            self = .open(to: addresses, discriminator: try fields.octets("discriminator"))
        case "write":
            self = .write(
                session: try fields.integer("session"),
                metadata: try fields.octets("metadata"),
                message: try fields.octets("message")
            )
        case "ping": self = .ping(session: try fields.integer("session"), message: try fields.octets("message"))
        case "close": self = .close(session: try fields.integer("session"))
        case "abort": self = .abort(session: try fields.integer("session"))
        case "move": self = .move(to: try fields.socketAddress("address"))
        default: throw VectorFormatError("\(fields.place)/act", "is nothing that an end does")
        }
    }

    /// The act's own members in the vectors' notation.
    var members: [String: JSONValue] {
        switch self {
        case .open(let addresses, let discriminator):
            [
                "act": "open", "addresses": .array(addresses.map { .string($0.description) }),
                "discriminator": .hex(discriminator),
            ]
        case .write(let session, let metadata, let message):
            ["act": "write", "session": .integer(session), "metadata": .hex(metadata), "message": .hex(message)]
        case .ping(let session, let message):
            ["act": "ping", "session": .integer(session), "message": .hex(message)]
        case .close(let session): ["act": "close", "session": .integer(session)]
        case .abort(let session): ["act": "abort", "session": .integer(session)]
        case .move(let address): ["act": "move", "address": .string(address.description)]
        }
    }
}

extension VectorFields {
    /// Milliseconds since a transcript began.
    func time(_ name: String) throws(VectorFormatError) -> TranscriptStep.Time {
        let time: Int = try integer(name)
        guard (0...TranscriptStep.longest).contains(time) else {
            throw VectorFormatError("\(place)/\(name)", "is not a time within ten minutes")
        }
        return time
    }
}
