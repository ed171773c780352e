import Flash
import RTMFP

/// The same octet, so many times.
func octets(_ octet: UInt8, _ count: Int) -> [UInt8] {
    [UInt8](repeating: octet, count: count)
}

extension ReferenceScript {
    /// What the parties of the script show of themselves, and options of their flows.
    enum Part {
        /// Offers groups for ephemeral keys, and has more randomness than a packet can carry.
        static let serverCertificate = serverCertificateInShort + [.certificate(.extraRandomness, octets(0x1a, 1_800))]

        static let serverCertificateInShort: [Option] = [
            .certificate(.hostname, Array("rendezvous.example".utf8)),
            .certificate(.acceptsAncillaryData),
            .supportedEphemeralGroup(.modp1024),
            .supportedEphemeralGroup(.modp2048),
        ]

        /// Has static keys of two groups.
        static let viewerCertificate: [Option] = [
            .certificate(.staticPublicKey, key(2, 128)), .certificate(.staticPublicKey, key(14, 256)),
        ]

        static let peerCertificate: [Option] = [
            .supportedEphemeralGroup(.modp1024), .certificate(.extraRandomness, octets(0x3a, 64)),
        ]

        /// Of an initiator with static keys.
        static let staticComponent: [Option] = [
            .component(.groupSelect, [2]), .component(.extraRandomness, octets(0x2b, 64)),
            .component(.hmacNegotiation, [0x02, 10]), .component(.sequenceNumberNegotiation, [0x02]),
        ]

        static let ephemeralComponent: [Option] = [
            .component(.sequenceNumberNegotiation, [0x07]), .component(.hmacNegotiation, [0x07, 16]),
            .component(.ephemeralPublicKey, key(2, 128)),
        ]

        /// The association with flow 2 of the far end (RFC 7016 §2.3.11.1.2).
        static let association = Option.value(type: 0x0a, [2])
        /// A flow of the NetConnection, and the server's that answers it.
        static let control = [metadata(0)]
        static let controlAnswer = control + [association]
        /// Flows of stream 5, in answer to the server's control flow.
        static let video = [metadata(5, .networkArrivalOrder), association]
        static let audio = video
        /// A flow of stream 7.
        static let unwanted = [metadata(7)]
        static let result = Command("_result", transactionID: 1).message().encoded

        static func stream(_ streamID: UInt32) -> [Option] { [metadata(streamID)] }

        static func key(_ group: UInt8, _ length: Int) -> [UInt8] { [group] + octets(0x4b, length) }

        private static func metadata(
            _ streamID: UInt32,
            _ intent: FlowMetadata.ReceiveIntent = .originalQueuingOrder
        ) -> Option {
            .value(type: 0, FlowMetadata(streamID: streamID, receiveIntent: intent).encoded)
        }
    }

    // MARK: Chunks

    /// A fragment; `forward` is the Forward Sequence Number.
    static func data(
        _ flowID: UInt64,
        _ number: UInt64,
        after forward: UInt64,
        _ octets: [UInt8],
        _ control: FragmentControl = .whole,
        final: Bool = false,
        options: [Option]? = nil
    ) -> Chunk {
        .userData(
            UserData(
                flags: UserDataFlags(control, final: final),
                flowID: flowID,
                sequenceNumber: number,
                fsnOffset: number - forward,
                options: options,
                userData: octets
            )
        )
    }

    /// The fragment with the next number.
    static func next(_ control: FragmentControl, _ octets: [UInt8]) -> Chunk {
        .nextUserData(NextUserData(flags: UserDataFlags(control), userData: octets))
    }

    static func abandoned(
        _ flowID: UInt64,
        _ number: UInt64,
        after forward: UInt64,
        _ control: FragmentControl,
        final: Bool = false
    ) -> Chunk {
        .userData(
            UserData(
                flags: UserDataFlags(control, abandon: true, final: final),
                flowID: flowID,
                sequenceNumber: number,
                fsnOffset: number - forward,
                userData: []
            )
        )
    }

    static func nextAbandoned(_ control: FragmentControl) -> Chunk {
        .nextUserData(NextUserData(flags: UserDataFlags(control, abandon: true), userData: []))
    }

    static func ack(_ flowID: UInt64, _ cumulative: UInt64, _ ranges: [ClosedRange<UInt64>] = []) -> Chunk {
        .rangeAcknowledgement(
            RangeAcknowledgement(
                flowID: flowID,
                bufferBlocksAvailable: 64,
                cumulativeAcknowledgement: cumulative,
                ranges: ranges
            )
        )
    }

    static func exception(_ flowID: UInt64) -> Chunk {
        .flowExceptionReport(FlowExceptionReport(flowID: flowID, exceptionCode: 0))
    }
}

extension Option {
    /// A keying component option.
    static func component(_ type: KeyingComponent.OptionType, _ value: [UInt8]) -> Option {
        .value(type: type.rawValue, value)
    }
}
