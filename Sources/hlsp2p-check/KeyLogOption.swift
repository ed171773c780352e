import ArgumentParser
import Capture
import Conformance
import struct RTMFP.KeyLogEntry
import Synchronization

/// `--key-log FILE`, of programs that have sessions of their own.
struct KeyLogOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Write the keys of every session there, for 'decode --keys'; whoever reads that file can read the traffic.",
            valueName: "file"
        )
    )
    var keyLog: String?

    /// Makes the file; gives what is to be told the keys of each session, from any thread.
    ///
    /// - Parameter inputs: files that the program reads, over which it does not write.
    /// A log that cannot be written later is no reason to end: that is said once.
    func open(sparing inputs: [String?] = []) throws -> (@Sendable (KeyLogEntry) -> Void)? {
        guard let keyLog else { return nil }
        try refuse(writing: keyLog, over: inputs)
        do {
            let log = SharedKeyLog(try KeyLogWriter(path: keyLog))
            return { log.write($0) }
        } catch {
            throw fail(.cannotWrite, "\(error)")
        }
    }
}

/// A key log that endpoints on several threads write to.
private final class SharedKeyLog: Sendable {
    private let writer: Mutex<KeyLogWriter?>

    init(_ writer: sending KeyLogWriter) {
        self.writer = Mutex(writer)
    }

    func write(_ entry: KeyLogEntry) {
        writer.withLock { writer in
            do throws(CaptureWriteError) {
                try writer?.write(entry)
            } catch {
                say("\(error)")
                writer = nil
            }
        }
    }
}
