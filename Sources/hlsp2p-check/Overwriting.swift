import ArgumentParser
import Conformance
import Foundation

/// Ends the program if what it would write to is, by whatever name, a file that it is to read.
func refuse(writing output: String, over inputs: [String?]) throws {
    guard let place = FileIdentity(output) else { return }
    for case let input? in inputs where FileIdentity(input) == place {
        throw fail(.usage, "\(output) would be written over \(input), which is to be read")
    }
}

/// Ends the program if what it reads more than once is a pipe, which says all that it has only once.
func refuse(rereading input: String) throws {
    var status = stat()
    guard stat(input, &status) == 0, status.st_mode & S_IFMT == S_IFIFO else { return }
    throw fail(.usage, "\(input) is a pipe, and is read more than once: what it says has to be in a file")
}

/// What tells two files from each other, whatever they are called; nil if there is none.
private struct FileIdentity: Equatable {
    let device: dev_t
    let number: ino_t

    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        (device, number) = (status.st_dev, status.st_ino)
    }
}
