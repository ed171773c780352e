import Links
import RTMFP

/// One connection of the probe's to the tracker, on which it may say anything.
final class HTTPConversation {
    private let stream: any ByteStream
    private let authority: String
    private let patience: Interval
    private let transcript: Transcript
    private let endOfBudget: Instant
    private var reader = HTTPAnswerReader()
    private var hasEnded = false
    /// The interim responses that came (RFC 9110 §15.2).
    private(set) var interim: [HTTPAnswer] = []

    init(_ stream: any ByteStream, probe: Probe, authority: String) {
        self.stream = stream
        self.authority = authority
        patience = probe.timing.patience
        transcript = probe.transcript
        endOfBudget = probe.endOfBudget(stream.now)
    }

    /// The time on this connection's clock, real or virtual.
    var now: Instant { stream.now }

    /// Whether octets wait that belong to no response that was read.
    var hasLeftover: Bool { !reader.waiting.isEmpty }

    /// Says any octets; `text` describes them in the transcript.
    func say(_ octets: [UInt8], _ text: String) {
        transcript.note(sent: true, text, at: now)
        stream.send(octets)
    }

    /// Says any text.
    func say(_ text: String) {
        say(Array(text.utf8), text.split(separator: "\r\n").prefix(3).joined(separator: "⏎ "))
    }

    /// Says a request.
    func say(_ question: HTTPQuestion) {
        say(question.encoded(authority: authority), question.summary)
    }

    /// The head of a request to this tracker, for cases that say it in pieces.
    func head(_ question: HTTPQuestion) -> [UInt8] {
        question.head(authority: authority)
    }

    /// Says a request and waits for the response.
    func ask(_ question: HTTPQuestion) throws -> HTTPAnswer {
        say(question)
        return try expectAnswer(to: question.method)
    }

    /// Waits for the next response; fails if none comes.
    func expectAnswer(to method: String = "GET", within limit: Interval? = nil) throws -> HTTPAnswer {
        if let answer = try nextAnswer(to: method, within: limit) { return answer }
        throw Unmet(expected: "a response", actual: "the connection ended without one")
    }

    /// Waits for the next response; nil if the connection ends without any octet of one.
    ///
    /// - Throws: `Unmet` if none comes in time, or what comes is no response.
    func nextAnswer(to method: String = "GET", within limit: Interval? = nil) throws -> HTTPAnswer? {
        let deadline = now + (limit ?? patience)
        while true {
            if let answer = try reader.next(answering: method, isAtEnd: hasEnded) {
                transcript.note(sent: false, answer.summary, at: now)
                if (100..<200).contains(answer.status), answer.status != 101 {
                    guard interim.count < 16 else {
                        throw Unmet(expected: "a final response", actual: "interim responses without end")
                    }
                    interim.append(answer)
                    continue
                }
                return answer
            }
            if hasEnded { return nil }
            guard try hear(until: deadline) else {
                let seen = reader.waiting.isEmpty ? "nothing was sent" : "only “\(shown(reader.waiting))” was sent"
                throw Unmet(expected: "a response in time", actual: seen)
            }
        }
    }

    /// Whether anything has come, or comes in time, that is not read yet; the end of the connection counts.
    func isAnswered(within limit: Interval? = nil) throws -> Bool {
        let deadline = now + (limit ?? patience)
        while !hasEnded, reader.waiting.isEmpty {
            guard try hear(until: deadline) else { return false }
        }
        return true
    }

    /// Waits until the tracker ends the connection; false if it does not, or says anything before.
    func ends(within limit: Interval? = nil) throws -> Bool {
        let deadline = now + (limit ?? patience)
        while !hasEnded, reader.waiting.isEmpty {
            guard try hear(until: deadline) else { return false }
        }
        return reader.waiting.isEmpty
    }

    /// Lets time pass.
    func wait(_ interval: Interval) throws {
        let deadline = now + interval
        while !hasEnded, try hear(until: deadline) {}
    }

    /// Says that the probe will say nothing more here.
    func finish() {
        transcript.note(sent: true, "(the end of what is sent)", at: now)
        stream.finishSending()
    }

    /// Gives the connection up.
    func close() {
        stream.close()
    }

    /// Takes in what comes; false if nothing came until `deadline`.
    private func hear(until deadline: Instant) throws -> Bool {
        guard now < endOfBudget else { throw Inconclusive(reason: "the case took more time than a case may") }
        do {
            guard let octets = try stream.receive(until: min(deadline, endOfBudget)) else { return false }
            if octets.isEmpty { end("ended") }
            reader.add(octets)
        } catch LinkError.broken(let reason) {
            end("broke: \(reason)")
        }
        return true
    }

    private func end(_ how: String) {
        hasEnded = true
        transcript.note(sent: false, "(the connection \(how))", at: now)
    }
}
