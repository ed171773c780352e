import Capture
import RTMFP

extension RecordedImplementation {
    /// The options of a part of a startup chunk: a certificate, a keying component.
    struct OptionSequence {
        let chunk: StartupChunk
        /// What is encoded.
        let encoded: [UInt8]
        /// The options; nil if it is no sequence of options.
        let options: [Option]?

        init(_ chunk: StartupChunk, _ encoded: [UInt8]) {
            self.chunk = chunk
            self.encoded = encoded
            options = try? [Option](sequence: encoded)
        }

        /// Those before the first Marker: the canonical section of a certificate (RFC 7425 §4.3.1).
        var canonical: [Option] { Array((options ?? []).prefix { $0 != .marker }) }

        func require(_ condition: Bool, expected: String, actual: @autoclosure () -> String) throws {
            try chunk.require(condition, expected: expected, actual: actual())
        }
    }

    /// A keying component, and the certificate of whoever sent it.
    struct Component {
        let options: OptionSequence
        let isInitiator: Bool
        /// The options of the certificate; nil if it was not captured.
        let certificate: OptionSequence?
    }

    /// The certificates that it sent: in RHello as responder, in IIKeying as initiator.
    func certificates() throws -> [OptionSequence] {
        try startup.compactMap { sent in
            switch sent.chunk {
            case .responderHello(let hello): OptionSequence(sent, hello.responderCertificate)
            case .initiatorInitialKeying(let keying): OptionSequence(sent, keying.initiatorCertificate)
            default: nil
            }
        }.evidence("certificate of it")
    }

    /// The endpoint discriminators that it sent.
    func discriminators() throws -> [OptionSequence] {
        try startup.compactMap { sent in
            guard case .initiatorHello(let hello) = sent.chunk else { return nil }
            return OptionSequence(sent, hello.endpointDiscriminator)
        }.evidence("IHello of it")
    }

    /// The keying components that it sent.
    func components() throws -> [Component] {
        var responderCertificate: OptionSequence?
        var components: [Component] = []
        for sent in startup {
            switch sent.chunk {
            case .responderHello(let hello):
                responderCertificate = OptionSequence(sent, hello.responderCertificate)
            case .initiatorInitialKeying(let keying):
                components.append(
                    Component(
                        options: OptionSequence(sent, keying.sessionKeyInitiatorComponent),
                        isInitiator: true,
                        certificate: OptionSequence(sent, keying.initiatorCertificate)
                    )
                )
            case .responderInitialKeying(let keying):
                components.append(
                    Component(
                        options: OptionSequence(sent, keying.sessionKeyResponderComponent),
                        isInitiator: false,
                        certificate: responderCertificate
                    )
                )
            default: break
            }
        }
        return try components.evidence("keying component of it")
    }
}
