import Foundation
import RTMFP

/// Sends many datagrams to one address, which is put into the system's form once.
struct DatagramSender {
    private let socket: UDPSocket
    private let system: SystemAddress

    init(_ socket: UDPSocket, to far: SocketAddress) {
        self.socket = socket
        system = SystemAddress(far)
    }

    /// Offers a datagram to the socket until it has room, so many times at most; false if it was not taken.
    func send(_ bytes: [UInt8], attempts: Int) -> Bool {
        system.withPointer { address, length in
            for _ in 0..<attempts {
                let sent = bytes.withUnsafeBytes {
                    sendto(socket.descriptor, $0.baseAddress, $0.count, 0, address, length)
                }
                if sent == bytes.count { return true }
                switch errno {
                case EAGAIN, ENOBUFS:
                    var descriptor = pollfd(fd: socket.descriptor, events: Int16(POLLOUT), revents: 0)
                    _ = poll(&descriptor, 1, 1)
                // An earlier datagram was refused, or a signal came.
                case ECONNREFUSED, EINTR: continue
                default: return false
                }
            }
            return false
        }
    }
}
