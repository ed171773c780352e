public import RTMFP

/// A request of HTTP (RFC 9110 §3.4), whole.
public struct HTTPRequest: Sendable, Hashable {
    /// The method: `GET`.
    public var method: String
    /// The target as it was sent: `/get_peers?size=3`, or an absolute URI.
    public var target: String
    /// The header fields, in order.
    public var fields: [HTTPField]
    /// The content; empty if there is none.
    public var body: [UInt8]
    /// Who sent it; nil where that is not known.
    public var source: SocketAddress?

    /// Makes a request.
    public init(
        _ method: String,
        _ target: String,
        fields: [HTTPField] = [],
        body: [UInt8] = [],
        from source: SocketAddress? = nil
    ) {
        self.method = method
        self.target = target
        self.fields = fields
        self.body = body
        self.source = source
    }

    /// The path, as it was sent: without a scheme and an authority, and without a query.
    public var path: String {
        String(decoding: pathAndQuery.prefix { $0 != UInt8(ascii: "?") }, as: UTF8.self)
    }

    /// The parameters of the query.
    public var query: FormFields {
        FormFields(pathAndQuery.drop { $0 != UInt8(ascii: "?") }.dropFirst())
    }

    /// The value of the first header field of that name, whose case does not matter; nil if there is none.
    public func field(_ name: String) -> String? {
        fields.first { $0.isNamed(name) }?.value
    }

    private var pathAndQuery: ArraySlice<UInt8> {
        let octets = Array(target.utf8.prefix { $0 != UInt8(ascii: "#") })
        guard octets.first != UInt8(ascii: "/") else { return octets[...] }
        // The absolute form, which is for proxies but must be understood by everyone (RFC 9112 §3.2.2).
        let separator = Array("://".utf8)
        guard let colon = octets.firstIndex(of: UInt8(ascii: ":")), octets[colon...].starts(with: separator) else {
            return octets[...]
        }
        return octets[(colon + separator.count)...].drop { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
    }
}

/// A header field.
public struct HTTPField: Sendable, Hashable {
    /// The name, whose case does not matter.
    public var name: String
    /// The value, without white space around it.
    public var value: String

    /// Makes a field.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// Whether that is the field's name, in whatever case.
    public func isNamed(_ other: String) -> Bool {
        name.utf8.elementsEqual(other.utf8) || name.lowercased() == other.lowercased()
    }
}
