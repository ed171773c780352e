public import Flash
public import RTMFP

/// Audio and video in an FLV file, as other programs publish it and record it (Adobe Flash Video File Format, annex E).
public enum FLV {
    /// A file of `TestMedia`.
    public static func testFile(seconds: Int) -> [UInt8] {
        var writer = ByteWriter()
        writer.raw(Array("FLV".utf8) + [1, 5])
        writer.uint32(9)
        writer.uint32(0)
        for number in 0..<UInt32(clamping: seconds * TestMedia.rate) {
            write(TestMedia.video(number), to: &writer)
            write(TestMedia.audio(number), to: &writer)
        }
        return writer.bytes
    }

    private static func write(_ message: Message, to writer: inout ByteWriter) {
        let length = UInt32(clamping: message.payload.count)
        writer.uint32(UInt32(message.type.rawValue) << 24 | length)
        writer.uint32(message.timestamp << 8 | message.timestamp >> 24)
        writer.raw([0, 0, 0])
        writer.raw(message.payload)
        writer.uint32(11 + length)
    }

    /// The audio, video and data in a file. What stands after its last whole tag is left out: whoever recorded it may
    /// have been stopped.
    ///
    /// - Throws: `WireError` if it is no FLV file.
    public static func messages(in file: [UInt8]) throws(WireError) -> [Message] {
        var reader = ByteReader(file.span)
        guard try reader.bytes(3, "signature") == Array("FLV".utf8) else {
            throw WireError(.illegal("is no FLV file"), offset: 0, path: ["signature"])
        }
        _ = try reader.uint16("version and flags")
        let header = try reader.uint32("header length")
        guard header >= 9 else { throw WireError(.illegal("is too short"), offset: 5, path: ["header length"]) }
        _ = try reader.bytes(UInt64(header) - 9, "header")
        var messages: [Message] = []
        while reader.remaining >= 4 + 11 {
            _ = try reader.uint32("previous tag's length")
            let first = try reader.uint32("type and length")
            let time = try reader.uint32("timestamp")
            _ = try reader.bytes(3, "stream ID")
            let length = UInt64(first & 0xff_ffff)
            guard UInt64(reader.remaining) >= length else { break }
            messages.append(
                Message(
                    MessageType(rawValue: UInt8(truncatingIfNeeded: first >> 24)),
                    timestamp: time >> 8 | time << 24,
                    try reader.bytes(length, "data")
                )
            )
        }
        return messages
    }
}
