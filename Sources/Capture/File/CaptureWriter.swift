public import RTMFP

/// Writes a pcapng file from front to back in constant memory: frames of one link type with times in nanoseconds, and
/// comments.
public final class CaptureWriter {
    /// LINKTYPE_RAW: an IPv4 or IPv6 packet and nothing before it.
    public static let rawIP: UInt16 = 101
    /// The longest frame that is kept whole.
    public static let snapLength = 262_144

    private let file: OutputFile
    /// Packets written so far.
    public private(set) var packets = 0

    /// Octets written so far.
    public var octets: Int { file.count }
    /// Where they went.
    public var path: String { file.path }

    /// Makes the file, or empties it.
    ///
    /// - Parameters:
    ///   - linkType: LINKTYPE of the frames; that of datagrams without a frame is `rawIP`.
    ///   - interface: what the frames were captured on.
    ///   - comment: about the whole file.
    /// - Throws: `CaptureWriteError` if it cannot be made.
    public init(
        path: String,
        linkType: UInt16 = rawIP,
        interface: String? = nil,
        comment: String? = nil
    ) throws(CaptureWriteError) {
        file = try OutputFile(path: path)
        try file.write(PcapngBlock.section(application: "hlsp2p-check", comment: comment))
        let snapLength = UInt32(CaptureWriter.snapLength)
        try file.write(PcapngBlock.interface(linkType: linkType, snapLength: snapLength, name: interface))
    }

    /// Appends a frame as it was captured; what is beyond `snapLength` octets of it is cut off.
    ///
    /// - Parameter originalLength: octets that it had on the wire; nil for all that are given.
    public func write(
        frame: [UInt8],
        originalLength: Int? = nil,
        at time: Instant,
        comment: String? = nil
    ) throws(CaptureWriteError) {
        let kept = frame.count <= CaptureWriter.snapLength ? frame : Array(frame.prefix(CaptureWriter.snapLength))
        let length = originalLength ?? frame.count
        try file.write(PcapngBlock.packet(kept, originalLength: length, at: time, comment: comment))
        packets += 1
    }

    /// Appends a datagram, in an IP packet of its own; a file for it must have the link type `rawIP`.
    public func write(_ datagram: CapturedDatagram, comment: String? = nil) throws(CaptureWriteError) {
        try write(frame: datagram.ipPacket, at: datagram.time, comment: comment)
    }

    /// Appends a datagram or a segment, in an IP packet of its own; a file for it must have the link type `rawIP`.
    public func write(_ packet: CapturedPacket, comment: String? = nil) throws(CaptureWriteError) {
        switch packet {
        case .datagram(let datagram): try write(datagram, comment: comment)
        case .segment(let segment): try write(frame: segment.ipPacket, at: segment.time, comment: comment)
        }
    }

    /// Hands what was written to the operating system.
    public func flush() throws(CaptureWriteError) {
        try file.flush()
    }

    /// Completes the file; twice does no harm.
    ///
    /// - Throws: `CaptureWriteError`, for instance if the disk is full.
    public func close() throws(CaptureWriteError) {
        try file.close()
    }
}
