internal import Flash
internal import HLSP2P
internal import RTMFP

/// Of which class an error is: what every implementation can tell, whatever it calls its errors (vectors/README.md).
public enum VectorErrorClass: String, Hashable, Sendable, CaseIterable {
    /// A field does not fit into what encloses it.
    case truncated
    /// An integer exceeds 64 bits.
    case overflow
    /// A field has a value that it must not have.
    case value
    /// The whole has a length that it cannot have.
    case length
    /// Fields exclude each other, or need each other.
    case combination
    /// It comes where it must not come.
    case order
    /// It is of another type than what belongs there.
    case type
    /// Something is not there that has to be.
    case missing
    /// A text does not keep its grammar.
    case syntax
    /// A checksum, an HMAC or a signature is not that of the contents.
    case authentication
    /// What the input claims is not so.
    case mismatch

    /// The class of an error of this package's decoders; nil if it has none.
    init?(_ error: any Error) {
        switch error {
        case let error as WireError: self.init(error.reason)
        case let error as KeyingError: self.init(error)
        case let error as ProtectionError: self.init(error)
        case let error as EnvelopeFault: self.init(error)
        case let refusal as VectorRefusal: self = refusal.errorClass
        default: return nil
        }
    }

    private init(_ reason: WireError.Reason) {
        switch reason {
        case .truncated: self = .truncated
        case .integerTooLarge: self = .overflow
        case .illegal: self = .value
        case .otherType: self = .type
        }
    }

    private init(_ error: KeyingError) {
        switch error {
        case .malformed(let error): self.init(error.reason)
        case .certificate, .component, .refusal: self = .combination
        case .hmacLength, .publicKey: self = .value
        }
    }

    private init?(_ error: ProtectionError) {
        switch error {
        case .tooShort: self = .truncated
        case .partialBlock: self = .length
        case .checksumMismatch, .hmacMismatch: self = .authentication
        case .sequenceNumber(let error): self.init(error.reason)
        case .cipherFailure: return nil
        }
    }

    private init?(_ fault: EnvelopeFault) {
        switch fault {
        case .notData, .noObject: self = .type
        case .otherHandler: self = .value
        case .incomplete: self = .missing
        case .undecodable: return nil
        }
    }
}

/// Why a decoder that only says no refused an input, as the check that ran it knows.
struct VectorRefusal: Error, CustomStringConvertible {
    let errorClass: VectorErrorClass
    /// What is refused, for people; nil if that is plain.
    let subject: String?

    init(_ errorClass: VectorErrorClass, _ subject: String? = nil) {
        self.errorClass = errorClass
        self.subject = subject
    }

    var description: String {
        subject.map { "\(errorClass.rawValue): \($0)" } ?? errorClass.rawValue
    }
}
