import Foundation
public import RTMFP

/// A UDP socket that never blocks: for programs that are one loop over a few of them.
public final class UDPSocket {
    /// The longest datagram there is.
    private static let longest = 65_535

    /// The address that it has.
    public let address: SocketAddress
    let descriptor: Int32
    private let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: longest, alignment: 16)

    /// Binds `address`; port 0 asks for any free one.
    ///
    /// - Throws: `SocketError` if it cannot be had.
    public init(at address: SocketAddress) throws(SocketError) {
        let system = SystemAddress(address)
        let descriptor = socket(system.family, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        guard descriptor >= 0 else { throw SocketError(address: address, reason: UDPSocket.reason) }
        // The system grants less where its limit is lower.
        for option in [SO_RCVBUF, SO_SNDBUF] {
            var octets: Int32 = 4 << 20
            setsockopt(descriptor, SOL_SOCKET, option, &octets, socklen_t(MemoryLayout<Int32>.size))
        }
        guard system.withPointer({ bind(descriptor, $0, $1) }) == 0,
            let bound = SystemAddress.name(of: descriptor)
        else {
            let reason = UDPSocket.reason
            close(descriptor)
            throw SocketError(address: address, reason: reason)
        }
        self.descriptor = descriptor
        self.address = bound
    }

    deinit {
        close(descriptor)
        scratch.deallocate()
    }

    /// The address of this machine from which `far` is reached.
    ///
    /// - Throws: `SocketError` if no route leads there.
    public static func localAddress(towards far: SocketAddress) throws(SocketError) -> SocketAddress {
        let system = SystemAddress(far)
        let descriptor = socket(system.family, Int32(SOCK_DGRAM.rawValue), 0)
        guard descriptor >= 0 else { throw SocketError(address: far, reason: reason) }
        defer { close(descriptor) }
        // Sends nothing: it only chooses the route.
        guard system.withPointer({ connect(descriptor, $0, $1) }) == 0, var near = SystemAddress.name(of: descriptor)
        else { throw SocketError(address: far, reason: reason) }
        near.port = 0
        return near
    }

    /// Sends a datagram; false if the socket does not take it now, or it cannot go there. Nothing says that it arrives.
    @discardableResult
    public func send(_ bytes: [UInt8], to far: SocketAddress) -> Bool {
        SystemAddress(far).withPointer { address, length in
            bytes.withUnsafeBytes { sendto(descriptor, $0.baseAddress, $0.count, 0, address, length) }
        } == bytes.count
    }

    /// The next datagram that waits; nil if there is none.
    public func receive() -> (bytes: [UInt8], far: SocketAddress)? {
        while true {
            var system = SystemAddress()
            let count = system.withMutablePointer { address, length in
                recvfrom(descriptor, scratch.baseAddress, scratch.count, 0, address, length)
            }
            // A destination that refused an earlier datagram is no end of this socket.
            if count < 0, errno == EINTR || errno == ECONNREFUSED { continue }
            guard count >= 0, let far = system.address else { return nil }
            return (Array(scratch[0..<count]), far)
        }
    }

    /// Waits until one of the sockets has a datagram, or that many milliseconds have passed.
    public static func wait(for sockets: [UDPSocket], milliseconds: Int32) {
        var descriptors = sockets.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
        _ = poll(&descriptors, nfds_t(descriptors.count), milliseconds)
    }

    private static var reason: String { String(cString: strerror(errno)) }
}

extension Instant {
    /// The wall clock: nanoseconds since 1970-01-01T00:00:00Z.
    public static var wallClock: Instant { reading(CLOCK_REALTIME) }

    /// A clock that never goes back.
    public static var steadyClock: Instant { reading(CLOCK_MONOTONIC) }

    private static func reading(_ clock: clockid_t) -> Instant {
        var time = timespec()
        clock_gettime(clock, &time)
        return Instant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }
}
