internal import HLSP2P
internal import RTMFP

/// HTTP responses of which not all has come.
struct WebResponses {
    private var parts: [Int: (status: Int?, body: [UInt8])] = [:]

    /// Takes in what has come of a response; gives back the response when that was the last of it.
    mutating func take(_ event: WebEvent, of request: Int) -> SwarmStep.Input? {
        var response = parts.removeValue(forKey: request) ?? (nil, [])
        switch event {
        case .status(let status): response.status = status
        case .body(let octets): response.body += octets
        case .end, .failed: return .response(request: request, status: response.status, body: response.body)
        }
        parts[request] = response
        return nil
    }
}
