/// What an `http://` URL names: a server and what to ask it for.
struct HTTPPlace: Hashable {
    /// A name or an IP address, an IPv6 one without brackets.
    let host: String
    /// The port; 80 unless the URL says otherwise.
    let port: Int
    /// Host and port as the URL has them.
    let authority: String
    /// Path and query: `/` at least.
    let target: String

    /// Takes a URL apart; nil if it is none, or has another scheme, a user, or characters that a request cannot hold.
    init?(_ url: String) {
        let scheme = "http://"
        guard url.lowercased().hasPrefix(scheme), url.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f }) else { return nil }
        let rest = url.dropFirst(scheme.count).prefix { $0 != "#" }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let tail = rest.dropFirst(authority.count)
        target = tail.hasPrefix("/") ? String(tail) : "/" + tail
        self.authority = String(authority)
        var host = authority
        var port: Substring?
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
            host = authority[authority.index(after: authority.startIndex)..<end]
            let after = authority[authority.index(after: end)...]
            guard after.isEmpty || after.hasPrefix(":") else { return nil }
            port = after.isEmpty ? nil : after.dropFirst()
        } else if let colon = authority.firstIndex(of: ":") {
            host = authority[..<colon]
            port = authority[authority.index(after: colon)...]
        }
        guard !host.isEmpty, !authority.contains("@"), let number = port.map({ UInt16($0) }) ?? 80, number != 0 else {
            return nil
        }
        self.host = String(host)
        self.port = Int(number)
    }
}
