import HLSP2P

/// A service that a saboteur has got at.
struct FaultyService: HTTPService {
    let service: any HTTPService
    let fault: TrackerFault
    let store: RegistryStore

    var maximumBody: Int { fault.maximumBody ?? service.maximumBody }

    func answer(_ request: HTTPRequest, _ done: @escaping @Sendable (HTTPResponse) -> Void) {
        guard !fault.memory.isDead else { return }
        if let response = fault.answers(request, store) {
            // Whoever has died of it answers nothing any more.
            return fault.memory.isDead ? () : done(response)
        }
        var heard = request
        fault.hears(&heard)
        service.answer(heard) { [fault] response in
            var response = response
            fault.says(request, &response)
            done(response)
        }
    }

    func refusal(_ status: Int) -> HTTPResponse {
        var response = service.refusal(status)
        fault.refuses(&response)
        return response
    }
}
