import CLibPcap
import Foundation
import RTMFP

/// A pcap or pcapng file, read from front to back in constant memory, as the UDP datagrams that it holds.
///
/// Link types: Ethernet with or without VLAN tags, BSD loopback, Linux cooked (versions 1 and 2), raw IP. Fragmented
/// IP packets are put together within bounds. Frames that give no datagram are counted, never an error.
@safe public final class CaptureFile {
    private let path: String
    private let handle: OpaquePointer
    private var parser: FrameParser
    private var hasEnded = false

    /// Opens the file at `path`.
    ///
    /// - Throws: `CaptureError`, for a file that is absent, empty, not a capture, or of another link type.
    public init(path: String) throws(CaptureError) {
        guard let file = unsafe fopen(path, "rb") else {
            throw .cannotOpen(path: path, reason: unsafe String(cString: strerror(errno)))
        }
        let first = unsafe getc(file)
        guard first != EOF else {
            let failed = unsafe ferror(file) != 0
            let reason = unsafe String(cString: strerror(errno))
            unsafe fclose(file)
            throw failed ? .cannotOpen(path: path, reason: reason) : .empty(path: path)
        }
        unsafe ungetc(first, file)
        var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
        guard
            let handle = unsafe pcap_fopen_offline_with_tstamp_precision(
                file,
                UInt32(PCAP_TSTAMP_PRECISION_NANO),
                &message
            )
        else {
            unsafe fclose(file)
            throw .notACapture(path: path, reason: CaptureFile.text(message))
        }
        let dataLink = unsafe pcap_datalink(handle)
        guard let linkLayer = LinkLayer(dataLink: dataLink) else {
            let name = unsafe pcap_datalink_val_to_name(dataLink).map { unsafe String(cString: $0) }
            unsafe pcap_close(handle)
            throw .unsupportedLinkType(path: path, name: name ?? String(dataLink))
        }
        self.path = path
        unsafe self.handle = handle
        parser = FrameParser(linkLayer)
    }

    deinit {
        unsafe pcap_close(handle)
    }

    /// What became of the frames read so far.
    public var counts: CaptureCounts { parser.counts }

    /// The next datagram; nil at the end of the file.
    ///
    /// - Throws: `CaptureError.damaged`, once, where the file breaks off; every datagram before that was returned.
    public func next() throws(CaptureError) -> CapturedDatagram? {
        while let packet = try next(withSegments: false) {
            if case .datagram(let datagram) = packet { return datagram }
        }
        return nil
    }

    /// The next datagram or TCP segment; nil at the end of the file. Segments count as other protocols all the same.
    ///
    /// - Throws: as `next` does.
    public func nextPacket() throws(CaptureError) -> CapturedPacket? {
        try next(withSegments: true)
    }

    private func next(withSegments: Bool) throws(CaptureError) -> CapturedPacket? {
        while !hasEnded {
            var header: UnsafeMutablePointer<pcap_pkthdr>?
            var octets: UnsafePointer<UInt8>?
            let result = unsafe pcap_next_ex(handle, &header, &octets)
            guard result == 1, let header = unsafe header?.pointee else {
                hasEnded = true
                parser.finish()
                guard result == PCAP_ERROR_BREAK else { throw damage() }
                return nil
            }
            let frame = unsafe UnsafeBufferPointer(start: octets, count: octets == nil ? 0 : Int(header.caplen))
            let found = unsafe parser.packet(
                in: frame.span,
                isTruncated: header.caplen < header.len,
                at: CaptureFile.time(header.ts),
                withSegments: withSegments
            )
            if let found { return found }
        }
        return nil
    }

    private func damage() -> CaptureError {
        let reason = unsafe pcap_geterr(handle).map { unsafe String(cString: $0) } ?? "unknown"
        return .damaged(path: path, afterFrame: counts.frames, reason: reason)
    }

    /// libpcap counts nanoseconds where the type's name says microseconds, as asked for on opening.
    static func time(_ stamp: timeval) -> Instant {
        let (seconds, overflow) = Int64(stamp.tv_sec).multipliedReportingOverflow(by: 1_000_000_000)
        return Instant(nanoseconds: overflow ? .max : seconds) + Interval(nanoseconds: Int64(stamp.tv_usec))
    }

    static func text(_ characters: [CChar]) -> String {
        String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
