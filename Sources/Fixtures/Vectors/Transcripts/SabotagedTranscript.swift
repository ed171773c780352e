internal import HLSP2P
internal import RTMFP

/// A rendezvous that a saboteur has got at, held against a transcript.
public enum SabotagedTranscript {
    /// Whether the transcript tells that the server does something wrong.
    ///
    /// - Throws: `VectorFormatError` if the vector is no transcript of a server.
    public static func betrays(_ saboteur: Saboteur, _ vector: Vector) throws -> Bool {
        let transcript = try ServerTranscript(try vector.inputFields())
        var fault = Fault()
        saboteur.sabotage(&fault)
        do {
            _ = try transcript.played(fault).expected()
            return false
        } catch let error as VectorFormatError {
            throw error
        } catch {
            return true
        }
    }
}
