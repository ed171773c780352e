import CLibPcap
import Foundation
public import RTMFP

/// Frames as they pass an interface of this machine.
@safe public final class LiveCapture {
    /// A frame as it was captured.
    public struct Frame: Sendable {
        /// When: nanoseconds since 1970-01-01T00:00:00Z.
        public var time: Instant
        /// What was kept of it.
        public var octets: [UInt8]
        /// Octets that it had.
        public var originalLength: Int
    }

    /// Octets that wait in the kernel for being read.
    private static let bufferOctets: Int32 = 16 << 20
    /// How long frames are gathered before they can be read, in milliseconds.
    private static let gathering: Int32 = 20
    /// How long `next` waits, in milliseconds: longer than frames are gathered.
    private static let patience: Int32 = 100

    /// The interface.
    public let interface: String
    /// LINKTYPE of its frames.
    public let linkType: UInt16
    private let handle: OpaquePointer

    /// Begins to capture.
    ///
    /// - Parameters:
    ///   - interface: its name, or `any` for all.
    ///   - filter: which frames, in libpcap's language; all if empty.
    /// - Throws: `LiveCaptureError`.
    public init(on interface: String, filter: String = "") throws(LiveCaptureError) {
        var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
        guard let handle = unsafe pcap_create(interface, &message) else {
            throw .cannotCapture(interface: interface, reason: CaptureFile.text(message))
        }
        do {
            try unsafe LiveCapture.activate(handle, interface, filter)
            linkType = try unsafe LiveCapture.linkType(handle, interface)
        } catch {
            unsafe pcap_close(handle)
            throw error
        }
        self.interface = interface
        unsafe self.handle = handle
    }

    deinit {
        unsafe pcap_close(handle)
    }

    /// The next frame; nil if none came for a tenth of a second. What has passed by now has been given when nil comes.
    ///
    /// - Throws: `LiveCaptureError.vanished` when there will be no more.
    public func next() throws(LiveCaptureError) -> Frame? {
        var header: UnsafeMutablePointer<pcap_pkthdr>?
        var octets: UnsafePointer<UInt8>?
        var result = unsafe pcap_next_ex(handle, &header, &octets)
        if result == 0 {
            var descriptor = unsafe pollfd(fd: pcap_get_selectable_fd(handle), events: Int16(POLLIN), revents: 0)
            // Interrupted or not, the handle is asked again: it alone knows whether the interface is still there.
            _ = unsafe poll(&descriptor, 1, LiveCapture.patience)
            result = unsafe pcap_next_ex(handle, &header, &octets)
        }
        guard result >= 0 else { throw .vanished(interface: interface, reason: unsafe LiveCapture.reason(handle)) }
        guard result == 1, let header = unsafe header?.pointee, let octets = unsafe octets else { return nil }
        let frame = unsafe UnsafeBufferPointer(start: octets, count: Int(header.caplen))
        return unsafe Frame(
            time: CaptureFile.time(header.ts),
            octets: Array(frame),
            originalLength: Int(header.len)
        )
    }

    /// Frames that passed and were lost, because this program or the interface was too slow.
    public var lost: Int {
        var statistics = pcap_stat()
        guard unsafe pcap_stats(handle, &statistics) == 0 else { return 0 }
        return Int(statistics.ps_drop) + Int(statistics.ps_ifdrop)
    }

    /// A filter for UDP to or from any of these ports.
    public static func filter(ports: [UInt16]) -> String {
        ports.isEmpty ? "udp" : "udp and (\(ports.map { "port \($0)" }.joined(separator: " or ")))"
    }

    private static func activate(
        _ handle: OpaquePointer,
        _ interface: String,
        _ filter: String
    ) throws(LiveCaptureError) {
        unsafe pcap_set_snaplen(handle, Int32(CaptureWriter.snapLength))
        // In immediate mode, every frame would take as much of the buffer as the longest: a burst of some sixty would fill it.
        unsafe pcap_set_timeout(handle, gathering)
        unsafe pcap_set_buffer_size(handle, bufferOctets)
        // An interface that cannot do nanoseconds gives microseconds in their place, which is checked below.
        unsafe pcap_set_tstamp_precision(handle, PCAP_TSTAMP_PRECISION_NANO)
        let result = unsafe pcap_activate(handle)
        guard result >= 0 else {
            let reason = unsafe reason(handle, result)
            switch result {
            case PCAP_ERROR_PERM_DENIED, PCAP_ERROR_PROMISC_PERM_DENIED:
                throw .notPermitted(interface: interface, reason: reason)
            case PCAP_ERROR_NO_SUCH_DEVICE: throw .noInterface(interface, others: interfaces())
            case PCAP_ERROR_IFACE_NOT_UP: throw .isDown(interface)
            default: throw .cannotCapture(interface: interface, reason: reason)
            }
        }
        guard unsafe pcap_get_tstamp_precision(handle) == PCAP_TSTAMP_PRECISION_NANO else {
            throw .cannotCapture(interface: interface, reason: "its times are not in nanoseconds")
        }
        if !filter.isEmpty { try unsafe install(filter, handle) }
        var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
        guard unsafe pcap_setnonblock(handle, 1, &message) == 0 else {
            throw .cannotCapture(interface: interface, reason: CaptureFile.text(message))
        }
    }

    private static func install(_ filter: String, _ handle: OpaquePointer) throws(LiveCaptureError) {
        var program = unsafe bpf_program()
        guard unsafe pcap_compile(handle, &program, filter, 1, UInt32.max) == 0 else {
            throw unsafe .badFilter(filter, reason: reason(handle))
        }
        defer { unsafe pcap_freecode(&program) }
        guard unsafe pcap_setfilter(handle, &program) == 0 else {
            throw unsafe .badFilter(filter, reason: reason(handle))
        }
    }

    private static func linkType(_ handle: OpaquePointer, _ interface: String) throws(LiveCaptureError) -> UInt16 {
        let dataLink = unsafe pcap_datalink(handle)
        // What the system calls raw IP has another number in files.
        let linkType = dataLink == DLT_RAW ? Int32(CaptureWriter.rawIP) : dataLink
        guard LinkLayer(dataLink: dataLink) != nil, let linkType = UInt16(exactly: linkType) else {
            let name = unsafe pcap_datalink_val_to_name(dataLink).map { unsafe String(cString: $0) }
            throw .unsupportedLinkType(interface: interface, name: name ?? String(dataLink))
        }
        return linkType
    }

    private static func interfaces() -> [String] {
        guard let list = unsafe if_nameindex() else { return [] }
        defer { unsafe if_freenameindex(list) }
        var names: [String] = []
        var entry = unsafe list
        while let name = unsafe entry.pointee.if_name {
            names.append(unsafe String(cString: name))
            unsafe entry += 1
        }
        return names
    }

    private static func reason(_ handle: OpaquePointer, _ result: Int32 = PCAP_ERROR) -> String {
        let detail = unsafe pcap_geterr(handle).map { unsafe String(cString: $0) } ?? ""
        return detail.isEmpty ? unsafe String(cString: pcap_statustostr(result)) : detail
    }
}
