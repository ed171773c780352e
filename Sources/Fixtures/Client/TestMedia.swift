public import Flash

/// Audio and video that can be told from any other: a frame carries its number, and octets that follow from that.
///
/// The octets after the first are no picture and no sound. The first says Sorenson H.263 or MP3, the formats that no
/// server and no client wants a decoder's configuration of.
public enum TestMedia {
    /// Frames of video in a second, and as many of audio.
    public static let rate = 30
    /// Every so many frames of video one is a key frame.
    public static let keyFrames: UInt32 = 30

    /// A frame of video: 4 kB if it is a key frame, else 900 octets.
    public static func video(_ number: UInt32) -> Message {
        let isKey = number % keyFrames == 0
        return frame(.video, format: isKey ? 0x12 : 0x22, number, length: isKey ? 4000 : 900)
    }

    /// A frame of audio: 160 octets.
    public static func audio(_ number: UInt32) -> Message {
        frame(.audio, format: 0x2f, number, length: 160)
    }

    /// The number of a frame that this type has made, whatever its timestamp; nil if the message is none.
    public static func number(of message: Message) -> UInt32? {
        guard message.payload.count > 5 else { return nil }
        let number = message.payload[1...4].reduce(0) { $0 << 8 | UInt32($1) }
        switch message.type {
        case .video: return video(number).payload == message.payload ? number : nil
        case .audio: return audio(number).payload == message.payload ? number : nil
        default: return nil
        }
    }

    private static func frame(_ type: MessageType, format: UInt8, _ number: UInt32, length: Int) -> Message {
        var payload = [format]
        payload.reserveCapacity(length)
        for shift in [24, 16, 8, 0] { payload.append(UInt8(truncatingIfNeeded: number >> UInt32(shift))) }
        for index in payload.count..<length {
            payload.append(UInt8(truncatingIfNeeded: UInt32(index) &+ number &* 31))
        }
        return Message(type, timestamp: UInt32(truncatingIfNeeded: UInt64(number) * 1000 / UInt64(rate)), payload)
    }
}

/// What a player has got.
public struct MediaCount: Hashable, Sendable {
    /// Frames of video.
    public private(set) var video = 0
    /// Frames of audio.
    public private(set) var audio = 0
    /// Audio and video that `TestMedia` has not made.
    public private(set) var strange = 0

    /// Makes one of nothing.
    public init() {}

    /// Counts a message if it is audio or video.
    ///
    /// An empty message is neither: some servers send such to say that there is nothing.
    public mutating func add(_ message: Message) {
        guard message.type.isMedia, !message.payload.isEmpty else { return }
        if TestMedia.number(of: message) == nil {
            strange += 1
        } else if message.type == .video {
            video += 1
        } else {
            audio += 1
        }
    }
}

extension MediaCount: CustomStringConvertible {
    public var description: String { "\(video) frames of video, \(audio) of audio, \(strange) that nobody sent" }
}
