import RTMFP

/// A node with the address at which it is attached, and when it is to be woken.
final class AttachedNode: End {
    let node: any DatagramNode
    let address: SocketAddress
    /// The wake-up in the schedule that counts; later deadlines wait for it, so that a deadline that is put off with
    /// every datagram does not fill the schedule.
    private var wake: Instant?

    init(_ node: any DatagramNode, at address: SocketAddress) {
        self.node = node
        self.address = address
    }

    func deliver(_ datagram: ReceivedDatagram) {
        node.receive(datagram.bytes, from: datagram.far, at: datagram.at)
    }

    /// A node learns of datagrams alone, as behind a socket that is not connected.
    func learnOfRefusal(by far: SocketAddress) {}

    /// The wake-up that must be put into the schedule; nil if one that is early enough is there.
    func nextWake(after now: Instant) -> Instant? {
        guard let deadline = node.nextDeadline else { return nil }
        let wanted = max(deadline, now)
        if let wake, wake <= wanted { return nil }
        wake = wanted
        return wanted
    }

    /// Advances the node if the wake-up for `instant` is the one that counts, and the node is still of that mind.
    func wakeUp(at instant: Instant, now: Instant) {
        guard wake == instant else { return }
        wake = nil
        guard let deadline = node.nextDeadline, deadline <= now else { return }
        node.advance(to: now)
    }
}
