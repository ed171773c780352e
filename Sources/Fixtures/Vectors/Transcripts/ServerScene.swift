internal import Flash
internal import HLSP2P
internal import RTMFP

/// Makes transcripts of servers: clients say what they are told to say, and what has to come of it is written beside it.
final class ServerScene {
    /// On which flow a client says something.
    enum Channel: Hashable {
        /// Its control flow.
        case control
        /// A flow for a stream, in return to the server's control flow.
        case stream(UInt32)
    }

    private let player: ServerPlayer
    private let role: ServerTranscript.Role
    private let ends: [PeerTranscript.End]
    private var demands: [ServerDemand] = []
    private var now: TranscriptStep.Time = 0
    private var flows: [String: [Channel: Int]] = [:]
    private var transactions: [String: Double] = [:]
    private var requests = 0
    /// The number of the last step of a client's.
    private var last = 0

    /// How long clients leave between two steps.
    static let pause: TranscriptStep.Time = 400
    /// How long a registry has for what it is told (tracker-protocol §5), which no answer waits for.
    static let settling: TranscriptStep.Time = 1_000
    /// The resource that clients mostly name.
    static let film = "film"
    static let url = "rtmfp://rendezvous.example"

    /// - Parameter twins: clients that have the certificate of the first one.
    init(_ clients: [String], twins: Set<String> = []) throws {
        func certificate(_ name: String, isServer: Bool = false) throws -> [UInt8] {
            var random = SeededGenerator(seed: 7425, name: name)
            return try Identity.ephemeral(groups: [.modp1024], acceptsAncillaryData: isServer, using: &random)
                .certificate.encoded
        }
        role = ServerTranscript.Role(
            address: SocketAddress(.v4(0xc000_0250), port: 1_935),
            certificate: try certificate("server", isServer: true)
        )
        ends = try clients.enumerated().map { number, name in
            PeerTranscript.End(
                name: name,
                address: SocketAddress(.v4(0xc000_0201 + UInt32(number)), port: 40_001 + UInt16(number)),
                certificate: try certificate(twins.contains(name) ? clients[0] : name)
            )
        }
        player = try ServerPlayer(role, ends)
    }

    /// What was said, and what had to come of it.
    func transcript() throws -> ServerTranscript {
        try wait(ServerScene.pause)
        return ServerTranscript(role: role, ends: ends, steps: player.steps, demands: demands)
    }

    /// Lets time pass.
    func wait(_ milliseconds: Int) throws {
        now += milliseconds
        try player.advance(to: now)
    }

    /// Lets somebody who has gone be taken off the lists.
    func settle() throws { try wait(ServerScene.settling) }

    /// A client does something.
    func perform(_ input: ServerStep.Input, by end: String) throws {
        try wait(ServerScene.pause)
        last = player.steps.count
        try player.receive(input, from: end)
    }

    /// What the server has to do towards a client because of the last step: so often, and as told.
    func expect(
        _ end: String,
        _ kind: [String: JSONValue],
        _ content: [String: JSONValue],
        least: Int = 1,
        most: Int? = nil,
        _ section: String
    ) {
        demands.append(
            ServerDemand(
                after: last,
                end: end,
                kind: kind,
                content: content,
                least: least,
                most: most,
                section: section
            )
        )
    }

    /// The same, once at least, whatever it says besides.
    func expect(_ end: String, _ kind: [String: JSONValue], _ section: String) {
        expect(end, kind, [:], section)
    }

    /// The server must not do it.
    func forbid(_ end: String, _ kind: [String: JSONValue], _ section: String) {
        expect(end, kind, [:], least: 0, most: 0, section)
    }

    /// The address of an end.
    func address(of end: String) -> SocketAddress {
        ends.first { $0.name == end }?.address ?? role.address
    }

    /// The ID of an end.
    func id(of end: String) throws -> PeerID {
        guard let certificate = ends.first(where: { $0.name == end })?.certificate,
            let id = PeerID(try Certificate(certificate).fingerprint)
        else { throw VectorFormatError("/ends", "has nobody called \(end)") }
        return id
    }

    /// A client says something, on a flow that begins with it unless it has begun.
    func say(_ message: [UInt8], on channel: Channel = .control, by end: String) throws {
        var opening: PeerStep.Opening?
        if flows[end]?[channel] == nil {
            flows[end, default: [:]][channel] = player.nextFlow
            switch channel {
            case .control: opening = PeerStep.Opening(metadata: FlowMetadata(streamID: 0).encoded)
            case .stream(let id):
                opening = PeerStep.Opening(
                    metadata: FlowMetadata(streamID: id).encoded,
                    association: player.control(of: end)
                )
            }
        }
        try perform(.act(.message(flow: flows[end]?[channel] ?? 0, opening, message)), by: end)
    }

    /// A client calls the server; gives back the transaction ID.
    @discardableResult
    func call(
        _ name: String,
        object: AMF0Value = .null,
        _ arguments: [AMF0Value] = [],
        by end: String
    ) throws -> Double {
        transactions[end, default: 0] += 1
        let id = transactions[end, default: 1]
        try say(
            Command(name, transactionID: id, object: object, arguments).message().encoded,
            by: end
        )
        return id
    }

    /// Somebody asks the tracker something; gives back the number of the request.
    @discardableResult
    func ask(_ method: String, _ target: String, _ body: String = "", by end: String) throws -> Int {
        defer { requests += 1 }
        let fields =
            body.isEmpty ? [] : [HTTPField("Content-Type", "application/x-www-form-urlencoded")]
        try perform(
            .request(
                ServerStep.Request(id: requests, method: method, target: target, fields: fields, body: body)
            ),
            by: end
        )
        return requests
    }

    /// The server's control flow towards a client.
    func control(of end: String) throws -> Int {
        guard let flow = player.control(of: end) else { throw VectorFormatError("/steps", "have no such flow") }
        return flow
    }

    /// The flow on which a client says something.
    func flow(_ channel: Channel, of end: String) throws -> Int {
        guard let flow = flows[end]?[channel] else { throw VectorFormatError("/steps", "have no such flow") }
        return flow
    }
}
