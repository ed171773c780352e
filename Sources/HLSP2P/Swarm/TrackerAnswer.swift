/// What a tracker answers: a JSON array of peer IDs (tracker-protocol §3).
public enum TrackerAnswer {
    /// Octets of an answer at most.
    public static let maximumLength = 1 << 18
    /// Peers of an answer at most; the others are left out.
    public static let maximumPeers = 64

    /// The peers that an answer names, each once; none if it is anything but an array.
    ///
    /// What is not a peer ID is left out.
    public static func peers(_ octets: [UInt8]) -> [PeerID] {
        guard octets.count <= maximumLength, let text = String(validating: octets, as: UTF8.self) else { return [] }
        let content = text.drop(while: \.isWhitespace)
        guard content.first == "[", content.last(where: { !$0.isWhitespace }) == "]" else { return [] }
        var peers: [PeerID] = []
        // Peer IDs hold no quotation marks and no backslashes, so that every other part stands in quotation marks.
        let parts = content.split(separator: "\"", omittingEmptySubsequences: false)
        for part in parts.enumerated() where !part.offset.isMultiple(of: 2) {
            guard let peer = PeerID(text: String(part.element)), !peers.contains(peer) else { continue }
            peers.append(peer)
            if peers.count == maximumPeers { break }
        }
        return peers
    }

    /// The URL of a query.
    static func query(_ tracker: String, resource: ResourceName, size: Int) -> String {
        let separator = tracker.contains("?") ? "&" : "?"
        return "\(tracker)\(separator)resourceID=\(resource.text.percentEncoded)&size=\(size)"
    }
}

extension String {
    /// As a value in a query or a form.
    var percentEncoded: String {
        var encoded = ""
        for octet in utf8 {
            let isPlain =
                switch octet {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                    UInt8(ascii: "~"):
                    true
                default: false
                }
            let digits = String(octet, radix: 16, uppercase: true)
            encoded += isPlain ? String(UnicodeScalar(octet)) : "%" + (octet < 16 ? "0" : "") + digits
        }
        return encoded
    }
}
