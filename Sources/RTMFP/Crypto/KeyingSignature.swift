/// The signature field of initial keying messages (RFC 7425 §4.3.5), as far as it holds simple passwords.
public struct KeyingSignature: Hashable, Sendable {
    /// The type of a Simple Password option (RFC 7425 §4.3.5.1.1).
    public static let simplePasswordType: UInt64 = 0x1d

    /// Proof that the signer knows a password (RFC 7425 §4.3.5.1.1).
    public struct SimplePassword: Hashable, Sendable {
        /// HMAC-SHA256 of the signed parameters under the password: 32 octets.
        public var hmac: [UInt8]
        /// Which password: a user name, or a selector.
        public var passwordID: [UInt8]

        /// Signs `parameters` with the password that `passwordID` names.
        public init(password: [UInt8], passwordID: [UInt8], signing parameters: [UInt8]) {
            hmac = HMACSHA256.code(key: password, parameters)
            self.passwordID = passwordID
        }

        fileprivate init(_ value: [UInt8]) throws(WireError) {
            var reader = ByteReader(value.span)
            hmac = try reader.bytes(32, "hmacSHA256")
            passwordID = reader.rest()
        }
    }

    /// What a signature is worth to a verifier.
    public enum Verdict: Hashable, Sendable {
        /// Every password that the verifier knows was used rightly, and at least one was.
        case valid
        /// No password that the verifier knows was used.
        case unsigned
        /// A password that the verifier knows was used wrongly.
        case invalid
    }

    /// The passwords that the signer shows to know, in order.
    public var simplePasswords: [SimplePassword]

    /// Makes a signature.
    public init(simplePasswords: [SimplePassword] = []) {
        self.simplePasswords = simplePasswords
    }

    /// Reads a field; one that is malformed, such as the customary "X", counts as empty, and unknown options are
    /// ignored.
    public init(_ field: [UInt8]) {
        simplePasswords = (try? KeyingSignature.read(field)) ?? []
    }

    private static func read(_ field: [UInt8]) throws(WireError) -> [SimplePassword] {
        var passwords: [SimplePassword] = []
        for value in try [Option](sequence: field).values(of: simplePasswordType) {
            passwords.append(try SimplePassword(value))
        }
        return passwords
    }

    /// The field's octets; empty without passwords.
    public var encoded: [UInt8] {
        simplePasswords.map {
            Option.value(type: KeyingSignature.simplePasswordType, $0.hmac + $0.passwordID)
        }.encoded
    }

    /// Verifies the signature of `parameters` with the passwords that the verifier knows, by ID.
    public func verdict(signing parameters: [UInt8], passwords: [[UInt8]: [UInt8]]) -> Verdict {
        var verdict = Verdict.unsigned
        for signed in simplePasswords {
            guard let password = passwords[signed.passwordID] else { continue }
            let key = HMACSHA256(key: password)
            guard key.verifies(parameters.span, carried: signed.hmac.span) else { return .invalid }
            verdict = .valid
        }
        return verdict
    }
}

extension IIKeying {
    /// What the initiator's signature covers: the chunk's payload in front of it (RFC 7016 §2.3.7), as this
    /// implementation encodes it.
    public var signedParameters: [UInt8] {
        var unsigned = self
        unsigned.signature = []
        var writer = ByteWriter()
        unsigned.encode(into: &writer)
        return writer.bytes
    }
}

extension RIKeying {
    /// What the responder's signature covers: the chunk's payload in front of it, and the initiator's keying component
    /// (RFC 7016 §2.3.8), as this implementation encodes them.
    public func signedParameters(answering initiatorComponent: [UInt8]) -> [UInt8] {
        var unsigned = self
        unsigned.signature = []
        var writer = ByteWriter()
        unsigned.encode(into: &writer)
        return writer.bytes + initiatorComponent
    }
}
