import RTMFP
import Synchronization

/// How saboteurs meddle with what is said about flows.
extension Fault {
    /// Replaces the chunks of session packets that are received.
    mutating func rewritesReceived(_ rewrite: @escaping @Sendable (Chunk, IncomingPacket) -> [Chunk]) {
        let earlier = receive
        receive = { packet in
            guard var packet = earlier(packet) else { return nil }
            guard packet.key == .session else { return packet }
            packet.packet.chunks = packet.packet.chunks.flatMap { rewrite($0, packet) }
            return packet
        }
    }

    /// Changes the fragments that are received, all as User Data; those for which `rewrite` is false are dropped.
    mutating func rewritesDataReceived(_ rewrite: @escaping @Sendable (inout UserData, IncomingPacket) -> Bool) {
        let earlier = receive
        receive = { packet in
            guard var packet = earlier(packet) else { return nil }
            packet.packet.chunks = packet.packet.chunks.plainUserData.flatMap { chunk -> [Chunk] in
                guard case .userData(var data) = chunk else { return [chunk] }
                return rewrite(&data, packet) ? [.userData(data)] : []
            }
            return packet
        }
    }

    /// Replaces the chunks of session packets that are sent.
    mutating func rewritesSent(_ rewrite: @escaping @Sendable (Chunk, OutgoingPacket) -> [Chunk]) {
        changesSent { packet in
            guard packet.key == .session else { return }
            packet.packet.chunks = packet.packet.chunks.flatMap { rewrite($0, packet) }
        }
    }

    /// Changes the fragments that are sent, all as User Data; those for which `rewrite` is false are dropped.
    mutating func rewritesDataSent(_ rewrite: @escaping @Sendable (inout UserData, OutgoingPacket) -> Bool) {
        changesSent { packet in
            guard packet.key == .session else { return }
            packet.packet.chunks = packet.packet.chunks.plainUserData.flatMap { chunk -> [Chunk] in
                guard case .userData(var data) = chunk else { return [chunk] }
                return rewrite(&data, packet) ? [.userData(data)] : []
            }
        }
    }

    /// Changes the acknowledgements that are sent.
    mutating func rewritesAcknowledgementsSent(
        _ rewrite: @escaping @Sendable (inout RangeAcknowledgement, OutgoingPacket) -> Void
    ) {
        rewritesSent { chunk, packet in
            guard let correct = chunk.acknowledgement else { return [chunk] }
            var changed = correct
            rewrite(&changed, packet)
            if case .bitmapAcknowledgement = chunk { return [.bitmapAcknowledgement(changed.asBitmap)] }
            return [.rangeAcknowledgement(changed)]
        }
    }

    /// Drops fragments that are sent for the second time, where `isDropped` holds.
    mutating func dropsRepetitions(_ isDropped: @escaping @Sendable (UserData) -> Bool = { _ in true }) {
        rewritesDataSent { [memory] data, packet in
            memory.isNew(packet.name(of: data)) || !isDropped(data)
        }
    }

    /// Sends acknowledgements 200 ms late where the packet that they answer is as `isMeant` says.
    mutating func delaysAcknowledgements(after isMeant: @escaping @Sendable (IncomingPacket) -> Bool) {
        let memory = memory
        changesReceived { packet in
            if packet.key == .session { memory["late"] = isMeant(packet) ? 1 : 0 }
        }
        changesSent { packet in
            guard memory["late"] == 1, packet.packet.chunks.contains(where: { $0.acknowledgement != nil }) else {
                return
            }
            packet.delay = .milliseconds(200)
        }
    }

    /// Drops datagrams of sessions for whose chunks, before they are decoded, `isDropped` holds: decoding forgets some
    /// of what it ignores.
    mutating func dropsEncoded(_ isDropped: @escaping @Sendable (_ type: UInt8, _ payload: [UInt8]) -> Bool) {
        let known = KnownProtections()
        protectReceived = { protection in
            known.add(protection)
            return protection
        }
        hears = { datagram, _ in
            guard let plain = known.open(datagram) else { return datagram }
            var reader = ByteReader(plain.span)
            guard (try? PacketHeader(from: &reader)) != nil else { return datagram }
            while let (type, length) = try? (reader.uint8("type"), reader.uint16("length")),
                let payload = try? reader.bytes(UInt64(length), "payload")
            {
                if isDropped(type, payload) { return [] }
            }
            return datagram
        }
    }
}

/// The protections of all sessions so far, to read datagrams before the endpoint does.
private final class KnownProtections: Sendable {
    private let content = Mutex<[PacketProtection]>([])

    func add(_ protection: PacketProtection) {
        content.withLock { $0.append(protection) }
    }

    func open(_ datagram: [UInt8]) -> [UInt8]? {
        content.withLock { $0 }.lazy.reversed().compactMap { try? PacketOpener($0).open(datagram).plain }.first
    }
}

extension [Chunk] {
    /// The chunks with User Data in place of Next User Data.
    var plainUserData: [Chunk] {
        var preceding: UserData?
        return map { chunk in
            switch chunk {
            case .userData(let data):
                preceding = data
                return chunk
            case .nextUserData(let next):
                guard var data = preceding else { return chunk }
                data.sequenceNumber &+= 1
                data.fsnOffset &+= 1
                data.flags = next.flags
                data.options = next.options
                data.userData = next.userData
                preceding = data
                return .userData(data)
            default:
                return chunk
            }
        }
    }
}

extension Chunk {
    /// What the chunk acknowledges, in whichever encoding; nil if it is no acknowledgement.
    var acknowledgement: RangeAcknowledgement? {
        switch self {
        case .rangeAcknowledgement(let body): body
        case .bitmapAcknowledgement(let body):
            RangeAcknowledgement(
                flowID: body.flowID,
                bufferBlocksAvailable: body.bufferBlocksAvailable,
                cumulativeAcknowledgement: body.cumulativeAcknowledgement,
                ranges: body.ranges
            )
        default: nil
        }
    }

    /// User Data; nil for any other chunk.
    var userData: UserData? {
        if case .userData(let body) = self { body } else { nil }
    }

    /// A Flow Exception Report; nil for any other chunk.
    var exception: FlowExceptionReport? {
        if case .flowExceptionReport(let body) = self { body } else { nil }
    }
}

extension RangeAcknowledgement {
    /// The same as a Bitmap Ack, whatever its length.
    var asBitmap: BitmapAcknowledgement {
        let last = ranges.last?.upperBound ?? cumulativeAcknowledgement
        let bits = last > cumulativeAcknowledgement + 1 ? Int(last - cumulativeAcknowledgement) - 1 : 0
        var bitmap = [UInt8](repeating: 0, count: (bits + 7) / 8)
        for number in ranges.joined() {
            let bit = Int(number - cumulativeAcknowledgement) - 2
            bitmap[bit / 8] |= 1 << UInt8(bit % 8)
        }
        return BitmapAcknowledgement(
            flowID: flowID,
            bufferBlocksAvailable: bufferBlocksAvailable,
            cumulativeAcknowledgement: cumulativeAcknowledgement,
            bitmap: bitmap
        )
    }
}

extension UserData {
    /// The forward sequence number, in place of its distance.
    var forward: UInt64 {
        get { forwardSequenceNumber }
        set { fsnOffset = sequenceNumber - min(newValue, sequenceNumber) }
    }

    /// An option below 8192 that nobody knows: the reference rejects a flow that has one.
    mutating func makeUnacceptable() {
        options = (options ?? []) + [.value(type: 0x1ffe, [])]
    }

    /// Acknowledged like any other, and not delivered.
    mutating func loseData() {
        flags.abandon = true
        userData = []
    }
}

extension IncomingPacket {
    /// A name for a flow of the far end's.
    func name(_ flowID: UInt64) -> String { "in \(session?.number ?? 0) \(flowID)" }

    /// A name for a fragment of the far end's.
    func name(of data: UserData) -> [UInt8] { Array("\(name(data.flowID)) \(data.sequenceNumber)".utf8) }

    /// A name for a flow of the near end's.
    func answerName(_ flowID: UInt64) -> String { "out \(session?.number ?? 0) \(flowID)" }

    /// The acknowledgements in it.
    var acknowledgements: [RangeAcknowledgement] { packet.chunks.compactMap(\.acknowledgement) }

    /// The User Data in it, with Next User Data spelled out.
    var fragments: [UserData] { packet.chunks.plainUserData.compactMap(\.userData) }
}

extension OutgoingPacket {
    /// A name for a flow of the near end's.
    func name(_ flowID: UInt64) -> String { "out \(session?.number ?? 0) \(flowID)" }

    /// A name for a fragment of the near end's.
    func name(of data: UserData) -> [UInt8] { Array("\(name(data.flowID)) \(data.sequenceNumber)".utf8) }

    /// A name for a flow of the far end's.
    func questionName(_ flowID: UInt64) -> String { "in \(session?.number ?? 0) \(flowID)" }
}
