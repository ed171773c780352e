import Foundation
import Links
import RTMFP

/// A TCP server on the loopback interface that does the same to every connection, on a thread of its own.
final class RudeServer: Sendable {
    /// What it does.
    enum Manner: String, CaseIterable, Sendable {
        case hangsUp, resets, saysNothing, talksNonsense, breaksOff, answersInPieces

        /// What it says to whatever comes.
        fileprivate var words: [String] {
            switch self {
            case .hangsUp, .resets, .saysNothing: []
            case .talksNonsense: ["SSH-2.0-OpenSSH_9.2\r\n"]
            case .breaksOff: ["HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[", "\"half"]
            case .answersInPieces: ["HTTP/1.1 200 O", "K\r\nContent-Length: 2\r\n\r\n[", "]"]
            }
        }

        fileprivate var ends: Bool { self != .saysNothing && self != .answersInPieces }
    }

    let address: SocketAddress
    private let listener: Int32

    init(_ manner: Manner) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                _ = bind(listener, pointer, length)
                _ = getsockname(listener, pointer, &length)
            }
        }
        _ = listen(listener, 16)
        self.listener = listener
        self.address = .loopback(port: UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread {
            var connections: [Int32] = []
            while case let connection = accept(listener, nil, nil), connection >= 0 {
                RudeServer.serve(connection, manner)
                if !manner.ends { connections.append(connection) }
            }
            connections.forEach { _ = close($0) }
        }
    }

    func stop() {
        _ = shutdown(listener, Int32(SHUT_RDWR))
        _ = close(listener)
    }

    private static func serve(_ connection: Int32, _ manner: Manner) {
        // What is unread when a connection is closed resets it.
        var octets = [UInt8](repeating: 0, count: 4096)
        if manner != .resets { _ = recv(connection, &octets, octets.count, 0) }
        for (index, word) in manner.words.enumerated() {
            // So that each arrives by itself.
            if index > 0 { usleep(20_000) }
            _ = send(connection, word, word.utf8.count, Int32(MSG_NOSIGNAL))
        }
        guard manner.ends else { return }
        if manner == .resets {
            var linger = linger(l_onoff: 1, l_linger: 0)
            setsockopt(connection, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Foundation.linger>.size))
            usleep(20_000)
        }
        _ = close(connection)
    }
}
