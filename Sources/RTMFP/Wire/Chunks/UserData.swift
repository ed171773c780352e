/// Which part of a message a fragment is: the FRA field (RFC 7016 §2.3.11).
public enum FragmentControl: UInt8, Hashable, Sendable, CaseIterable {
    case whole = 0
    case begin = 1
    case end = 2
    case middle = 3
}

/// The flags of User Data and Next User Data (RFC 7016 §2.3.11).
public struct UserDataFlags: Hashable, Sendable {
    /// FRA: which part of a message the fragment is.
    public var fragmentControl: FragmentControl
    /// ABN: the sender has abandoned the fragment.
    public var abandon: Bool
    /// FIN: no sequence number above this one will be used.
    public var final: Bool

    /// Makes flags.
    public init(_ fragmentControl: FragmentControl = .whole, abandon: Bool = false, final: Bool = false) {
        self.fragmentControl = fragmentControl
        self.abandon = abandon
        self.final = final
    }

    init(octet: UInt8) {
        fragmentControl = FragmentControl(rawValue: octet >> 4 & 0x03) ?? .whole
        abandon = octet & 0x02 != 0
        final = octet & 0x01 != 0
    }

    func octet(hasOptions: Bool) -> UInt8 {
        (hasOptions ? 0x80 : 0) | fragmentControl.rawValue << 4 | (abandon ? 0x02 : 0) | (final ? 0x01 : 0)
    }
}

/// A fragment of a message on a flow (RFC 7016 §2.3.11).
public struct UserData: ChunkBody {
    public static let type = ChunkType.userData
    /// FRA, ABN and FIN.
    public var flags: UserDataFlags
    /// The flow, as its sender numbers it.
    public var flowID: UInt64
    /// The fragment's sequence number, from 1.
    public var sequenceNumber: UInt64
    /// How far the forward sequence number lies below `sequenceNumber`; never more than it.
    public var fsnOffset: UInt64
    /// The Option List, without its Marker; nil if the OPT flag is clear.
    public var options: [Option]?
    /// The fragment's octets.
    public var userData: [UInt8]

    /// The number at and below which the sender will send nothing any more.
    public var forwardSequenceNumber: UInt64 { sequenceNumber &- fsnOffset }

    /// Makes a User Data chunk.
    public init(
        flags: UserDataFlags = UserDataFlags(),
        flowID: UInt64,
        sequenceNumber: UInt64,
        fsnOffset: UInt64,
        options: [Option]? = nil,
        userData: [UInt8]
    ) {
        self.flags = flags
        self.flowID = flowID
        self.sequenceNumber = sequenceNumber
        self.fsnOffset = fsnOffset
        self.options = options
        self.userData = userData
    }

    @_lifetime(reader: copy reader)
    public init(from reader: inout ByteReader) throws(WireError) {
        let octet = try reader.uint8("flags")
        flags = UserDataFlags(octet: octet)
        flowID = try reader.vlu("flowID")
        sequenceNumber = try reader.vlu("sequenceNumber")
        let offset = reader.offset
        fsnOffset = try reader.vlu("fsnOffset")
        guard fsnOffset <= sequenceNumber else {
            throw WireError(.illegal("exceeds the sequence number"), offset: offset, path: ["fsnOffset"])
        }
        options = try optionList(from: &reader, flags: octet)
        userData = reader.rest()
    }

    public func encode(into writer: inout ByteWriter) {
        writer.uint8(flags.octet(hasOptions: options != nil))
        writer.vlu(flowID)
        writer.vlu(sequenceNumber)
        writer.vlu(fsnOffset)
        encodeOptions(options, into: &writer)
        writer.raw(userData)
    }
}

extension UserData {
    /// Octets of the payload.
    var payloadLength: Int {
        1 + vluLength(flowID) + vluLength(sequenceNumber) + vluLength(fsnOffset) + optionsLength(options)
            + userData.count
    }
}

/// The fragment that follows the preceding User Data or Next User Data of the same packet (RFC 7016 §2.3.12).
///
/// Flow and forward sequence number are those of the preceding chunk, the sequence number is one higher.
public struct NextUserData: ChunkBody {
    public static let type = ChunkType.nextUserData
    /// FRA, ABN and FIN.
    public var flags: UserDataFlags
    /// The Option List, without its Marker; nil if the OPT flag is clear.
    public var options: [Option]?
    /// The fragment's octets.
    public var userData: [UInt8]

    /// Makes a Next User Data chunk.
    public init(flags: UserDataFlags = UserDataFlags(), options: [Option]? = nil, userData: [UInt8]) {
        self.flags = flags
        self.options = options
        self.userData = userData
    }

    @_lifetime(reader: copy reader)
    public init(from reader: inout ByteReader) throws(WireError) {
        let octet = try reader.uint8("flags")
        flags = UserDataFlags(octet: octet)
        options = try optionList(from: &reader, flags: octet)
        userData = reader.rest()
    }

    public func encode(into writer: inout ByteWriter) {
        writer.uint8(flags.octet(hasOptions: options != nil))
        encodeOptions(options, into: &writer)
        writer.raw(userData)
    }
}

extension NextUserData {
    /// Octets of the payload.
    var payloadLength: Int { 1 + optionsLength(options) + userData.count }
}

private func optionsLength(_ options: [Option]?) -> Int {
    options.map { $0.encoded.count + 1 } ?? 0
}

@_lifetime(reader: copy reader)
private func optionList(from reader: inout ByteReader, flags: UInt8) throws(WireError) -> [Option]? {
    guard flags & 0x80 != 0 else { return nil }
    do {
        return try [Option](list: &reader)
    } catch {
        throw error.within("options")
    }
}

private func encodeOptions(_ options: [Option]?, into writer: inout ByteWriter) {
    guard let options else { return }
    for option in options {
        option.encode(into: &writer)
    }
    Option.marker.encode(into: &writer)
}
