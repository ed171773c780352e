import RTMFP

/// Writes captured frames to a file, or to one after the other so that none grows or lasts beyond a limit.
///
/// The first file has the name asked for; of a rotation, files have a number before the suffix: `swarm-00001.pcapng`.
public final class RotatingWriter {
    /// When another file begins; nil for never.
    public struct Limits: Sendable {
        /// Octets of a file.
        public var octets: Int?
        /// Seconds from the first frame of a file to its last.
        public var seconds: Double?

        /// Makes limits.
        public init(octets: Int? = nil, seconds: Double? = nil) {
            self.octets = octets
            self.seconds = seconds
        }
    }

    private let path: String
    private let linkType: UInt16
    private let interface: String?
    private let limits: Limits
    private let isRotating: Bool
    private var writer: CaptureWriter
    private var began: Instant?
    private var earlierPackets = 0
    /// Files that were begun.
    public private(set) var files = 1

    /// Where the files are, the first one first.
    public var paths: [String] { isRotating ? (1...files).map { RotatingWriter.name(path, $0) } : [path] }

    /// Packets written so far, in all files.
    public var packets: Int { earlierPackets + writer.packets }

    /// Makes the first file.
    ///
    /// - Throws: `CaptureWriteError` if it cannot be made.
    public init(path: String, linkType: UInt16, interface: String?, limits: Limits) throws(CaptureWriteError) {
        self.path = path
        self.linkType = linkType
        self.interface = interface
        self.limits = limits
        isRotating = limits.octets != nil || limits.seconds != nil
        let first = isRotating ? RotatingWriter.name(path, 1) : path
        writer = try CaptureWriter(path: first, linkType: linkType, interface: interface)
    }

    /// Appends a frame, to the next file if this one has reached a limit.
    public func write(_ frame: LiveCapture.Frame) throws(CaptureWriteError) {
        let isFull = limits.octets.map { writer.octets + frame.octets.count > $0 } ?? false
        let isOld = limits.seconds.map { limit in began.map { (frame.time - $0).seconds > limit } ?? false } ?? false
        if writer.packets > 0, isFull || isOld { try rotate() }
        if writer.packets == 0 { began = frame.time }
        try writer.write(frame: frame.octets, originalLength: frame.originalLength, at: frame.time)
    }

    /// Hands what was written to the operating system.
    public func flush() throws(CaptureWriteError) {
        try writer.flush()
    }

    /// Completes the last file.
    public func close() throws(CaptureWriteError) {
        try writer.close()
    }

    private func rotate() throws(CaptureWriteError) {
        try writer.close()
        earlierPackets += writer.packets
        files += 1
        let next = RotatingWriter.name(path, files)
        writer = try CaptureWriter(path: next, linkType: linkType, interface: interface)
    }

    private static func name(_ path: String, _ number: Int) -> String {
        let digits = String(number)
        let padded = String(repeating: "0", count: max(0, 5 - digits.count)) + digits
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
        let name = path[folder.endIndex...]
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return "\(path)-\(padded)" }
        return "\(folder)\(name[..<dot])-\(padded)\(name[dot...])"
    }
}
