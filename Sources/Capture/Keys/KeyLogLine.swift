import Foundation
import RTMFP

/// A line of a key log, as JSON has it; only what decoding needs.
struct KeyLogLine: Decodable {
    var event: String
    var dir: String?
    var role: String?
    var sessionID: String?
    var farAddress: String?
    var key: String?
    var hasHMAC: Bool?
    var hmacLength: Int?
    var hmacKey: String?
    var hasSequenceNumbers: Bool?

    private enum CodingKeys: String, CodingKey {
        case event
        case dir
        case role
        case sessionID = "session_id"
        case farAddress = "far_addr"
        case key = "aes_key"
        case hasHMAC = "hmac"
        case hmacLength = "hmac_len"
        case hmacKey = "hmac_key"
        case hasSequenceNumbers = "sseq"
    }

    /// A member that is absent or has a value that it must not have.
    struct Fault: Error {
        var reason: String
    }

    /// What a line with the event `open` says; nil for other events, which come before a session has IDs.
    func direction() throws(Fault) -> LoggedDirection? {
        guard event == "open" else { return nil }
        guard let travel = dir.flatMap(LoggedDirection.Travel.init) else {
            throw Fault(reason: "\"dir\" must be \"tx\" or \"rx\"")
        }
        guard role == "initiator" || role == "responder" else {
            throw Fault(reason: "\"role\" must be \"initiator\" or \"responder\"")
        }
        guard let id = sessionID, id.count == 8, let sessionID = UInt32(id, radix: 16) else {
            throw Fault(reason: "\"session_id\" must be 8 hexadecimal digits")
        }
        guard let farAddress = farAddress.flatMap(SocketAddress.init(text:)) else {
            throw Fault(reason: "\"far_addr\" must be an IP address and a port")
        }
        guard let key = key.flatMap([UInt8].init(hexadecimal:)), key.count == 16 else {
            throw Fault(reason: "\"aes_key\" must be 32 hexadecimal digits")
        }
        return LoggedDirection(
            sessionID: sessionID,
            travel: travel,
            farAddress: farAddress,
            mode: (role == "initiator") == (travel == .sent) ? .initiator : .responder,
            protection: PacketProtection(
                key: key,
                verification: try verification(),
                sequenceNumbers: hasSequenceNumbers ?? false
            )
        )
    }

    private func verification() throws(Fault) -> PacketProtection.Verification {
        guard hasHMAC == true else { return .checksum }
        guard let hmacLength, (4...32).contains(hmacLength) else {
            throw Fault(reason: "\"hmac_len\" must be 4 to 32 where \"hmac\" is true")
        }
        guard let key = hmacKey.flatMap([UInt8].init(hexadecimal:)), !key.isEmpty else {
            throw Fault(reason: "\"hmac_key\" must be hexadecimal digits where \"hmac\" is true")
        }
        return .hmac(key: key, length: hmacLength)
    }
}
