import RTMFP
import Testing

/// Addresses (RFC 7016 §2.1.5).
@Suite struct AddressTests {
    @Test func randomAddressesComeBack() throws {
        var random = SeededGenerator(seed: 9)
        for _ in 0..<100 {
            let address = random.address()
            var layout = Layout()
            layout.address("address", address)
            var writer = ByteWriter()
            address.encode(into: &writer)
            #expect(writer.bytes == layout.octets)
            var reader = ByteReader(layout.octets.span)
            #expect(try Address(from: &reader) == address)
            #expect(SocketAddress(octets: address.socket.octets, port: address.socket.port) == address.socket)
        }
    }

    /// Reserved flags are ignored.
    @Test(arguments: UInt8.min...UInt8.max)
    func theFlagsTellFamilyAndOrigin(_ flags: UInt8) throws {
        let octets = [flags] + [UInt8](repeating: 1, count: flags < 0x80 ? 6 : 18)
        var reader = ByteReader(octets.span)
        let address = try Address(from: &reader)
        #expect(address.origin.rawValue == flags & 3)
        #expect(reader.remaining == 0)
        #expect(address.socket.port == 0x0101)
    }

    @Test func anyOtherNumberOfOctetsIsNoAddress() {
        for count in 0...20 where count != 4 && count != 16 {
            #expect(SocketAddress(octets: [UInt8](repeating: 1, count: count), port: 1) == nil)
        }
    }

    @Test(
        arguments: [
            ([192, 0, 2, 1], "192.0.2.1:1935"),
            ([0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], "[2001:db8:0:0:0:0:0:1]:1935"),
        ] as [([UInt8], String)]
    )
    func anAddressReads(_ octets: [UInt8], _ text: String) throws {
        #expect(try #require(SocketAddress(octets: octets, port: 1935)).description == text)
    }
}
