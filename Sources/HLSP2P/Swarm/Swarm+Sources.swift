public import RTMFP

/// HTTP: attempts, source servers in turn, and what comes of it (swarm-algorithm §5.2).
extension Swarm {
    /// Something has come of an HTTP request.
    public func receive(_ event: WebEvent, of request: Int, at now: Instant) {
        pass(to: now)
        guard let index = downloads.firstIndex(where: { $0.request == request }) else { return }
        switch event {
        case .status(let status):
            downloads[index].status = status
            if downloads[index].isSegment { downloads[index].deadline = now + patience(downloads[index]) }
        case .body(let octets):
            if downloads[index].isSegment { downloads[index].deadline = now + patience(downloads[index]) }
            guard downloads[index].isSuccess else { return }
            guard downloads[index].body.count + octets.count <= downloads[index].limit else {
                output.append(.cancel(request))
                end(index, succeeded: false)
                return
            }
            downloads[index].body += octets
            if case .repair(let chunk) = downloads[index].purpose { repairProgressed(chunk, downloads[index].body) }
        case .end:
            if downloads[index].isSuccess { end(index, succeeded: true) } else { retry(index) }
        case .failed:
            retry(index)
        }
    }

    /// Begins a GET.
    func download(_ purpose: Download.Purpose, _ url: String) {
        downloads.append(Download(purpose: purpose, url: url, deadline: now))
        open(downloads.count - 1)
    }

    /// Gives up a GET.
    func abandon(_ purpose: Download.Purpose) {
        guard let index = downloads.firstIndex(where: { $0.purpose == purpose }) else { return }
        if let request = downloads[index].request { output.append(.cancel(request)) }
        downloads.remove(at: index)
    }

    /// Opens again what was silent for too long, or has paused.
    func advanceDownloads() {
        var index = 0
        while index < downloads.count {
            let count = downloads.count
            if downloads[index].deadline <= now {
                if let request = downloads[index].request {
                    output.append(.cancel(request))
                    retry(index, after: .zero)
                } else {
                    open(index)
                }
            }
            if downloads.count == count { index += 1 }
        }
    }

    private func patience(_ download: Download) -> Interval {
        conduct.interval(.segment, .seconds(4)) * Double(download.attempt + 1)
    }

    private func open(_ index: Int) {
        let request = makeNumber()
        let download = downloads[index]
        downloads[index].request = request
        downloads[index].status = nil
        downloads[index].body = []
        downloads[index].deadline = now + patience(download)
        output.append(.http(WebRequest(id: request, .get, server(for: download))))
    }

    private func retry(_ index: Int, after pause: Interval = Download.pause) {
        guard downloads[index].attempt < downloads[index].retries, downloads[index].isWorthRetrying else {
            end(index, succeeded: false)
            return
        }
        downloads[index].attempt += 1
        downloads[index].request = nil
        downloads[index].deadline = now + pause
        if pause == .zero { open(index) }
    }

    /// The URL at the next source server: the first attempt chooses, later ones stay with it.
    private func server(for download: Download) -> String {
        // A playlist may be from a peer: it does not choose whom this client sends requests to.
        let servers = configuration.segmentServers
        guard download.isSegment, !servers.isEmpty, var address = WebAddress(download.url) else { return download.url }
        let position: Int
        if case .repair = download.purpose {
            if download.attempt == 0 { nextRepairServer += 1 }
            position = nextRepairServer - 1
        } else {
            if download.attempt == 0 { nextServer += 1 }
            position = nextServer - 1
        }
        address.authority = servers[position % servers.count]
        return address.text
    }

    private func end(_ index: Int, succeeded: Bool) {
        let download = downloads.remove(at: index)
        let body = succeeded ? download.body : nil
        if download.isSegment { octetsFromSources += body?.count ?? 0 }
        switch download.purpose {
        case .playlist: playlistLoaded(body)
        case .tracker: trackerAnswered(body)
        case .first(let path):
            guard let body else {
                skip(path, download.url)
                return
            }
            for want in wants where want.path == path { output.append(.answer(want.id, .data(body))) }
            wants.removeAll { $0.path == path }
        case .load(let chunk), .repair(let chunk): loaded(chunk, body)
        }
    }

    /// A chunk has come from a source, or will not.
    private func loaded(_ index: Int, _ body: [UInt8]?) {
        if let body {
            cache[index]?.complete(body)
        } else {
            cache[index]?.isErroneous = true
        }
        guard let chunk = cache[index] else { return }
        if body == nil { skip(chunk.path, chunk.uri) } else { deliver(chunk) }
        propagate(chunk)
    }
}
