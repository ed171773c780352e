import RTMFP

/// A connection that is a TCP socket.
final class TCPStream: ByteStream {
    let localAddress: SocketAddress
    private var socket: TCPSocket?
    /// What the system has not taken yet.
    private var waiting: ArraySlice<UInt8> = []
    private var isFinishing = false

    init(to far: SocketAddress, from local: SocketAddress?, until deadline: Instant) throws(LinkError) {
        let socket = try TCPSocket(to: far, from: local)
        guard socket.wait(forWriting: true, forReading: false, until: deadline) else {
            throw .unreachable(far, reason: "no answer in time")
        }
        if let failure = socket.connectionFailure(to: far) { throw failure }
        localAddress = socket.localAddress ?? .unspecified(far.family)
        self.socket = consume socket
    }

    var now: Instant { .monotonic }

    func send(_ octets: [UInt8]) {
        guard !isFinishing else { return }
        waiting += octets
        pass()
    }

    func receive(until deadline: Instant) throws -> [UInt8]? {
        while socket != nil {
            pass()
            if let octets = try socket?.receive() { return octets }
            let isReady = socket?.wait(forWriting: !waiting.isEmpty, forReading: true, until: deadline) ?? false
            if !isReady { return nil }
        }
        throw LinkError.closed
    }

    func finishSending() {
        guard !isFinishing else { return }
        isFinishing = true
        pass()
        if waiting.isEmpty { socket?.finishSending() }
    }

    func close() {
        socket = nil
    }

    /// Hands over what waits, as much as the system takes.
    private func pass() {
        guard !waiting.isEmpty else { return }
        while !waiting.isEmpty, socket != nil {
            guard let count = socket?.send(waiting) else {
                waiting = []
                return
            }
            guard count > 0 else { return }
            waiting = waiting.dropFirst(count)
        }
        waiting = []
        if isFinishing { socket?.finishSending() }
    }
}
