"""The tracker, playlists and URLs: tracker-protocol, swarm-algorithm §3 and §4.4."""

import json
import re
import urllib.parse

from reading import Refused


def decoded(text):
    """RFC 3986 escapes, and + for a space; what is not well escaped stands for itself."""
    data = text.replace(b"+", b" ")
    return re.sub(rb"%([0-9A-Fa-f]{2})", lambda match: bytes([int(match[1], 16)]), data)


def pairs_of(text):
    pairs = [part.partition(b"=") for part in text.encode().split(b"&") if part]
    return [(decoded(name), decoded(value)) for name, _, value in pairs]


def form_fields(test):
    return {"pairs": [[name.hex(), value.hex()] for name, value in pairs_of(test["text"])]}


def fault_of_name(name):
    if not 1 <= len(name.encode()) <= 255:
        return "length"
    if name == "cumulus_app" or name.startswith("hlsp2p:") or re.search("[\0-\x1f\x7f]", name):
        return "value"
    return None


def resource_name(test):
    if fault := fault_of_name(test["name"]):
        raise Refused(fault)


def is_peer(text):
    return isinstance(text, str) and re.fullmatch("[0-9a-f]{64}", text) is not None


def peer_id(test):
    if not is_peer(test["text"]):
        raise Refused("syntax")
    return {"octets": test["text"]}


def tracker_answer(test):
    try:
        peers = json.loads(test["body"])
    except ValueError:
        peers = []
    return {"peers": list(dict.fromkeys(filter(is_peer, peers if isinstance(peers, list) else [])))}


def tracker_exchange(test):
    """A tracker in short: its answer, as far as it is not left to chance."""
    lists = {name: list(peers) for name, peers in test["registered"].items()}
    target = re.sub("^http://[^/]*", "", test["target"])
    path, _, query = target.partition("?")
    first = {}
    is_form = test["method"] == "POST"
    for name, value in pairs_of(test["body"] if is_form else query):
        first.setdefault(name, value)
    route = path.lower().removesuffix("/") if len(path) > 1 else path
    methods = {"/get_peers": "GET HEAD", "/get_total_count": "GET HEAD", "/crossdomain.xml": "GET HEAD",
               "/peer_disconnect": "POST", "/remote_log": "POST"}
    if test["method"] not in methods.get(route, "").split():
        return {"statuses": [404], "after": lists}
    name = first.get(b"app" if is_form else b"resourceID", b"").decode("utf-8", "replace")
    answer = {"statuses": [200], "after": lists}
    if route == "/get_peers" and test["method"] == "GET":
        size = re.match(rb"[ \t-\r]*([+-]?)(\d+)", first.get(b"size", b""))
        # What is not right may be refused, or be an empty list.
        is_right = b"resourceID" in first and not fault_of_name(name) and size and not (size[1] == b"-" and int(size[2]))
        is_twice = target.count("resourceID=") > 1
        if not is_right or is_twice:
            answer["statuses"] = [200, 400]
        known = lists.get(name, []) if is_right else []
        answer["peers"] = {"count": min(int(size[2]), len(known)) if is_right else 0, "of": known if is_right and int(size[2]) else []}
    elif route == "/get_total_count" and test["method"] == "GET":
        answer["body"] = str(len(lists.get(name, [])))
    elif is_form:
        answer["body"] = ""
        peer = first.get(b"peer_id", b"").decode("utf-8", "replace")
        if route == "/peer_disconnect" and peer in lists.get(name, []):
            lists[name].remove(peer)
    return answer


def matches_exchange(actual, expected):
    is_one_of_those = set(actual["statuses"]) <= set(expected["statuses"])
    return is_one_of_those and {name: expected.get(name) for name in actual if name != "statuses"} == {
        name: value for name, value in actual.items() if name != "statuses"}


def number(text):
    value = float(re.match("[0-9.]*", text.lstrip(" "))[0] or 0)
    return value if 0 < value <= 86400 else None


def playlist(test):
    lines = [line for line in re.split("[\r\n]+", test["text"]) if line]
    if not lines or not lines[0].startswith("#EXTM3U"):
        raise Refused("syntax")
    result = {"targetDuration": None, "mediaSequence": "0", "isEnded": False, "segments": []}
    duration = None
    for line in lines[1:]:
        tag, _, value = line.partition(":")
        if tag == "#EXT-X-TARGETDURATION":
            result["targetDuration"] = result["targetDuration"] or number(value)
        elif tag == "#EXT-X-MEDIA-SEQUENCE":
            result["mediaSequence"] = str(int(value))
        elif tag == "#EXTINF":
            duration = number(value)
        elif tag == "#EXT-X-ENDLIST":
            result["isEnded"] = True
        elif not line.startswith("#"):
            result["segments"].append({"uri": line, "duration": duration or result["targetDuration"] or 0})
            duration = None
    return result


def media_sequence(test):
    for line in re.split("[\r\n]", test["text"]):
        if line.startswith("#EXT-X-MEDIA-SEQUENCE:"):
            digits = re.search("[0-9]+", line)
            if digits and len(digits[0]) <= 18:
                return {"mediaSequence": str(int(digits[0]))}
            break
    raise Refused("missing")


def chunk_path(test):
    parts = urllib.parse.urlsplit(test["url"])
    return {"path": parts.path.removeprefix("/") if parts.scheme else test["url"]}


def reference_resolution(test):
    return {"url": urllib.parse.urljoin(test["base"], test["reference"])}


CHECKS = {
    "form-fields": form_fields, "resource-name": resource_name, "peer-id": peer_id, "tracker-answer": tracker_answer,
    "tracker-exchange": tracker_exchange, "playlist": playlist, "media-sequence": media_sequence, "chunk-path": chunk_path,
    "reference-resolution": reference_resolution,
}
