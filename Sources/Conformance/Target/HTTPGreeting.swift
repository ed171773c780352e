import Foundation
public import RTMFP

/// Whether something speaks HTTP at an address, found out with one request over TCP.
public enum HTTPGreeting {
    /// Asks for `/` and looks whether the answer begins as HTTP's do; false if nobody answers within `patience`.
    public static func answers(at address: SocketAddress, within patience: Interval) -> Bool {
        let family = address.octets.count == 4 ? AF_INET : AF_INET6
        let descriptor = socket(family, Int32(SOCK_STREAM.rawValue) | O_NONBLOCK, 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        let end = Date(timeIntervalSinceNow: patience.seconds)
        guard connect(descriptor, to: address), wait(descriptor, Int16(POLLOUT), until: end) else { return false }
        let request = Array("GET / HTTP/1.1\r\nHost: \(address)\r\nConnection: close\r\n\r\n".utf8)
        guard send(descriptor, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else {
            return false
        }
        var answer: [UInt8] = []
        while answer.count < 5, wait(descriptor, Int16(POLLIN), until: end) {
            var piece = [UInt8](repeating: 0, count: 64)
            let count = recv(descriptor, &piece, piece.count, 0)
            guard count > 0 else { break }
            answer += piece.prefix(count)
        }
        return answer.starts(with: Array("HTTP/".utf8))
    }

    private static func connect(_ descriptor: Int32, to address: SocketAddress) -> Bool {
        var storage = sockaddr_storage()
        let length = withUnsafeMutableBytes(of: &storage) { bytes -> Int in
            let octets = address.octets
            let port = [UInt8(address.port >> 8), UInt8(address.port & 0xff)]
            bytes.storeBytes(of: UInt16(octets.count == 4 ? AF_INET : AF_INET6), as: UInt16.self)
            bytes[2...].copyBytes(from: port)
            bytes[(octets.count == 4 ? 4 : 8)...].copyBytes(from: octets)
            return octets.count == 4 ? MemoryLayout<sockaddr_in>.size : MemoryLayout<sockaddr_in6>.size
        }
        let status = withUnsafePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Foundation.connect(descriptor, $0, socklen_t(length))
            }
        }
        return status == 0 || errno == EINPROGRESS
    }

    private static func wait(_ descriptor: Int32, _ events: Int16, until end: Date) -> Bool {
        var entry = pollfd(fd: descriptor, events: events, revents: 0)
        let milliseconds = max(0, end.timeIntervalSinceNow * 1000)
        return poll(&entry, 1, Int32(min(milliseconds, 60_000))) == 1 && Int32(entry.revents) & POLLERR == 0
    }
}
