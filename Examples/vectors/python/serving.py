"""A rendezvous and a tracker as their clients see them: what each answer means, and whether it is what has to be answered
(RFC 7425 §5.3 and §5.4.1, RFC 7016 §3.5.1, tracker-protocol). Whoever drives a server needs to know no more than this."""

import json

import amf
import chunks
import crypto
from reading import Reader, Refused, octets


def simple(value):
    """A number, a text or a truth value, whichever AMF it is in; None for anything else."""
    value = value.get("amf3", value)
    return next((value[kind] for kind in ("number", "integer", "double", "string", "boolean") if kind in value), None)


def members(value):
    value = value.get("amf3", value)
    pairs = value.get("object", []) + (value.get("dynamic") or []) + value.get("ecmaArray", [])
    return {name: simple(member) for name, member in pairs}


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool) or value in ("NaN", "Infinity", "-Infinity", "-0")


def command_meaning(values):
    result = {"command": values[0]["string"], "transaction": values[1]["number"] if len(values) > 1 else 0}
    told = values[3:] or values[2:3]
    if not told or told[0] == {"null": True}:
        return result
    first = told[0].get("amf3", told[0])
    info = members(first)
    result |= {name: info[name] for name in ("level", "code") if isinstance(info.get(name), str)}
    if is_number(info.get("objectEncoding")):
        result["objectEncoding"] = info["objectEncoding"]
    if "string" not in first and is_number(simple(first)):
        result["number"] = simple(first)
    elements = first.get("strictArray", first.get("array"))
    if elements is not None:
        result["participants"] = [members(element).get("farID") or "" for element in elements]
    return result


def message_meaning(data):
    step = {"message": data.hex()}
    kind, _, payload = amf.message_of(data)
    if kind in (17, 20):
        return command_meaning(amf.command(step)["values"])
    if kind == 4:
        control = amf.user_control(step)
        return {"event": control["event"], "parameters": control["parameters"]}
    result = {"type": kind, "payload": payload.hex()}
    if kind in (15, 18):
        values = amf.payload_values(payload, kind == 15)
        if not values or "string" not in values[0]:
            raise Refused("value")
        result["handler"] = values[0]["string"]
    return result


def response_meaning(step):
    result = {"request": step["request"], "status": step["status"]}
    for name, value in reversed(step["fields"]):
        if name.lower() == "access-control-allow-origin":
            result["origin"] = value
    try:
        body = json.loads(step["body"])
    except ValueError:
        return result
    if isinstance(body, list):
        result["peers"] = body
    elif isinstance(body, int) and not isinstance(body, bool):
        result["number"] = body
    return result


def presentation(address):
    return f"[{address['ip']}]:{address['port']}" if ":" in address["ip"] else f"{address['ip']}:{address['port']}"


class Serving:
    def __init__(self, test):
        self.ids = [crypto.certificate_of(octets(end["certificate"]))["fingerprint"] for end in test["ends"]]
        self.flows, self.calls, self.controls, self.streams = {}, [], {}, []
        self.opening, self.open, self.tags, self.requests = set(), set(), {}, set()

    def meaning(self, step):
        if "out" in step:
            return {"act": step["out"]} | self.done(step)
        try:
            return self.said(step)
        except (Refused, KeyError):
            return None  # Clients may say nonsense.

    def said(self, step):
        end, act = step["end"], step["in"]
        if act == "open":
            self.opening.add(end)
        elif act == "close":
            self.open.discard(end)
        elif act == "request":
            self.requests.add(step["request"])
        elif act == "seek":
            hello = chunks.ihello(Reader(octets(step["payload"])))
            self.tags[hello["tag"]] = end
            return {"act": act} | hello
        elif act == "message":
            if "metadata" in step:
                stream = int(amf.flow_metadata(step)["streamID"])
                self.flows[step["flow"]] = (end, False, stream)
                if stream == 0:
                    self.controls.setdefault(end, step["flow"])
            meaning = message_meaning(octets(step["message"]))
            stream = self.flows[step["flow"]][2]
            name = meaning.get("command")
            if stream == 0 and name and (meaning["transaction"] != 0 or name in ("connect", "createStream")):
                self.calls.append((end, meaning["transaction"], name))
            return {"act": act, "streamID": stream} | meaning
        return None

    def done(self, step):
        end, act = step["end"], step["out"]
        if act == "opened":
            if end not in self.opening:
                raise Refused("mismatch")
            self.opening.remove(end)
            self.open.add(end)
        elif act == "close":
            if end not in self.open:
                raise Refused("order")
            self.open.remove(end)
        elif act in ("finish", "reject"):
            if self.flows.get(step["flow"], ())[:2] != (end, act == "finish"):
                raise Refused("missing")
            return {"streamID": self.flows[step["flow"]][2]}
        elif act == "message":
            return self.answered(step, end)
        elif act == "response":
            if step["request"] not in self.requests:
                raise Refused("mismatch")
            self.requests.remove(step["request"])
            return response_meaning(step)
        else:
            return self.introduced(step, end)
        return {}

    def introduced(self, step, end):
        reader = Reader(octets(step["payload"]))
        if step["out"] == "redirect":
            chunk = chunks.redirect(reader)
            if self.tags.get(chunk["tagEcho"]) != end:
                raise Refused("mismatch")
            return {"tag": chunk["tagEcho"], "addresses": [presentation(to) for to in chunk["redirectDestinations"]]}
        chunk = chunks.fihello(reader)
        if chunk["tag"] not in self.tags:
            raise Refused("mismatch")
        return {
            "tag": chunk["tag"], "endpointDiscriminator": chunk["endpointDiscriminator"],
            "addresses": [presentation(chunk["replyAddress"])],
        }

    def answered(self, step, end):
        if "metadata" in step:
            stream = int(amf.flow_metadata(step)["streamID"])
            if step["association"] is None:
                raise Refused("missing")
            is_known = stream == 0 or any((to, number) == (end, stream) for to, _, number in self.streams)
            if step["association"] != self.controls.get(end) or not is_known:
                raise Refused("mismatch")
            self.flows[step["flow"]] = (end, True, stream)
        if self.flows.get(step["flow"], ())[:2] != (end, True):
            raise Refused("missing")
        meaning = message_meaning(octets(step["message"]))
        if meaning.get("command") in ("_result", "_error"):
            call = next((call for call in self.calls if call[:2] == (end, meaning["transaction"])), None)
            if call is None and (meaning["command"], meaning["transaction"]) != ("_error", 0):
                raise Refused("mismatch")
            if call is not None:
                self.calls.remove(call)
            if call is not None and call[2] == "createStream" and meaning["command"] == "_result":
                self.streams.append((end, call[1], meaning.get("number")))
        return {"streamID": self.flows[step["flow"]][2]} | meaning


def is_wanted(member, wanted, streams):
    """The value itself, or one within bounds; `streams` are those that the client was given, with their calls."""
    if not isinstance(wanted, dict):
        return member == wanted
    for name, bound in wanted.items():
        if name == "oneOf":
            holds = member in bound
        elif name == "least":
            numbers = member if isinstance(member, list) else [member]
            holds = all(isinstance(number, (int, float)) and number == number // 1 >= bound for number in numbers)
        elif name == "given":
            numbers = member if isinstance(member, list) else [member]
            holds = all((bound, number) in streams for number in numbers)
        elif not isinstance(member, list):
            return False
        elif name == "includes":
            holds = all(value in member for value in bound)
        elif name == "among":
            holds = all(value in bound for value in member)
        else:
            holds = len(member) == bound and all(member.count(value) == 1 for value in member)
        if not holds:
            return False
    return True


def has(meaning, wanted, streams):
    return all(name in meaning and is_wanted(meaning[name], value, streams) for name, value in wanted.items())


def met(demand, steps, meanings, given):
    """The steps that a demand is about."""
    streams = [(call, number) for end, call, number in given if end == demand["end"]]
    found = [
        number for number, step in enumerate(steps)
        if number > demand["after"] and "out" in step and step["end"] == demand["end"]
        and has(meanings[number], demand["is"], streams)
    ]
    if len(found) < demand["least"]:
        raise Refused("missing")
    if demand["most"] is not None and len(found) > demand["most"]:
        raise Refused("order")
    if not all(has(meanings[number], demand["with"], streams) for number in found):
        raise Refused("value")
    return found


def server_transcript(test):
    serving = Serving(test)
    meanings = [serving.meaning(step) for step in test["steps"]]
    return {
        "ends": serving.ids, "steps": meanings,
        "demands": [met(demand, test["steps"], meanings, serving.streams) for demand in test["demands"]],
    }


CHECKS = {"server-transcript": server_transcript}
