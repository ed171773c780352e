import HLSP2P

extension TrackerSaboteur {
    static let edgeCases: [TrackerSaboteur] = sizes + resources

    private static let sizes: [TrackerSaboteur] = [
        TrackerSaboteur("missing-size-is-null") { fault in
            fault.answers(200, "/get_peers", "[null]") { request, _ in request.resource != nil && request.size == nil }
        },
        TrackerSaboteur("missing-size-is-all") { fault in
            fault.hears = { request in
                guard request.path == "/get_peers", request.resource != nil, (request.size ?? "").isEmpty else {
                    return
                }
                request.target = request.target.replacing("&size=", with: "") + "&size=99"
            }
        },
        TrackerSaboteur("null-entries-for-odd-sizes") { fault in
            fault.answers(200, "/get_peers", "[null]") { request, _ in
                request.resource != nil && !(request.size?.first.map { $0.isNumber || $0 == "-" } ?? false)
            }
        },
        TrackerSaboteur("odd-sizes-fail") { fault in
            fault.answers(500, "/get_peers") { request, _ in
                request.resource != nil && !(request.size.map { !$0.isEmpty && $0.allSatisfy(\.isNumber) } ?? false)
            }
        },
        TrackerSaboteur("negative-size-counts-from-the-end") { fault in
            fault.readsNegative { size, list in String(max(0, list + 1 + max(size, -list - 1))) }
        },
        TrackerSaboteur("negative-size-is-positive") { fault in
            fault.readsNegative { size, _ in String(size.magnitude) }
        },
        TrackerSaboteur("sizes-rounded-up") { fault in
            fault.hears = { request in
                guard let size = request.size, !size.allSatisfy(\.isNumber), let number = Double(size), number >= 0,
                    number < 1e9
                else { return }
                request.target = request.target.replacing("size=\(size)", with: "size=\(Int(number.rounded(.up)))")
            }
        },
        TrackerSaboteur("sizes-beyond-integers-fail") { fault in
            fault.answers(500, "/get_peers") { request, _ in
                request.size.map { $0.count > 18 && $0.allSatisfy(\.isNumber) } ?? false
            }
        },
    ]

    private static let resources: [TrackerSaboteur] = [
        TrackerSaboteur("missing-resource-fails") { fault in
            fault.answers(500) { request, _ in
                ["/get_peers", "/get_total_count"].contains(request.path) && request.method == "GET"
                    && request.query["resourceID"] == nil
            }
        },
        TrackerSaboteur("empty-resource-fails") { fault in
            fault.answers(500, "/get_peers") { request, _ in request.resource == "" }
        },
        TrackerSaboteur("resource-twice-fails") { fault in
            fault.answers(500, "/get_peers") { request, _ in request.resources.count > 1 }
        },
        TrackerSaboteur("resource-twice-is-null") { fault in
            fault.answers(200, "/get_peers", "[null]") { request, _ in request.resources.count > 1 }
        },
        TrackerSaboteur("resource-twice-is-the-last") { fault in
            fault.hears = { request in
                guard request.resources.count > 1, let last = request.resources.last else { return }
                request.target =
                    "/get_peers?size=\(request.size ?? "")&resourceID=\(String(decoding: last, as: UTF8.self))"
            }
        },
        TrackerSaboteur("other-keys-exposed") { fault in
            fault.answers = { request, store in
                guard request.path == "/get_peers", request.resource == "cumulus_app",
                    case .array(let names) = store.run(["SMEMBERS", "cumulus_app"])
                else { return nil }
                return .plain(200, "[" + names.map { "\"\($0)\"" }.joined(separator: ",") + "]")
            }
        },
        TrackerSaboteur("other-keys-fail") { fault in
            fault.answers(500) { request, _ in request.resource == "cumulus_app" }
        },
        TrackerSaboteur("wrong-type-fails") { fault in
            fault.answers(500) { request, store in
                request.resource.map { store.list($0) == nil } ?? false
                    && request.resource != "cumulus_app"
            }
        },
        TrackerSaboteur("wrong-type-is-null") { fault in
            fault.answers(200, "/get_peers", "[null]") { request, store in
                request.resource.map { store.list($0) == nil } ?? false && request.resource != "cumulus_app"
            }
        },
        TrackerSaboteur("long-names-fail") { fault in
            fault.answers(500, "/get_peers") { request, _ in (request.resource ?? "").utf8.count > 1000 }
        },
        TrackerSaboteur("binary-names-fail") { fault in
            fault.answers(500, "/get_peers") { request, _ in
                guard let octets = request.query["resourceID"] else { return false }
                return String(validating: octets, as: UTF8.self) == nil || octets.contains { $0 < 0x20 }
            }
        },
        TrackerSaboteur("broken-escapes-fail") { fault in
            fault.answers(500, "/get_peers") { request, _ in
                let pieces = request.target.split(separator: "%", omittingEmptySubsequences: false).dropFirst()
                return pieces.contains { piece in
                    let digits = piece.prefix(2)
                    return digits.count < 2 || !digits.allSatisfy(\.isHexDigit)
                }
            }
        },
    ]

    static let parameters: [TrackerSaboteur] = [
        TrackerSaboteur("resource-must-come-first") { fault in
            fault.answers(400) { request, _ in
                request.resource != nil && !(request.query.pairs.first?.name.elementsEqual("resourceID".utf8) ?? true)
            }
        },
        TrackerSaboteur("unknown-parameters-refused") { fault in
            fault.answers(400, "/get_peers") { request, _ in
                !request.query.pairs.allSatisfy { pair in
                    pair.name.elementsEqual("resourceID".utf8) || pair.name.elementsEqual("size".utf8)
                }
            }
        },
        TrackerSaboteur("names-in-lower-case") { fault in
            fault.read = { store, name in
                store.lists.filter { $0.lowercased() == name.lowercased() }.flatMap { store.list($0) ?? [] }
            }
        },
        target("escapes-not-decoded") { $0.replacing("%", with: "%25") },
        target("lower-case-escapes-not-decoded") { query in
            query.split(separator: "%", omittingEmptySubsequences: false).enumerated().map { index, piece in
                guard index > 0 else { return String(piece) }
                return (piece.prefix(2).contains(where: \.isLowercase) ? "%25" : "%") + piece
            }.joined()
        },
        TrackerSaboteur("names-not-utf-8") { fault in
            fault.hears = { request in
                guard request.path == "/get_peers", let octets = request.query["resourceID"],
                    octets.contains(where: { $0 >= 0x80 }), let size = request.size
                else { return }
                let latin = octets.map { Character(Unicode.Scalar($0)) }
                request.target = "/get_peers?size=\(size)&resourceID=\(escaped(String(latin)))"
            }
        },
        target("escapes-decoded-before-splitting") { query in
            escapedOnce(query)
        },
        target("plus-is-plus") { $0.replacing("+", with: "%2B") },
        target("escapes-decoded-twice") { $0.replacing("%25", with: "%") },
        target("parameter-names-not-decoded") { query in
            query.split(separator: "&").map { pair in
                let name = pair.prefix { $0 != "=" }
                return name.replacing("%", with: "%25") + pair.dropFirst(name.count)
            }.joined(separator: "&")
        },
    ]

    /// One that reads the query of `/get_peers` in a way of its own.
    private static func target(_ name: String, _ change: @escaping @Sendable (String) -> String) -> TrackerSaboteur {
        TrackerSaboteur(name) { fault in
            fault.hears = { request in
                guard request.path == "/get_peers", let mark = request.target.firstIndex(of: "?") else { return }
                let query = String(request.target[request.target.index(after: mark)...])
                request.target = "/get_peers?" + change(query)
            }
        }
    }
}

/// Text with every octet escaped.
private func escaped(_ text: String) -> String {
    text.utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}

/// A query whose escapes are decoded.
private func escapedOnce(_ query: String) -> String {
    let fields = FormFields(Array(query.replacing("&", with: "%26").replacing("+", with: "%2B").utf8))
    let name = fields.pairs.first?.name ?? []
    let value = fields.pairs.first?.value ?? []
    let text = String(decoding: name + [0x3d] + value, as: UTF8.self)
    // What is no octet of a target has to be escaped again.
    return text.utf8.map {
        $0 < 0x21 || $0 >= 0x7f || $0 == 0x23
            ? "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) : String(UnicodeScalar($0))
    }
    .joined()
}

extension HTTPRequest {
    /// The values of all parameters `resourceID`.
    fileprivate var resources: [[UInt8]] {
        query.pairs.filter { $0.name.elementsEqual("resourceID".utf8) }.map(\.value)
    }
}

extension TrackerFault {
    /// Takes a negative size for another one.
    fileprivate mutating func readsNegative(_ read: @escaping @Sendable (Int, Int) -> String) {
        hears = { request in
            guard let size = request.size, let number = Int(size), number < 0 else { return }
            request.target = request.target.replacing("size=\(size)", with: "size=\(read(number, 2))")
        }
    }
}
