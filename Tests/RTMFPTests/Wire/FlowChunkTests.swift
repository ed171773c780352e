import RTMFP
import Testing

/// What the fields of flow chunks mean (RFC 7016 §2.3.11-§2.3.14).
@Suite struct FlowChunkTests {
    @Test func theForwardSequenceNumberLiesBelowTheSequenceNumber() {
        let data = UserData(flowID: 2, sequenceNumber: 5, fsnOffset: 3, userData: [])
        #expect(data.forwardSequenceNumber == 2)
    }

    @Test func aForwardSequenceNumberBelowZeroIsMalformed() throws {
        let packet = try Packet([0x01, 0x10, 0, 5, 0, 3, 5, 6, 0x78, 0x01, 0, 0])
        let error = WireError(.illegal("exceeds the sequence number"), offset: 7, path: ["fsnOffset"])
        #expect(packet.chunks.first == .malformed(type: .userData, payload: [0, 3, 5, 6, 0x78], error))
        #expect(packet.chunks.last == .ping(Ping(message: [])))
    }

    @Test(arguments: FragmentControl.allCases)
    func theFlagsStandInTheirBits(_ control: FragmentControl) {
        for (abandon, final) in [(false, false), (false, true), (true, false), (true, true)] {
            let data = NextUserData(
                flags: UserDataFlags(control, abandon: abandon, final: final),
                options: [],
                userData: []
            )
            #expect(data.payload == [0x80 | control.rawValue << 4 | (abandon ? 2 : 0) | (final ? 1 : 0), 0])
        }
    }

    /// Reserved bits of the flags are ignored (RFC 7016 §2).
    @Test func reservedFlagsMeanNothing() throws {
        #expect(
            try chunks([0x11, 0, 2, 0x4c, 7, 0x7f, 0, 4, 0x7f, 1, 2, 3]) == [
                .nextUserData(NextUserData(userData: [7])),
                .packetFragment(
                    PacketFragment(moreFragments: false, packetID: 1, fragmentNumber: 2, packetFragment: [3])
                ),
            ]
        )
    }

    /// Bit 0 of the first octet is two above the cumulative acknowledgement (RFC 7016 §2.3.13).
    @Test(
        arguments: [
            ([], []), ([0x01], [12...12]), ([0x03], [12...13]), ([0x80, 0x01], [19...20]),
            ([0x79, 0x06], [12...12, 15...18, 21...22]), ([0xff, 0xff], [12...27]), ([0, 0], []),
        ] as [([UInt8], [ClosedRange<UInt64>])]
    )
    func aBitmapStandsForRuns(_ bitmap: [UInt8], _ ranges: [ClosedRange<UInt64>]) {
        #expect(acknowledgement(10, bitmap).ranges == ranges)
    }

    @Test func noAcknowledgementReachesBeyond64Bits() throws {
        let last = UInt64.max
        #expect(
            try chunks(encoded(acknowledgement(last - 9, [0x80]))) == [
                .bitmapAcknowledgement(acknowledgement(last - 9, [0x80]))
            ]
        )
        #expect(acknowledgement(last - 9, [0x80]).ranges == [last...last])
        for cumulative in [last - 8, last] {
            guard case .malformed(_, _, let error)? = try chunks(encoded(acknowledgement(cumulative, [1]))).first
            else {
                Issue.record("accepted: \(cumulative)")
                continue
            }
            #expect(error.reason == .illegal("acknowledges beyond 2^64 - 1"))
        }
        // One that was made so has the runs that exist.
        #expect(acknowledgement(last - 2, [0x03]).ranges == [last...last])
        #expect(acknowledgement(last, [0x03]).ranges == [])
    }

    @Test func noRangeReachesBeyond64Bits() throws {
        let most = [UInt8](repeating: 0xff, count: 9)
        for pair in [[0x81] + most + [0x7f, 0], [0, 0x81] + most + [0x7f]] {
            let payload = [1, 1, 5] + pair
            guard
                case .malformed(_, _, let error)? = try chunks([0x51] + bigEndian(UInt16(payload.count)) + payload)
                    .first
            else {
                Issue.record("accepted: \(payload)")
                continue
            }
            #expect([.illegal("acknowledges beyond 2^64 - 1"), .integerTooLarge].contains(error.reason))
        }
    }

    /// RFC 7016 Figure 6.
    @Test func aRangeThatIsCutOffIsDropped() throws {
        #expect(
            try chunks([0x51, 0, 7, 0x05, 0x7f, 0x10, 0, 0, 1, 0x83]) == [
                .rangeAcknowledgement(
                    RangeAcknowledgement(
                        flowID: 5,
                        bufferBlocksAvailable: 127,
                        cumulativeAcknowledgement: 16,
                        ranges: [18...18]
                    )
                )
            ]
        )
    }

    private func acknowledgement(_ cumulative: UInt64, _ bitmap: [UInt8]) -> BitmapAcknowledgement {
        BitmapAcknowledgement(
            flowID: 1,
            bufferBlocksAvailable: 1,
            cumulativeAcknowledgement: cumulative,
            bitmap: bitmap
        )
    }

    private func encoded(_ acknowledgement: BitmapAcknowledgement) -> [UInt8] {
        var writer = ByteWriter()
        Chunk.bitmapAcknowledgement(acknowledgement).encode(into: &writer)
        return writer.bytes
    }

    private func chunks(_ octets: [UInt8]) throws -> [Chunk] {
        try Packet([0x01] + octets).chunks
    }
}
