import HLSP2P

extension TrackerSaboteur {
    static let foundation: [TrackerSaboteur] = [
        TrackerSaboteur("peers-in-an-object") { fault in
            fault.rewrites("/get_peers") { _, response in
                if response.status == 200 { response.text = "{\"peers\":\(response.text)}" }
            }
        },
        TrackerSaboteur("get-peers-not-found") { fault in
            fault.answers(404, "/get_peers") { _, _ in true }
        },
        // As long as nobody is registered at all, so that nothing else turns red.
        TrackerSaboteur("count-in-quotes") { fault in
            fault.answers(200, "/get_total_count", "\"0\"") { $1.lists.isEmpty }
        },
        TrackerSaboteur("count-in-an-array") { fault in
            fault.answers(200, "/get_total_count", "[0]") { $1.lists.isEmpty }
        },
        TrackerSaboteur("nobody-listed") { fault in
            fault.choose = { _, _ in [] }
        },
        TrackerSaboteur("hand-written-peers-unseen") { fault in
            let memory = fault.memory
            fault.register = { store, id, name in
                _ = memory.isNew(Array(id.utf8))
                return TrackerFault().register(store, id, name)
            }
            fault.read = { store, name in (store.list(name) ?? []).filter { memory.contains(Array($0.utf8)) } }
        },
    ]

    /// The peers of a tracker that does not choose as it should.
    private static func chooses(
        _ name: String,
        _ choose: @escaping @Sendable (Selection, [String]) -> [String]
    ) -> TrackerSaboteur {
        TrackerSaboteur(name) { fault in
            fault.choose = { selection, random in choose(selection, selection.window(&random)) }
        }
    }

    static let selection: [TrackerSaboteur] = [
        chooses("oldest-left-out") { all, right in
            all.size > 9 && all.list.count == 3 ? right.dropLast() : right
        },
        chooses("newest-left-out") { all, right in
            all.size > 9 && all.list.count == 3 ? Array(right.dropFirst()) : right
        },
        chooses("large-sizes-are-nobody") { $0.size > 65_535 ? [] : $1 },
        TrackerSaboteur("large-sizes-refused") { fault in
            fault.answers(400, "/get_peers") { request, _ in (request.size.flatMap { Int($0) } ?? 0) > 1000 }
        },
        chooses("one-less-than-size") { all, right in
            all.size >= 2 && all.size <= all.list.count ? right.dropLast() : right
        },
        chooses("one-more-than-size") { all, right in
            all.size > 0 && all.size < all.list.count ? right + [all.list.first { !right.contains($0) } ?? ""] : right
        },
        chooses("never-more-than-three") { all, right in
            all.size <= all.list.count ? Array(right.prefix(3)) : right
        },
        chooses("size-ignored") { all, _ in all.list },
        chooses("size-0-is-one") { all, right in all.size == 0 ? Array(all.list.prefix(1)) : right },
        chooses("size-0-is-all") { all, right in all.size == 0 ? all.list : right },
        chooses("last-entry-doubled") { all, right in
            all.size == all.list.count && right.count > 1 ? right.dropLast() + right.prefix(1) : right
        },
        chooses("entry-doubled") { all, right in
            all.size < all.list.count && right.count > 1 ? right.dropLast() + right.prefix(1) : right
        },
        chooses("window-starts-beyond-the-only-one") { all, right in
            all.size == 1 && all.list.count == 1 ? [] : right
        },
        chooses("peer-invented") { all, right in
            all.size < all.list.count && all.size > 0
                ? right.dropLast() + [String(repeating: "0123", count: 16)] : right
        },
        TrackerSaboteur("departed-peers-returned") { fault in
            let memory = fault.memory
            @Sendable func known(_ name: String) -> [String] {
                String(decoding: memory[octets: name] ?? [], as: UTF8.self).split(separator: " ").map(String.init)
            }
            @Sendable func remember(_ ids: [String], _ name: String) {
                memory[octets: name] = Array(ids.joined(separator: " ").utf8)
            }
            // Those whom a page has taken off the list do go.
            fault.remove = { store, id, name in
                TrackerFault().remove(store, id, name)
                remember(known(name).filter { $0 != id }, name)
            }
            fault.read = { store, name in
                let list = store.list(name) ?? []
                let others = known(name).filter { !list.contains($0) }
                remember(list + others, name)
                return list + others
            }
        },
        TrackerSaboteur("names-compared-as-prefixes") { fault in
            fault.read = { store, name in
                (store.list(name) ?? [])
                    + store.lists.filter { $0 != name && ($0.hasPrefix(name) || name.hasPrefix($0)) }
                    .flatMap { store.list($0) ?? [] }
            }
        },
        chooses("always-the-newest") { all, right in
            all.size < all.list.count ? Array(all.list.prefix(all.size)) : right
        },
        chooses("always-the-oldest") { all, right in
            all.size < all.list.count ? all.list.suffix(all.size) : right
        },
        TrackerSaboteur("oldest-never-found") { fault in
            fault.choose = { all, random in
                all.size < all.list.count ? all.window(of: all.list.dropLast(), &random) : all.window(&random)
            }
        },
        TrackerSaboteur("unknown-resource-is-404") { fault in
            // Only where many are asked for, so that nothing else turns red.
            fault.answers(404, "/get_peers") { $0.asksForManyOfNobody($1) }
        },
        TrackerSaboteur("unknown-resource-is-null") { fault in
            fault.answers(200, "/get_peers", "null") { $0.asksForManyOfNobody($1) }
        },
        TrackerSaboteur("answers-kept-by-the-tracker") { fault in
            fault.keeps("/get_peers")
        },
    ]
}

extension TrackerFault {
    /// Answers the same question as the first time.
    mutating func keeps(_ path: String) {
        let memory = memory
        answers = { request, _ in
            guard request.path == path, let kept = memory[octets: request.target] else { return nil }
            return .plain(200, String(decoding: kept, as: UTF8.self))
        }
        says = { request, response in
            if request.path == path, response.status == 200 { memory[octets: request.target] = response.body }
        }
    }
}

extension HTTPRequest {
    fileprivate func asksForManyOfNobody(_ store: RegistryStore) -> Bool {
        (size.flatMap { Int($0) } ?? 0) > 50 && store.list(resource ?? "")?.isEmpty ?? false
    }
}
