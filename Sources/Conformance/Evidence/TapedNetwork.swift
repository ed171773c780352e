import Links
import RTMFP

extension Tape {
    /// A network like another one, whose links are taped.
    func network(over network: any Network) -> any Network {
        TapedNetwork(network: network, tape: OneThread(value: self))
    }
}

private struct TapedNetwork: Network {
    let network: any Network
    let tape: OneThread<Tape>

    func makeLink(_ reach: Reach) throws -> any Link {
        TapedLink(try network.makeLink(reach), tape.value)
    }
}

/// A link like another one, with everything that passes it on tape.
///
/// Its clock stands still between what happens, so that a case reads no time that is not on tape.
final class TapedLink: Link {
    private let link: any Link
    private let tape: Tape
    private let number: Int

    init(_ link: any Link, _ tape: Tape) {
        self.link = link
        self.tape = tape
        number = tape.add(link.localAddress)
        tape.begin(at: link.now)
    }

    var localAddress: SocketAddress { link.localAddress }
    var now: Instant { tape.clock.now }
    var dropped: Int { link.dropped }

    func send(_ bytes: [UInt8], to far: SocketAddress) throws {
        tape.add(.passage(Tape.Passage(link: number, isSent: true, bytes: bytes, far: far)), at: link.now)
        try link.send(bytes, to: far)
    }

    func receive(until deadline: Instant) throws -> ReceivedDatagram? {
        guard let received = try link.receive(until: deadline) else {
            tape.add(.waited(inVain: true), at: link.now)
            return nil
        }
        let passage = Tape.Passage(link: number, isSent: false, bytes: received.bytes, far: received.far)
        tape.add(.passage(passage), at: received.at)
        return received
    }

    func close() {
        link.close()
    }
}
