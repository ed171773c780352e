/// Why a capture file cannot be read, or not to its end; every case is one sentence.
public enum CaptureError: Error, Hashable, Sendable {
    /// The file could not be opened; the operating system's reason.
    case cannotOpen(path: String, reason: String)
    /// The file has no content at all.
    case empty(path: String)
    /// The file is neither pcap nor pcapng, or its beginning is damaged; libpcap's reason.
    case notACapture(path: String, reason: String)
    /// Frames of this link type cannot be taken apart.
    case unsupportedLinkType(path: String, name: String)
    /// The file ends within a frame, or cannot be read further; what came before it was delivered.
    case damaged(path: String, afterFrame: Int, reason: String)
}

extension CaptureError: CustomStringConvertible {
    /// One sentence.
    public var description: String {
        switch self {
        case .cannotOpen(let path, let reason): "cannot open \(path): \(reason)"
        case .empty(let path): "\(path) is empty, so it is not a capture"
        case .notACapture(let path, let reason): "\(path) is not a capture that can be read: \(reason)"
        case .unsupportedLinkType(let path, let name):
            "\(path) holds frames of link type \(name); Ethernet, loopback, Linux cooked and raw IP can be read"
        case .damaged(let path, let frame, let reason): "\(path) cannot be read beyond frame \(frame): \(reason)"
        }
    }
}
