internal import RTMFP

extension JSONValue {
    /// Options in the vectors' notation; a Marker is null.
    init(_ options: [Option]) {
        self = .array(
            options.map { option in
                switch option {
                case .marker: .null
                case .value(let type, let value): .object(["type": .decimal(type), "value": .octets(value)])
                }
            }
        )
    }

    /// Runs of sequence numbers in the vectors' notation.
    init(_ ranges: [ClosedRange<UInt64>]) {
        self = .array(ranges.map { .array([.decimal($0.lowerBound), .decimal($0.upperBound)]) })
    }

    init(_ flags: NegotiationFlags) {
        self = .object([
            "willSendAlways": .bool(flags.contains(.willSendAlways)),
            "willSendOnRequest": .bool(flags.contains(.willSendOnRequest)),
            "request": .bool(flags.contains(.request)),
        ])
    }
}

extension Address {
    /// The members of an address in the vectors' notation.
    var members: [String: JSONValue] {
        ["ip": .string(socket.ipText), "port": .integer(Int(socket.port)), "origin": .integer(Int(origin.rawValue))]
    }
}

extension SocketAddress {
    /// The address as `setPeerInfo` has it: `192.0.2.1:1935`, `[2001:db8::1]:1935` (RFC 7425 §5.3.3).
    var presentation: String {
        if case .v6 = ip { "[\(ipText)]:\(port)" } else { "\(ipText):\(port)" }
    }

    /// The IP address as RFC 5952 writes it.
    fileprivate var ipText: String {
        guard case .v6(let high, let low) = ip else { return octets.map(String.init).joined(separator: ".") }
        let groups = [high, low].flatMap { part in
            [48, 32, 16, 0].map { UInt16(truncatingIfNeeded: part >> $0) }
        }
        var longest = 0..<0
        var start = 0
        for index in 0...groups.count where index == groups.count || groups[index] != 0 {
            if index - start > max(1, longest.count) { longest = start..<index }
            start = index + 1
        }
        func text(_ part: ArraySlice<UInt16>) -> String {
            part.map { String($0, radix: 16) }.joined(separator: ":")
        }
        return longest.isEmpty
            ? text(groups[...]) : "\(text(groups[..<longest.lowerBound]))::\(text(groups[longest.upperBound...]))"
    }
}

extension UserDataFlags {
    /// The members of the flags in the vectors' notation.
    var members: [String: JSONValue] {
        let names: [FragmentControl: String] = [.whole: "whole", .begin: "begin", .end: "end", .middle: "middle"]
        return [
            "fragmentControl": .optional(names[fragmentControl], JSONValue.string), "abandon": .bool(abandon),
            "final": .bool(final),
        ]
    }
}
