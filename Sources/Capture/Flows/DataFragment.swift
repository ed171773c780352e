public import RTMFP

/// A fragment of a message as a data chunk carries it, with what Next User Data leaves unsaid (RFC 7016 §2.3.11, §2.3.12).
public struct DataFragment: Hashable, Sendable {
    /// The index of its chunk in the packet.
    public var chunk: Int
    /// FRA, ABN and FIN.
    public var flags: UserDataFlags
    /// The flow, as its sender numbers it.
    public var flowID: UInt64
    /// The fragment's sequence number.
    public var sequenceNumber: UInt64
    /// The number at and below which the sender will send nothing any more.
    public var forwardSequenceNumber: UInt64
    /// The Option List, without its Marker; nil if there is none.
    public var options: [Option]?
    /// The fragment's octets.
    public var userData: [UInt8]
}

extension PacketContents {
    /// The fragments of messages that the packet carries, in order; without Next User Data that follows nothing.
    public var fragments: [DataFragment] {
        var fragments: [DataFragment] = []
        var previous: DataPosition?
        for (index, placed) in chunks.enumerated() {
            previous = DataPosition(of: placed.chunk, after: previous)
            guard let position = previous else { continue }
            switch placed.chunk {
            case .userData(let data):
                fragments.append(DataFragment(index, position, data.flags, data.options, data.userData))
            case .nextUserData(let data):
                fragments.append(DataFragment(index, position, data.flags, data.options, data.userData))
            default: break
            }
        }
        return fragments
    }
}

extension DataFragment {
    fileprivate init(
        _ chunk: Int,
        _ position: DataPosition,
        _ flags: UserDataFlags,
        _ options: [Option]?,
        _ userData: [UInt8]
    ) {
        self.chunk = chunk
        self.flags = flags
        flowID = position.flowID
        sequenceNumber = position.sequenceNumber
        forwardSequenceNumber = position.forwardSequenceNumber
        self.options = options
        self.userData = userData
    }
}

/// Where on a flow a data chunk stands.
struct DataPosition {
    var flowID: UInt64
    var sequenceNumber: UInt64
    var forwardSequenceNumber: UInt64

    /// The position of a data chunk, or still that of the last one before any other chunk.
    init?(of chunk: Chunk, after previous: DataPosition?) {
        switch chunk {
        case .userData(let data):
            flowID = data.flowID
            sequenceNumber = data.sequenceNumber
            forwardSequenceNumber = data.forwardSequenceNumber
        case .malformed(type: .userData, _, _):
            return nil
        default:
            guard let previous else { return nil }
            self = previous
            if case .nextUserData = chunk { sequenceNumber &+= 1 }
        }
    }
}
