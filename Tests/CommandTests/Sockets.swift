import Foundation

/// A UDP port of the loopback interface that is open for as long as this lives.
final class LoopbackPort {
    private let descriptor: Int32
    /// The port's number.
    let number: UInt16

    init() {
        let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                _ = bind(descriptor, pointer, length)
                _ = getsockname(descriptor, pointer, &length)
            }
        }
        self.descriptor = descriptor
        number = UInt16(bigEndian: address.sin_port)
    }

    deinit {
        close(descriptor)
    }

    /// Waits for a datagram.
    func wait() {
        var buffer = [UInt8](repeating: 0, count: 2048)
        _ = recv(descriptor, &buffer, buffer.count, 0)
    }

    /// Answers each datagram with `answer`, on a thread of its own, until the port is closed.
    func answer(with answer: [UInt8]) {
        let descriptor = descriptor
        Thread.detachNewThread {
            var buffer = [UInt8](repeating: 0, count: 2048)
            var sender = sockaddr_storage()
            while true {
                var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
                let count = withUnsafeMutablePointer(to: &sender) { pointer in
                    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                        let count = recvfrom(descriptor, &buffer, buffer.count, 0, pointer, &length)
                        return count < 0 ? count : sendto(descriptor, answer, answer.count, 0, pointer, length)
                    }
                }
                if count < 0 { return }
            }
        }
    }
}
