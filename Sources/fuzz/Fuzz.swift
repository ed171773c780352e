import CLibFuzzer
import Foundation
import Fuzzing

/// Runs one target under libFuzzer: `fuzz --target=NAME [CORPUS…] [-OPTION=VALUE…]`, or a copy of the program that is
/// called NAME; `fuzz --list` names the targets, and `fuzz --seeds=FOLDER` writes what they begin with, a folder, a
/// dictionary, NAME.dict, and options, NAME.options, a target.
///
/// Two dashes: libFuzzer skips such arguments, and passes them on when it runs itself again.
@main
enum Fuzz {
    nonisolated(unsafe) private static var target: FuzzTarget?

    static func main() throws {
        if CommandLine.arguments.contains("--list") {
            for target in FuzzTarget.all { print(target.name) }
            return
        }
        if let folder = argument("--seeds=") { return try writeSeeds(folder) }
        let name = argument("--target=") ?? URL(filePath: CommandLine.arguments.first ?? "").lastPathComponent
        guard let target = FuzzTarget.all.first(where: { $0.name == name }) else {
            FileHandle.standardError.write(Data("fuzz: --target= names no target; --list does\n".utf8))
            exit(64)
        }
        self.target = target
        // What a target reads once, it reads before the time of a run is taken.
        _ = target.seeds()
        var count = CommandLine.argc
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
        exit(
            LLVMFuzzerRunDriver(&count, &arguments) { data, size in
                Fuzz.run(Array(UnsafeBufferPointer(start: data, count: size)))
                return 0
            }
        )
    }

    private static func run(_ octets: [UInt8]) {
        do {
            try target?.run(octets)
        } catch {
            fatalError("\(error)")
        }
    }

    private static func argument(_ name: String) -> String? {
        CommandLine.arguments.first { $0.hasPrefix(name) }.map { String($0.dropFirst(name.count)) }
    }

    private static func writeSeeds(_ folder: String) throws {
        for target in FuzzTarget.all {
            let place = URL(filePath: folder).appending(path: target.name)
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            for (index, seed) in target.seeds().enumerated() {
                try Data(seed).write(to: place.appending(path: "seed-\(index)"))
            }
            let dictionary = target.dictionary.joined(separator: "\n") + "\n"
            try Data(dictionary.utf8).write(to: URL(filePath: folder).appending(path: "\(target.name).dict"))
            try Data(target.options.utf8).write(to: URL(filePath: folder).appending(path: "\(target.name).options"))
        }
    }
}
