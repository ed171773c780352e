import RTMFP

/// The blocks of a pcapng file, as far as this project writes them, in little-endian order
/// (draft-ietf-opsawg-pcapng §4.1 to §4.3).
enum PcapngBlock {
    private static let sectionHeader: UInt32 = 0x0a0d_0d0a
    private static let interfaceDescription: UInt32 = 1
    private static let enhancedPacket: UInt32 = 6

    /// Codes of options; those below 2048 that several blocks share come first.
    private enum OptionCode {
        static let comment: UInt16 = 1
        static let application: UInt16 = 4
        static let interfaceName: UInt16 = 2
        static let timestampResolution: UInt16 = 9
    }

    /// The longest value that an option can have.
    private static let longestOption = 65_535

    /// What begins a section of unknown length; `application` wrote it.
    static func section(application: String, comment: String?) -> [UInt8] {
        block(sectionHeader) { body in
            body.little(0x1a2b_3c4d as UInt32)
            body.little(1 as UInt16)
            body.little(0 as UInt16)
            body.little(UInt64.max)
            if let comment { option(OptionCode.comment, Array(comment.utf8), in: &body) }
            option(OptionCode.application, Array(application.utf8), in: &body)
            option(0, [], in: &body)
        }
    }

    /// An interface whose packets have times in nanoseconds.
    static func interface(linkType: UInt16, snapLength: UInt32, name: String?) -> [UInt8] {
        block(interfaceDescription) { body in
            body.little(linkType)
            body.little(0 as UInt16)
            body.little(snapLength)
            if let name { option(OptionCode.interfaceName, Array(name.utf8), in: &body) }
            option(OptionCode.timestampResolution, [9], in: &body)
            option(0, [], in: &body)
        }
    }

    /// A packet of the section's first interface.
    static func packet(_ octets: [UInt8], originalLength: Int, at time: Instant, comment: String?) -> [UInt8] {
        let time = UInt64(clamping: time.nanoseconds)
        return block(enhancedPacket) { body in
            body.little(0 as UInt32)
            body.little(UInt32(time >> 32))
            body.little(UInt32(truncatingIfNeeded: time))
            body.little(UInt32(clamping: octets.count))
            body.little(UInt32(clamping: originalLength))
            body += octets
            pad(&body)
            guard let comment else { return }
            option(OptionCode.comment, Array(comment.utf8), in: &body)
            option(0, [], in: &body)
        }
    }

    private static func block(_ type: UInt32, _ body: (inout [UInt8]) -> Void) -> [UInt8] {
        var block: [UInt8] = []
        block.little(type)
        block.little(0 as UInt32)
        body(&block)
        let length = UInt32(clamping: block.count + 4)
        block.little(length)
        for index in 0..<4 { block[4 + index] = UInt8(truncatingIfNeeded: length >> (8 * UInt32(index))) }
        return block
    }

    private static func option(_ code: UInt16, _ value: [UInt8], in body: inout [UInt8]) {
        let value = value.prefix(longestOption)
        body.little(code)
        body.little(UInt16(value.count))
        body += value
        pad(&body)
    }

    /// Fills up to a multiple of four octets; blocks begin at one.
    private static func pad(_ body: inout [UInt8]) {
        body += repeatElement(0, count: -body.count & 3)
    }
}

extension [UInt8] {
    fileprivate mutating func little(_ number: some FixedWidthInteger) {
        for shift in stride(from: 0, to: number.bitWidth, by: 8) { append(UInt8(truncatingIfNeeded: number >> shift)) }
    }
}
