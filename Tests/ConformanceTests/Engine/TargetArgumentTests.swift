import Conformance
import Links
import RTMFP
import Testing

struct TargetArgumentTests {
    @Test(
        "The three forms of a target",
        arguments: [
            ("127.0.0.1:1935", TargetArgument.Scheme.any, "127.0.0.1", 1935, "rtmfp://127.0.0.1:1935/"),
            ("localhost:19350", .any, "localhost", 19350, "rtmfp://localhost:19350/"),
            ("[::1]:1935", .any, "::1", 1935, "rtmfp://[::1]:1935/"),
            ("rtmfp://host", .rtmfp, "host", 1935, "rtmfp://host"),
            ("rtmfp://host:2000/app/instance", .rtmfp, "host", 2000, "rtmfp://host:2000/app/instance"),
            ("RTMFP://[2001:db8::1]/app", .rtmfp, "2001:db8::1", 1935, "RTMFP://[2001:db8::1]/app"),
            ("http://host", .http, "host", 80, "rtmfp://host:80/"),
            ("http://host:5000", .http, "host", 5000, "rtmfp://host:5000/"),
        ]
    )
    func forms(_ text: String, _ scheme: TargetArgument.Scheme, _ host: String, _ port: UInt16, _ uri: String) throws {
        let argument = try TargetArgument(text)
        #expect(argument.scheme == scheme)
        #expect(argument.host == host)
        #expect(argument.port == port)
        #expect(argument.uri == uri)
        #expect(argument.description == text)
    }

    @Test(
        "Anything else is refused",
        arguments: [
            "", ":", "host", "host:", "host:0", "host:65536", "host:x", ":1935", "ftp://host:1", "rtmfp://", "[::1]",
        ]
    )
    func refused(_ text: String) {
        #expect(throws: TargetArgument.Malformed.self) { try TargetArgument(text) }
    }

    @Test("Addresses need no name server", arguments: [("127.0.0.1:7", AddressFamily.v4), ("[::1]:7", .v6)])
    func resolution(_ text: String, _ family: AddressFamily) throws {
        #expect(try TargetArgument(text).resolve() == .loopback(family, port: 7))
        #expect(try TargetArgument(text).resolve(family) == .loopback(family, port: 7))
        #expect(throws: TargetArgument.Malformed.self) {
            try TargetArgument(text).resolve(family == .v4 ? .v6 : .v4)
        }
    }
}
