import Flash
import RTMFP

/// RFC 7425 §5: what the messages of flows hold.
extension FuzzTarget {
    static let flash: [FuzzTarget] = [
        FuzzTarget("amf0", "values of AMF0", seeds: Seeds.of("flash/")) { octets in
            // Where references are expanded, one to a value that encloses it stays, and means another place afterwards.
            _ = try? [AMF0Value](amf0: octets, limits: AMFLimits(references: .expanded)).encoded
            let limits = AMFLimits(references: .kept)
            let values = try [AMF0Value](amf0: octets, limits: limits)
            try requireStable(values.encoded) { try [AMF0Value](amf0: $0, limits: limits).encoded }
        },
        FuzzTarget("amf3", "values of AMF3", seeds: Seeds.of("flash/")) { octets in
            // Where references are expanded, one to a value that encloses it stays, and means another place afterwards.
            _ = try? [AMF3Value](amf3: octets, limits: AMFLimits(references: .expanded)).encoded
            let limits = AMFLimits(references: .kept)
            let values = try [AMF3Value](amf3: octets, limits: limits)
            try requireStable(values.encoded) { try [AMF3Value](amf3: $0, limits: limits).encoded }
        },
        FuzzTarget("message", "an RTMP message, and what it may be", seeds: Seeds.of("flash/", "hlsp2p/peer")) {
            octets in
            let message = try Message(decoding: octets)
            try requireRoundTrip(message, encode: \.encoded) { try Message(decoding: $0) }
            let limits = AMFLimits(references: .kept)
            if let command = try? Command(decoding: message, limits: limits) {
                try requireStable(command.message(timestamp: message.timestamp).encoded) {
                    try Command(decoding: Message(decoding: $0), limits: limits).message(timestamp: message.timestamp)
                        .encoded
                }
            }
            if let data = try? DataMessage(decoding: message, limits: limits) {
                try requireStable(data.message(timestamp: message.timestamp).encoded) {
                    try DataMessage(decoding: Message(decoding: $0), limits: limits).message(
                        timestamp: message.timestamp
                    ).encoded
                }
            }
            if let control = try? UserControl(decoding: message) {
                try requireStable(control.message.encoded) {
                    try UserControl(decoding: Message(decoding: $0)).message.encoded
                }
            }
        },
        FuzzTarget("metadata", "the metadata of a flow", maximumLength: 512, seeds: Seeds.of("flash/flow-metadata")) {
            octets in
            try requireRoundTrip(FlowMetadata(decoding: octets), encode: \.encoded) { try FlowMetadata(decoding: $0) }
        },
    ]
}
