import RTMFP
import Testing

/// RFC 7425 §4.3.5.
struct KeyingSignatureTests {
    @Test("A simple password is an HMAC of the signed parameters", arguments: try KnownAnswers.load().signatures)
    func simplePassword(_ known: KnownAnswers.Signature) {
        let (password, passwordID) = (Array(known.password.utf8), Array(known.passwordID.utf8))
        let parameters = known.parameters.octets
        let signed = KeyingSignature(simplePasswords: [
            .init(password: password, passwordID: passwordID, signing: parameters)
        ])
        #expect(signed.encoded == known.field.octets)

        let read = KeyingSignature(known.field.octets)
        #expect(read == signed)
        #expect(read.verdict(signing: parameters, passwords: [passwordID: password]) == .valid)
        #expect(read.verdict(signing: parameters + [0], passwords: [passwordID: password]) == .invalid)
        #expect(read.verdict(signing: parameters, passwords: [passwordID: [1]]) == .invalid)
        #expect(read.verdict(signing: parameters, passwords: [[1]: password]) == .unsigned)
    }

    @Test("One wrong password spoils the others; one that is not known does not")
    func several() {
        func password(_ octet: UInt8, _ identifier: UInt8) -> KeyingSignature.SimplePassword {
            .init(password: [octet], passwordID: [identifier], signing: [1, 2, 3])
        }
        let known: [[UInt8]: [UInt8]] = [[1]: [0x11], [2]: [0x22]]
        let right = KeyingSignature(simplePasswords: [password(0x99, 9), password(0x11, 1), password(0x22, 2)])
        let wrong = KeyingSignature(simplePasswords: [password(0x11, 1), password(0x23, 2)])
        #expect(right.verdict(signing: [1, 2, 3], passwords: known) == .valid)
        #expect(wrong.verdict(signing: [1, 2, 3], passwords: known) == .invalid)
    }

    @Test(
        "A malformed field counts as empty, and unknown options do not count",
        arguments: [[], [0x58], [0x81], [2, 0x1d, 1], [3, 0x70, 1, 2], [0]]
    )
    func nothing(_ field: [UInt8]) {
        let signature = KeyingSignature(field)
        #expect(signature == KeyingSignature())
        #expect(signature.encoded.isEmpty)
        #expect(signature.verdict(signing: [1], passwords: [[]: [1]]) == .unsigned)
    }

    @Test("The signature covers the payload before it, and for the responder the initiator's component")
    func signedParameters() {
        let initiator = IIKeying(
            initiatorSessionID: 0x0102_0304,
            cookieEcho: [5],
            initiatorCertificate: [6, 7],
            sessionKeyInitiatorComponent: [8],
            signature: [9, 9]
        )
        #expect(initiator.signedParameters == [1, 2, 3, 4, 1, 5, 2, 6, 7, 1, 8])
        let responder = RIKeying(responderSessionID: 1, sessionKeyResponderComponent: [2], signature: [3])
        #expect(responder.signedParameters(answering: [8, 9]) == [0, 0, 0, 1, 1, 2, 8, 9])
    }
}
