import Capture
import RTMFP

/// Edits, each of the first packet or chunk that fits. One that finds nothing changes nothing, and the self-test says so.
extension Script {
    typealias Party = ScriptWriter.Party

    /// Changes a packet of a party that has a chunk for which `fits` holds.
    mutating func edit(_ party: Party, where fits: (Chunk) -> Bool, _ change: (inout Entry) -> Void) {
        let index = entries.firstIndex { $0.source == party.address && $0.packet.chunks.contains(where: fits) }
        if let index { change(&entries[index]) }
    }

    /// Puts what `other` gives in the place of the chunk of a party for which it gives something.
    mutating func replace(_ party: Party, _ other: (Chunk) -> [Chunk]?) {
        for index in entries.indices where entries[index].source == party.address {
            for (place, chunk) in entries[index].packet.chunks.enumerated() {
                guard let others = other(chunk) else { continue }
                entries[index].packet.chunks.replaceSubrange(place...place, with: others)
                return
            }
        }
    }

    /// Puts what `other` gives in the place of every chunk of a party for which it gives something.
    mutating func replaceAll(_ party: Party, _ other: (Chunk) -> [Chunk]?) {
        for index in entries.indices where entries[index].source == party.address {
            entries[index].packet.chunks = entries[index].packet.chunks.flatMap { other($0) ?? [$0] }
        }
    }

    /// Changes the User Data chunk that first carries a number of a flow of a party.
    mutating func data(_ party: Party, _ flowID: UInt64, _ number: UInt64, _ change: (inout UserData) -> Void) {
        replace(party) { chunk in
            guard case .userData(var data) = chunk, data.flowID == flowID, data.sequenceNumber == number else {
                return nil
            }
            change(&data)
            return [.userData(data)]
        }
    }

    /// Changes the encoded payload of that chunk.
    mutating func octets(_ party: Party, _ flowID: UInt64, _ number: UInt64, _ change: (inout [UInt8]) -> Void) {
        replace(party) { chunk in
            guard chunk.isData(flowID, number) else { return nil }
            return [chunk.withPayload(change)]
        }
    }

    /// Sends the packet of a party that carries a chunk once more, some time later and as changed.
    mutating func sendAgain(
        _ party: Party,
        where fits: (Chunk) -> Bool,
        after interval: Interval,
        _ change: (inout Packet) -> Void = { _ in }
    ) {
        let found = entries.first { $0.source == party.address && $0.packet.chunks.contains(where: fits) }
        guard var entry = found else { return }
        entry.time = entry.time + interval
        entry.packet.header.timestamp = party.timestamp(at: entry.time)
        change(&entry.packet)
        entries.append(entry)
    }
}

extension Chunk {
    /// Whether this is User Data with a number of a flow.
    func isData(_ flowID: UInt64, _ number: UInt64) -> Bool {
        if case .userData(let data) = self { data.flowID == flowID && data.sequenceNumber == number } else { false }
    }

    /// The chunk with its encoded payload changed, whatever becomes of it.
    func withPayload(_ change: (inout [UInt8]) -> Void) -> Chunk {
        var payload = self.payload
        change(&payload)
        return .unknown(type: type, payload: payload)
    }

    var isPing: Bool { if case .ping = self { true } else { false } }
    var isPingReply: Bool { if case .pingReply = self { true } else { false } }
    var isPadding: Bool { if case .padding = self { true } else { false } }
    var isFragment: Bool { if case .packetFragment = self { true } else { false } }
    var isRedirect: Bool { if case .responderRedirect = self { true } else { false } }
    var isAcknowledgement: Bool { if case .rangeAcknowledgement = self { true } else { false } }
    var isUserData: Bool {
        switch self {
        case .userData, .nextUserData: true
        default: false
        }
    }
}
