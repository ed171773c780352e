import HLSP2P
import Web

/// What a saboteur makes of a live peer's requests over HTTP, and of their answers, at which it gets once they are whole.
struct SabotagedExchanges {
    private let conduct: any ViewerConduct
    private var open: [Int: (request: WebRequest, answer: HTTPResponse)] = [:]

    init(_ conduct: any ViewerConduct) {
        self.conduct = conduct
    }

    /// What is requested instead; nil for nothing.
    mutating func request(_ right: WebRequest) -> WebRequest? {
        guard let request = conduct.requests(right) else { return nil }
        open[right.id] = (request, HTTPResponse(0))
        return request
    }

    /// What the peer hears of the request with that number.
    mutating func events(of progress: HTTPClient.Progress, _ id: Int) -> [WebEvent] {
        switch progress {
        case .head(let status, let fields): open[id]?.answer = HTTPResponse(status, fields: fields)
        case .octets(let octets): open[id]?.answer.body += octets
        case .end:
            guard let (request, right) = open.removeValue(forKey: id), let answer = conduct.hears(right, to: request)
            else { return [] }
            return [.status(answer.status), .body(answer.body), .end]
        case .failed:
            open[id] = nil
            return [.failed]
        }
        return []
    }

    /// Nobody wants the answer to the request with that number any more.
    mutating func forget(_ id: Int) {
        open[id] = nil
    }
}
