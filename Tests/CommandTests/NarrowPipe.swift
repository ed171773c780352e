import Foundation

/// A named pipe that takes so many octets, and then blocks who writes until somebody reads.
final class NarrowPipe {
    /// What a pipe takes at least: a page.
    private static let capacity: Int32 = 4096
    /// `F_SETPIPE_SZ` of Linux.
    private static let setSize: Int32 = 1031

    let path: String
    private let descriptor: Int32
    private let filling: Int32

    /// Makes a pipe that has room for `room` octets before it blocks.
    init?(room: Int) {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("pipe-\(UUID().uuidString)").path
        // With a reader and a writer of its own, nobody waits for one, and it does not end.
        guard mkfifo(path, 0o600) == 0 else { return nil }
        descriptor = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC)
        filling = NarrowPipe.capacity - Int32(room)
        guard fcntl(descriptor, NarrowPipe.setSize, NarrowPipe.capacity) == NarrowPipe.capacity, filling > 0,
            write(descriptor, [UInt8](repeating: UInt8(ascii: "\n"), count: Int(filling)), Int(filling)) == filling
        else { return nil }
    }

    deinit {
        close(descriptor)
        unlink(path)
    }

    /// Whether there is no room left.
    var isFull: Bool {
        var count: Int32 = 0
        return ioctl(descriptor, UInt(FIONREAD), &count) == 0 && count == NarrowPipe.capacity
    }

    /// Takes what is in it.
    func read() -> String {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = Foundation.read(descriptor, &buffer, buffer.count)
        return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    }
}
