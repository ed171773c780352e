import Dispatch
import Foundation
import Synchronization

/// Notices SIGINT and SIGTERM instead of dying of them.
final class Interruption: Sendable {
    private let happened = Mutex(false)
    private let arrival = DispatchSemaphore(value: 0)

    init() {
        for number in [SIGINT, SIGTERM] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            // The handler holds its own source: it lives as long as the program.
            source.setEventHandler { [self] in
                withExtendedLifetime(source) {
                    happened.withLock { $0 = true }
                    arrival.signal()
                }
            }
            source.resume()
        }
    }

    /// Whether one has come.
    var hasHappened: Bool { happened.withLock { $0 } }

    /// Blocks until one comes.
    func wait() {
        arrival.wait()
    }
}
