import Links
import RTMFP

/// Sends back what it gets, in a batch.
final class Echo: DatagramNode {
    private var datagrams: [Datagram] = []

    func receive(_ datagram: [UInt8], from far: SocketAddress, at now: Instant) {
        datagrams.append(Datagram(bytes: datagram, far: far))
    }

    func advance(to now: Instant) {}

    var nextDeadline: Instant? { nil }

    func takeDatagrams() -> [Datagram] {
        defer { datagrams = [] }
        return datagrams
    }
}

/// Sends back what it gets, and a farewell to the last who spoke to it.
final class Polite: DatagramNode {
    private var far: SocketAddress?
    private var datagrams: [Datagram] = []

    func receive(_ datagram: [UInt8], from far: SocketAddress, at now: Instant) {
        self.far = far
        datagrams.append(Datagram(bytes: datagram, far: far))
    }

    func advance(to now: Instant) {}

    var nextDeadline: Instant? { nil }

    func takeDatagrams() -> [Datagram] {
        defer { datagrams = [] }
        return datagrams
    }

    func leave(at now: Instant) {
        if let far { datagrams.append(Datagram(bytes: [0xbe], far: far)) }
    }
}

/// Hears everything and says nothing.
final class Mute: DatagramNode {
    private(set) var heard: [ReceivedDatagram] = []

    func receive(_ datagram: [UInt8], from far: SocketAddress, at now: Instant) {
        heard.append(ReceivedDatagram(datagram, from: far, at: now))
    }

    func advance(to now: Instant) {}

    var nextDeadline: Instant? { nil }

    func takeDatagrams() -> [Datagram] { [] }
}

/// Keeps a list of deadlines, and tells whoever spoke to it last of each when it is advanced past it.
///
/// A datagram of eight octets adds a deadline that many nanoseconds after it arrived.
final class AlarmClock: DatagramNode {
    private(set) var advances: [Instant] = []
    private var deadlines: [Instant]
    private var far: SocketAddress?
    private var datagrams: [Datagram] = []

    init(deadlines: [Instant] = []) {
        self.deadlines = deadlines
    }

    func receive(_ datagram: [UInt8], from far: SocketAddress, at now: Instant) {
        self.far = far
        let nanoseconds = datagram.reduce(0 as Int64) { $0 << 8 | Int64($1) }
        deadlines.append(now + Interval(nanoseconds: nanoseconds))
    }

    func advance(to now: Instant) {
        advances.append(now)
        let due = deadlines.filter { $0 <= now }
        deadlines.removeAll { $0 <= now }
        if let far { datagrams += due.map { _ in Datagram(bytes: [0xa1], far: far) } }
    }

    var nextDeadline: Instant? { deadlines.min() }

    func takeDatagrams() -> [Datagram] {
        defer { datagrams = [] }
        return datagrams
    }

    static func request(_ interval: Interval) -> [UInt8] {
        (0..<8).reversed().map { UInt8(truncatingIfNeeded: interval.nanoseconds >> ($0 * 8)) }
    }
}

/// Wants to be advanced now, always.
final class Restless: DatagramNode {
    func receive(_ datagram: [UInt8], from far: SocketAddress, at now: Instant) {}

    func advance(to now: Instant) {}

    var nextDeadline: Instant? { .origin }

    func takeDatagrams() -> [Datagram] { [] }
}
