import HLSP2P
import Links
import RTMFP

extension Survey {
    /// Asks a tracker, and finds out in which way peers can be registered so that it lists them.
    init(tracker site: TrackerSite, _ ground: Ground, seed: UInt64, scale: Double) throws {
        let timing = Timing(roundTrip: .milliseconds(130), scale: scale)
        let probe = Probe(ground, survey: .assumed, timing: timing, seed: seed)
        defer { probe.takeLeave() }
        guard let tracker = probe.tracker else { throw Unreachable(reason: "there is no tracker") }
        self.init(roundTrip: timing.patience, capabilities: [], obstacle: nil)
        do {
            for _ in 0..<4 {
                let start = tracker.now
                try tracker.requireAlive()
                roundTrip = min(roundTrip, tracker.now - start)
            }
        } catch let unmet as Unmet {
            throw Unreachable(
                reason: "\(site.address) does not answer HTTP: expected \(unmet.expected), but \(unmet.actual)"
            )
        }
        if let registry = site.registry {
            do {
                try registry.begin()
            } catch {
                throw Unreachable(reason: "\(error)")
            }
            capabilities.insert(.registry)
        }
        survey(tracker)
    }

    private mutating func survey(_ tracker: TrackerProbe) {
        listsWitness = false
        if tracker.site.hasRendezvous {
            let resource = tracker.resource()
            if let id = try? tracker.connectPeer(to: resource).id, tracker.seesAnybody(under: resource) {
                capabilities.formUnion([.sharedSessions, .peers])
                way = .sessions
                listsWitness = tracker.lists(id, under: resource)
            }
        }
        if capabilities.contains(.registry) {
            let resource = tracker.resource()
            if let id = try? tracker.registerByHand(tracker.peerID(), under: resource),
                tracker.seesAnybody(under: resource)
            {
                capabilities.insert(.peers)
                way = .registry
                listsWitness = tracker.lists(id, under: resource)
            }
        }
    }
}

extension TrackerProbe {
    /// Whether the tracker shows in any way that somebody is registered.
    fileprivate func seesAnybody(under resource: String) -> Bool {
        let isSeen = try? eventually {
            if let count = try? count(of: resource), count > 0 { return true }
            guard let body = try? getPeers(of: resource, size: 5).body,
                case .array(let entries) = try? JSONText(parsing: body)
            else { return false }
            return !entries.isEmpty
        }
        return isSeen ?? false
    }

    fileprivate func lists(_ id: String, under resource: String) -> Bool {
        (try? eventually { (try? peers(of: resource, size: 5)) == [id] }) ?? false
    }
}
