import Foundation

/// A command that runs in a session of its own; all that is in it ends with this object's `end()`.
final class ChildProcess: VisitingClient {
    private let pid: pid_t
    private let grace: Int
    private var isReaped = false
    private var lastEnding: ClientEnding?

    /// `POSIX_SPAWN_SETSID`, which its header shows to those alone who ask for GNU extensions.
    private static let newSession: Int32 = 0x80

    /// Has the shell run `line`, without input, its output thrown away.
    ///
    /// - Parameter grace: milliseconds that it has to leave in order when it is ended.
    init(_ line: String, grace: Int = 200) throws {
        self.grace = grace
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        for (descriptor, flags) in [(STDIN_FILENO, O_RDONLY), (STDOUT_FILENO, O_WRONLY), (STDERR_FILENO, O_WRONLY)] {
            posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", flags, 0)
        }
        // This program may ignore signals, and a child would inherit that.
        var none = sigset_t()
        sigemptyset(&none)
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, Int16(Self.newSession | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var arguments: [UnsafeMutablePointer<CChar>?] = ["/bin/sh", "-c", line].map { (text: String) in strdup(text) }
        defer { arguments.forEach { free($0) } }
        arguments.append(nil)
        var pid: pid_t = 0
        let status = posix_spawn(&pid, "/bin/sh", &actions, &attributes, arguments, environ)
        guard status == 0 else {
            throw CannotCall("the command cannot be run: \(String(cString: strerror(status)))")
        }
        self.pid = pid
    }

    deinit {
        end()
    }

    var ending: ClientEnding? {
        if !isReaped, hasEnded { reap() }
        return lastEnding
    }

    func end() {
        guard !isReaped else { return }
        if hasEnded {
            reap()
            return
        }
        for process in members { kill(process, SIGTERM) }
        for _ in 0..<grace / 5 where !hasEnded { usleep(5_000) }
        let ended = lastEnding
        reap()
        // What it died of now was this program's doing.
        lastEnding = ended
    }

    /// Whether the shell has ended; it is left as it is, so that nobody else gets its number.
    private var hasEnded: Bool {
        var info = siginfo_t()
        return waitid(P_PID, id_t(pid), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_signo == SIGCHLD
    }

    /// What the command has started, and itself, as long as it runs. Programs such as `timeout` have a process group of
    /// their own.
    private var members: [pid_t] {
        let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc"))?.compactMap { pid_t($0) } ?? []
        return processes.filter { getsid($0) == pid && !Self.isDead($0) }
    }

    /// Whether a process has ended, and nobody has asked how.
    private static func isDead(_ process: pid_t) -> Bool {
        let text = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
        // The name in brackets may hold anything.
        return text.split(separator: ")").last?.split(separator: " ").first.map { "ZX".contains($0) } ?? true
    }

    /// Ends the whole session, and takes note of how the shell ended.
    private func reap() {
        // A signal takes a moment, and what a process started meanwhile got none.
        for _ in 0..<200 {
            let members = members
            if members.isEmpty { break }
            for process in members { kill(process, SIGKILL) }
            usleep(5_000)
        }
        var status: Int32 = 0
        while waitpid(pid, &status, 0) == -1, errno == EINTR {}
        isReaped = true
        let signal = status & 0x7f
        let code = status >> 8 & 0xff
        // A shell tells of its command's death in this way.
        let told = code - 128
        if signal != 0 {
            lastEnding = .crashed(signal: signal)
        } else if [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGKILL, SIGSEGV, SIGSYS].contains(told) {
            lastEnding = .crashed(signal: told)
        } else {
            lastEnding = .exited(status: code)
        }
    }
}
