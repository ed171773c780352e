/// A response of HTTP (RFC 9110 §3.4), whole. What frames it on a connection, and the date, whoever sends it adds.
public struct HTTPResponse: Sendable, Hashable {
    /// The status code: 200.
    public var status: Int
    /// The header fields, in order.
    public var fields: [HTTPField]
    /// The content. In answer to HEAD it says only how long the content would be.
    public var body: [UInt8]

    /// Makes a response.
    public init(_ status: Int, fields: [HTTPField] = [], body: [UInt8] = []) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    /// A response whose content is text of the given type.
    public init(_ status: Int, _ type: String, _ text: String, fields: [HTTPField] = []) {
        self.init(status, fields: [HTTPField("Content-Type", type)] + fields, body: Array(text.utf8))
    }
}
