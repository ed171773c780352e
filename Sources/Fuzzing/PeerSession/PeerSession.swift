import Flash
import HLSP2P
import RTMFP

/// A session of the peer under fuzz with a far end, as the far end sees it: what peer-protocol §2 says of streams is held
/// against the peer.
final class PeerSession {
    let entry: KeyLogEntry
    /// Who the far end is, and who the peer.
    private let far: PeerID
    private let near: PeerID
    private let sealer: PacketSealer
    private let opener: PacketOpener
    /// The last sequence number of each flow of the far end's.
    private var numbers: [UInt64: UInt64] = [:]
    /// What the far end has asked to play, by flow.
    private var asked: [UInt64: String] = [:]
    /// The peer's flows.
    private(set) var flows: [UInt64: SentMessages] = [:]
    /// Flows of the far end's that are at their end.
    private var ended: Set<UInt64> = []
    /// Whether the far end has closed the session.
    private var isClosed = false
    /// The latest request of the peer's, and its latest response that wants a confirm.
    private(set) var latestRequest: Envelope?
    private(set) var latestResponse: Envelope?
    /// How often the far end has asked under a number, and was not answered yet.
    private var requests: [Int: Int] = [:]
    /// Whether octets were sent as they are, which may ask for something as well.
    private var isTainted = false

    init(_ entry: KeyLogEntry, with far: PeerID, of near: PeerID) {
        self.entry = entry
        self.far = far
        self.near = near
        sealer = PacketSealer(entry.receiving)
        opener = PacketOpener(entry.sending)
    }

    // MARK: What the far end says.

    func datagram(_ chunks: [Chunk]) -> [UInt8] {
        let packet = Packet(PacketHeader(entry.role.other.mode, timestamp: 1), chunks)
        return sealer.seal(packet.encoded, to: entry.nearSessionID)
    }

    /// User Data of one message; with them a flow begins if there was none.
    func data(
        _ flow: UInt64,
        _ octets: [UInt8],
        metadata: [UInt8],
        association: UInt64? = nil,
        isFinal: Bool = false
    ) -> [Chunk] {
        let isNew = numbers[flow] == nil
        let number = (numbers[flow] ?? 0) + 1
        numbers[flow] = number
        var options: [Option] = [.value(type: FlowOption.metadata, metadata)]
        if let association {
            var value = ByteWriter()
            value.vlu(association)
            options.append(.value(type: FlowOption.returnAssociation, value.bytes))
        }
        let chunk = UserData(
            flags: UserDataFlags(final: isFinal),
            flowID: flow,
            sequenceNumber: number,
            fsnOffset: number,
            options: isNew ? options : nil,
            userData: octets
        )
        return [.userData(chunk)]
    }

    /// The far end asks to play.
    func asks(for name: String, on flow: UInt64) {
        asked[flow] = name
        isTainted = isTainted || numbers[flow] != nil
    }

    /// The far end asks for an operation.
    func asks(_ id: Int) { requests[id, default: 0] += 1 }

    /// The far end says what is not looked into.
    func taint() { isTainted = true }

    /// A flow of the far end's is at its end, and with it what it played there.
    func ends(_ flow: UInt64) { ended.insert(flow) }

    /// The far end closes the session.
    func closes() { isClosed = true }

    // MARK: What the peer says.

    func opened(_ datagram: [UInt8]) -> Packet? {
        (try? opener.open(datagram)).flatMap { try? Packet($0.plain) }
    }

    func check(_ packet: Packet) throws {
        var preceding: (flow: UInt64, number: UInt64)?
        for chunk in packet.chunks {
            switch chunk {
            case .userData(let data):
                preceding = (data.flowID, data.sequenceNumber)
                try check(data.flowID, data.sequenceNumber, data.flags, data.userData, data.options ?? [])
            case .nextUserData(let data):
                guard let (flow, number) = preceding else { continue }
                preceding = (flow, number + 1)
                try check(flow, number + 1, data.flags, data.userData, data.options ?? [])
            case .flowExceptionReport(let report): ends(report.flowID)
            default: break
            }
        }
    }

    private func check(
        _ flow: UInt64,
        _ number: UInt64,
        _ flags: UserDataFlags,
        _ data: [UInt8],
        _ options: [Option]
    ) throws {
        let messages = flows[flow, default: SentMessages()].take(number, flags, data, options)
        for message in messages { try check(message, flows[flow]?.association) }
    }

    private func check(_ message: Message, _ association: UInt64?) throws {
        let name = association.flatMap { asked[$0] }
        if let command = try? Command(decoding: message), command.name == "onStatus",
            let value = command.arguments.first,
            Status(value)?.code == "NetStream.Play.Start", !isTainted
        {
            try require(name == near.description || name == far.description, "somebody plays what is not for it")
        } else if case .success(let envelope) = Envelope.reading(message) {
            try checkEnvelope(envelope, on: name)
        }
    }

    private func checkEnvelope(_ envelope: Envelope, on name: String?) throws {
        switch envelope.kind {
        case .request: latestRequest = envelope
        case .response(_, let wantsConfirm): if wantsConfirm { latestResponse = envelope }
        case .confirm: break
        }
        guard !isTainted else { return }
        try require(name == far.description, "a message goes out on a stream that is not for the far end")
        guard case .response(let id, _) = envelope.kind, id != Envelope.unsolicited else { return }
        let count = requests[id] ?? 0
        try require(count > 0, "\(envelope.subtype) answers what was not asked, or again")
        requests[id] = count - 1
    }

    /// Whether the far end may be taken for ready.
    var mayBeReady: Bool {
        !isClosed && (isTainted || asked.contains { $0.value == far.description && !ended.contains($0.key) })
    }
}
