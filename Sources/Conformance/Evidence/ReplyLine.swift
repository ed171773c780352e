import Foundation

/// What a registry answered, in the file beside a failure's capture; without any member, that there is no such thing.
struct ReplyLine: Codable {
    var status: String?
    var error: String?
    var integer: Int64?
    var octets: Data?
    var array: [ReplyLine]?

    init(_ reply: RegistryReply) {
        switch reply {
        case .status(let text): status = text
        case .error(let text): error = text
        case .integer(let number): integer = number
        case .octets(let octets): self.octets = Data(octets)
        case .null: break
        case .array(let elements): array = elements.map { ReplyLine($0) }
        }
    }

    /// What it tells.
    var reply: RegistryReply {
        if let status { return .status(status) }
        if let error { return .error(error) }
        if let integer { return .integer(integer) }
        if let octets { return .octets([UInt8](octets)) }
        return array.map { .array($0.map(\.reply)) } ?? .null
    }
}
