import RTMFP

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A TCP socket that never blocks: the system's calls, and what their errors mean.
struct TCPSocket: ~Copyable {
    private let descriptor: Int32

    /// Opens a socket, binds it to `local` if given, and begins to connect it.
    init(to far: SocketAddress, from local: SocketAddress?) throws(LinkError) {
        #if canImport(Darwin)
            let kind = SOCK_STREAM
        #else
            let kind = Int32(SOCK_STREAM.rawValue)
        #endif
        let descriptor = socket(far.family == .v4 ? AF_INET : AF_INET6, kind, 0)
        guard descriptor >= 0 else { throw .broken(reason: TCPSocket.reason(errno)) }
        do {
            try TCPSocket.begin(descriptor, to: far, from: local)
        } catch {
            _ = close(descriptor)
            throw error
        }
        self.descriptor = descriptor
    }

    deinit {
        _ = close(descriptor)
    }

    private static func begin(_ socket: Int32, to far: SocketAddress, from local: SocketAddress?) throws(LinkError) {
        _ = fcntl(socket, F_SETFL, O_NONBLOCK)
        var one: Int32 = 1
        let size = socklen_t(MemoryLayout<Int32>.size)
        _ = unsafe setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &one, size)
        if let local {
            let status = unsafe local.withSystemAddress { unsafe bind(socket, $0, $1) }
            guard status == 0 else { throw .unavailable(local, reason: reason(errno)) }
        }
        let status = unsafe far.withSystemAddress { unsafe Self.connect(socket, $0, $1) }
        guard status == 0 || errno == EINPROGRESS else { throw failure(errno, far) }
    }

    private static func connect(
        _ socket: Int32,
        _ address: UnsafePointer<sockaddr>,
        _ length: socklen_t
    ) -> Int32 {
        #if canImport(Glibc)
            unsafe Glibc.connect(socket, address, length)
        #elseif canImport(Musl)
            unsafe Musl.connect(socket, address, length)
        #else
            unsafe Darwin.connect(socket, address, length)
        #endif
    }

    /// Whether connecting has failed, and why.
    func connectionFailure(to far: SocketAddress) -> LinkError? {
        var code: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        guard unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size) == 0, code != 0 else { return nil }
        return TCPSocket.failure(code, far)
    }

    /// Waits until there is something to read, or to write if asked to; false if `deadline` passed.
    func wait(forWriting: Bool, forReading: Bool, until deadline: Instant) -> Bool {
        let events = (forReading ? Int16(POLLIN) : 0) | (forWriting ? Int16(POLLOUT) : 0)
        var entry = pollfd(fd: descriptor, events: events, revents: 0)
        while true {
            let left = max(.zero, min(deadline - .monotonic, .seconds(60)))
            // Rounded up: what is left of a millisecond is waited for as well.
            let status = unsafe poll(&entry, 1, Int32((left.nanoseconds + 999_999) / 1_000_000))
            if status > 0 { return true }
            if deadline <= .monotonic { return false }
        }
    }

    /// Does nothing for some time.
    static func sleep(_ interval: Interval) {
        _ = poll(nil, 0, Int32((interval.nanoseconds + 999_999) / 1_000_000))
    }

    /// Sends as much as the system takes now.
    ///
    /// - Returns: How many octets that was; nil if nothing can be sent any more.
    func send(_ octets: ArraySlice<UInt8>) -> Int? {
        let count = unsafe octets.withUnsafeBytes { buffer in
            #if canImport(Darwin)
                unsafe Darwin.send(descriptor, buffer.baseAddress, buffer.count, 0)
            #elseif canImport(Musl)
                unsafe Musl.send(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL))
            #else
                unsafe Glibc.send(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL))
            #endif
        }
        if count >= 0 { return count }
        return [EAGAIN, EWOULDBLOCK, EINTR].contains(errno) ? 0 : nil
    }

    /// What has come; none at the end of the stream; nil if nothing has come yet.
    func receive() throws(LinkError) -> [UInt8]? {
        var octets = [UInt8](repeating: 0, count: 65_536)
        let count = unsafe octets.withUnsafeMutableBytes { buffer in
            unsafe recv(descriptor, buffer.baseAddress, buffer.count, 0)
        }
        if count >= 0 { return Array(octets.prefix(count)) }
        guard ![EAGAIN, EWOULDBLOCK, EINTR].contains(errno) else { return nil }
        throw .broken(reason: errno == ECONNRESET ? "the far end reset it" : TCPSocket.reason(errno))
    }

    /// Says that nothing more will be sent.
    func finishSending() {
        _ = shutdown(descriptor, Int32(SHUT_WR))
    }

    /// The address of this end; nil if the system does not tell.
    var localAddress: SocketAddress? {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let status = unsafe withUnsafeMutablePointer(to: &storage) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe getsockname(descriptor, $0, &length)
            }
        }
        return status == 0 ? SocketAddress(system: storage) : nil
    }

    private static func failure(_ code: Int32, _ far: SocketAddress) -> LinkError {
        code == ECONNREFUSED ? .refused(far) : .unreachable(far, reason: reason(code))
    }

    /// The system's words for an error number.
    private static func reason(_ code: Int32) -> String {
        unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
    }
}

extension SocketAddress {
    /// Lends the address as the system's calls want it.
    fileprivate func withSystemAddress<T>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> T) -> T {
        var storage = sockaddr_storage()
        let length = unsafe withUnsafeMutableBytes(of: &storage) { bytes -> Int in
            let family = UInt16(self.family == .v4 ? AF_INET : AF_INET6)
            #if canImport(Darwin)
                unsafe bytes[1] = UInt8(family)
            #else
                unsafe bytes.storeBytes(of: family, as: UInt16.self)
            #endif
            unsafe bytes[2...].copyBytes(from: [UInt8(port >> 8), UInt8(port & 0xff)])
            unsafe bytes[(self.family == .v4 ? 4 : 8)...].copyBytes(from: octets)
            return self.family == .v4 ? MemoryLayout<sockaddr_in>.size : MemoryLayout<sockaddr_in6>.size
        }
        return unsafe withUnsafePointer(to: &storage) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe body($0, socklen_t(length))
            }
        }
    }

    /// Reads an address that the system gave; nil if it is neither IPv4 nor IPv6.
    fileprivate init?(system storage: sockaddr_storage) {
        var storage = storage
        let family = Int32(storage.ss_family)
        guard family == AF_INET || family == AF_INET6 else { return nil }
        let octets = unsafe withUnsafeBytes(of: &storage) { unsafe Array($0.prefix(24)) }
        let ip = family == AF_INET ? Array(octets[4..<8]) : Array(octets[8..<24])
        self.init(octets: ip, port: UInt16(octets[2]) << 8 | UInt16(octets[3]))
    }
}
