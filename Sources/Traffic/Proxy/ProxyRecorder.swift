public import Capture
import Foundation
public import RTMFP

/// Runs a ``Proxy`` on real sockets and writes all that passes to a capture, and the keys to a log.
///
/// The capture holds both halves of the way: each packet once as its sender protected it, and once as the proxy did.
public final class ProxyRecorder {
    private let proxy: Proxy
    private let local: SocketAddress
    /// By port of the proxy.
    private var sockets: [UDPSocket]
    private let capture: CaptureWriter
    private let keys: KeyLogWriter
    /// Sessions whose keys are known.
    public private(set) var sessions = 0

    /// Where clients have to connect to.
    public var address: SocketAddress { sockets[0].address }
    /// Datagrams that were written, those that came and those that went.
    public var packets: Int { capture.packets }

    /// Listens, and makes the files.
    ///
    /// - Throws: `SocketError` if an address cannot be had or no route leads to the target, `CaptureWriteError`.
    public init(at address: SocketAddress, target: SocketAddress, capture: String, keys: String) throws {
        proxy = Proxy(target: target, random: SystemRandomNumberGenerator())
        local = try UDPSocket.localAddress(towards: target)
        sockets = [try UDPSocket(at: address)]
        self.capture = try CaptureWriter(path: capture, comment: "recorded by a proxy for \(target)")
        self.keys = try KeyLogWriter(path: keys)
        proxy.bound(sockets[0].address)
    }

    /// Passes on what comes, until `shouldStop` says so; that is asked ten times a second at least.
    ///
    /// - Parameter notice: told what the user should know.
    /// - Throws: `CaptureWriteError`, for instance if the disk is full.
    public func run(until shouldStop: () -> Bool, notice: (String) -> Void) throws {
        while !shouldStop() {
            UDPSocket.wait(for: sockets, milliseconds: 100)
            for port in sockets.indices {
                // A few at a time, so that no socket starves the others.
                for _ in 0..<64 {
                    guard let (bytes, far) = sockets[port].receive() else { break }
                    try record(bytes, from: far, to: sockets[port].address)
                    proxy.receive(bytes, on: port, from: far)
                    try pass(notice)
                }
            }
        }
    }

    /// Completes the files.
    public func close() throws(CaptureWriteError) {
        try capture.close()
        try keys.close()
    }

    private func pass(_ notice: (String) -> Void) throws {
        // Before what they protect is written.
        for entry in proxy.takeKeys() {
            try keys.write(entry)
            sessions += entry.role == .responder ? 1 : 0
        }
        for sending in proxy.takeSendings() {
            while sockets.count <= sending.port {
                let socket = try UDPSocket(at: local)
                sockets.append(socket)
                proxy.bound(socket.address)
            }
            let socket = sockets[sending.port]
            try record(sending.bytes, from: socket.address, to: sending.far)
            socket.send(sending.bytes, to: sending.far)
        }
        for text in proxy.takeNotices() { notice(text) }
    }

    private func record(_ bytes: [UInt8], from source: SocketAddress, to destination: SocketAddress) throws {
        try capture.write(
            CapturedDatagram(
                frame: capture.packets + 1,
                time: .wallClock,
                source: source,
                destination: destination,
                payload: bytes
            )
        )
    }
}
