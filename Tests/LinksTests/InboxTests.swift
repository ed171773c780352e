import RTMFP
import Testing

@testable import Links

struct InboxTests {
    @Test(arguments: [0, 1, 10])
    func whatDoesNotFitIsDroppedAndCounted(room: Int) throws {
        let datagram = ReceivedDatagram([UInt8](repeating: 0, count: 36), from: .loopback(port: 1), at: .origin)
        let inbox = Inbox(limit: room * 100)
        inbox.append(Array(repeating: datagram, count: room + 3))
        #expect(inbox.dropped == 3)
        for _ in 0..<room { #expect(try inbox.next(until: .origin) == datagram) }
        #expect(try inbox.next(until: .origin) == nil)
        inbox.append(Array(repeating: datagram, count: room))
        #expect(inbox.dropped == 3)
    }

    @Test func datagramsComeBeforeComplaintsAndComplaintsBeforeTheEnd() throws {
        let datagram = ReceivedDatagram([1], from: .loopback(port: 1), at: .origin)
        let inbox = Inbox(limit: 1000)
        inbox.end(.closed)
        inbox.end(.broken(reason: "later"))
        inbox.complain(.refused(.loopback(port: 1)))
        inbox.append([datagram])
        #expect(try inbox.next(until: .origin) == datagram)
        #expect(throws: LinkError.refused(.loopback(port: 1))) { try inbox.next(until: .origin) }
        #expect(throws: LinkError.closed) { try inbox.next(until: .origin) }
        #expect(throws: LinkError.closed) { try inbox.next(until: .origin) }
    }
}
