public import Links
public import RTMFP

/// Whether something speaks HTTP at an address, found out with one request.
public enum HTTPGreeting {
    /// Asks for `/` and looks whether the answer begins as HTTP's do; false if nobody answers within `patience`.
    public static func answers(
        at address: SocketAddress,
        within patience: Interval,
        over streams: any StreamNetwork = TCPNetwork()
    ) -> Bool {
        let deadline = streams.now + patience
        guard let stream = try? streams.connect(to: address, from: nil, until: deadline) else { return false }
        defer { stream.close() }
        stream.send(Array("GET / HTTP/1.1\r\nHost: \(address)\r\nConnection: close\r\n\r\n".utf8))
        var answer: [UInt8] = []
        while answer.count < 5, let octets = try? stream.receive(until: deadline), !octets.isEmpty {
            answer += octets
        }
        return answer.starts(with: "HTTP/".utf8)
    }
}
