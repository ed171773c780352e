public import RTMFP

extension [AMF0Value] {
    /// Decodes AMF0 values up to the end of `octets`.
    ///
    /// - Parameters:
    ///   - octets: the values, which share their tables of references.
    ///   - base: the offset of the first octet in the outermost input, for errors.
    ///   - limits: what is accepted.
    public init(
        amf0 octets: some Collection<UInt8>,
        base: Int = 0,
        limits: AMFLimits = AMFLimits()
    ) throws(WireError) {
        let octets = Array<UInt8>(octets)
        var reader = ByteReader(octets.span, base: base)
        var decoder = AMF0Decoder(limits)
        self = []
        while reader.remaining > 0 {
            do throws(WireError) {
                append(try decoder.value(from: &reader))
            } catch {
                throw error.within("[\(count)]")
            }
        }
    }

    /// The values in AMF0, one after the other.
    public var encoded: [UInt8] {
        var writer = ByteWriter()
        var encoder = AMF0Encoder()
        for value in self {
            encoder.encode(value, into: &writer)
        }
        return writer.bytes
    }
}

extension [AMF3Value] {
    /// Decodes AMF3 values up to the end of `octets`.
    ///
    /// - Parameters:
    ///   - octets: the values, which share their tables of references.
    ///   - base: the offset of the first octet in the outermost input, for errors.
    ///   - limits: what is accepted.
    public init(
        amf3 octets: some Collection<UInt8>,
        base: Int = 0,
        limits: AMFLimits = AMFLimits()
    ) throws(WireError) {
        let octets = Array<UInt8>(octets)
        var reader = ByteReader(octets.span, base: base)
        var decoder = AMF3Decoder()
        var tally = AMFTally(limits)
        self = []
        while reader.remaining > 0 {
            do throws(WireError) {
                append(try decoder.value(from: &reader, &tally))
            } catch {
                throw error.within("[\(count)]")
            }
        }
    }

    /// The values in AMF3, one after the other.
    public var encoded: [UInt8] {
        var writer = ByteWriter()
        var encoder = AMF3Encoder()
        for value in self {
            encoder.encode(value, into: &writer)
        }
        return writer.bytes
    }
}
