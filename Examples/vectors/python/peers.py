"""Messages between peers: peer-protocol §3 to §6."""

from amf import message_of, payload_values
from reading import Refused, octets

KEYS = {
    "__msg_id", "__type", "__subtype", "__req_msg_id", "__care_confirm", "__need_confirm", "__resp_confirm", "__resp_msg_id",
    "__queue_timestamp", "__send_timestamp", "__opacity", "__respOpacity",
}
NULL, TRUE, FALSE = {"null": True}, {"boolean": True}, {"boolean": False}
MINUS_1, ZERO = {"integer": -1}, {"integer": 0}
NEEDED = None

# Each member: its name, what it has to be, and what counts if it is absent or something else.
REQUESTS = {
    "hasChunk": [("uri", "string", NULL), ("id", "echo", NULL)],
    "getPiece": [("uri", "string", NEEDED), ("id", "int", NEEDED), ("count", "int", MINUS_1), ("offset", "int", NEEDED),
                 ("len", "int", NEEDED)],
    "goPushMode": [("uri", "string", NEEDED), ("id", 0, NEEDED), ("count", "int", MINUS_1), ("offset", 0, NEEDED),
                   ("len", -1, NEEDED)],
    "goPushMode2": [("uri", "string", NEEDED), ("id", 0, NEEDED), ("count", "int", MINUS_1), ("chunkOffset", 0, NEEDED),
                    ("chunkLen", -1, NEEDED), ("externalID", "echo", NULL)],
    "pausePush": [], "resumePush": [("uri", "string", NEEDED)], "stopPush": [("externalID", "echo", NULL)],
    "ping": [("pingId", "echo", NULL), ("externalID", "echo", NULL)],
    "speedTest": [("start_time", "date", NEEDED), ("id", "string", NEEDED)], "close": [],
}
RESPONSES = {
    "hasChunk": [("uri", "string", NULL), ("result", "boolean", FALSE), ("id", "echo", NULL), ("outPeerNumber", "int", ZERO),
                 ("avgChunkSize", "int", MINUS_1), ("calFrom", "int", ZERO)],
    "getPiece": [("result", "true", NEEDED), ("uri", "string", NEEDED), ("id", 0, NEEDED), ("content", "byteArray", NEEDED),
                 ("chunkOffset", 0, NEEDED), ("chunkSize", -1, NEEDED), ("isFromStableSource", "boolean", FALSE),
                 ("idxData", "byteArray", NULL)],
    "goPushMode": [("result", "boolean", FALSE)],
    "goPushMode2": [("result", "boolean", FALSE), ("externalID", "echo", NULL)],
    "stopPush": [("externalID", "echo", NULL)], "ping": REQUESTS["ping"], "speedTest": REQUESTS["speedTest"],
}
PUSHES = {
    "pushPiece": [("uri", "string", NEEDED), ("offset", 0, NEEDED), ("id", 0, NEEDED), ("chunkSize", -1, NEEDED),
                  ("data", "byteArray", NEEDED), ("idxData", "byteArray", NULL), ("isFromStableSource", "boolean", FALSE),
                  ("lastUsedTime", "int", MINUS_1), ("lastSize", "int", MINUS_1)],
    "pushPieceError": [("uri", "string", NEEDED)],
}


def whole(value):
    """A number as an integer where that can be: both forms mean the same."""
    number = value.get("integer", value.get("double", value.get("number")))
    if isinstance(number, (int, float)) and not isinstance(number, bool):
        if number == int(number) and -(1 << 28) <= number < 1 << 28:
            return {"integer": int(number)}
        return {"double": number}
    return {"double": number} if "number" in value else value


def integral(value):
    number = whole(value or NULL)
    number = number.get("integer", number.get("double"))
    return int(number) if isinstance(number, (int, float)) and number == int(number) else None


def date(value):
    time = (value or {}).get("date")
    return time if isinstance(time, (int, float)) or time == "-0" else None


def text(value):
    return (value or {}).get("string")


def fits(value, form):
    if value is None:
        return False
    if form == "echo":
        return bool({"string", "integer", "double", "number", "boolean", "date"} & set(value))
    if form == "int":
        return integral(value) is not None
    if isinstance(form, int):  # A lower limit.
        return integral(value) is not None and integral(value) >= form
    if form == "true":
        return value == TRUE
    return date(value) is not None if form == "date" else form in value


def operation(members, table, subtype):
    """The members as a receiver reads them; None if it ignores the operation."""
    if subtype not in table:
        return None
    result = {}
    for name, form, absent in table[subtype]:
        value = members.get(name)
        if not fits(value, form):
            value = absent
        if value is None:
            # Whatever an answer to getPiece lacks, the piece has to come from elsewhere.
            return {"result": FALSE} if table is RESPONSES and subtype == "getPiece" else None
        result[name] = whole({"date": value["date"]} if "date" in value else value)
    return result


def envelope_members(argument):
    if "amf3" in argument and "object" in argument["amf3"]:
        pairs = argument["amf3"]["object"] + (argument["amf3"]["dynamic"] or [])
    else:
        pairs = next((argument[name] for name in ("object", "ecmaArray", "typedObject") if name in argument), None)
        if pairs is None:
            raise Refused("type")
    members = {}
    for name, value in pairs:  # Of those that repeat, the last counts.
        members[name] = value.get("amf3", value)
    return {name: value for name, value in members.items() if "undefined" not in value}


def fault_of_key(value, *types):
    """Of which class the error is of a key that every message needs."""
    if value is None or "null" in value:
        return "missing"
    return "value" if set(types) & set(value) else "type"


def peer_message(test):
    kind, _, payload = message_of(octets(test["message"]))
    if kind not in (15, 18):
        raise Refused("type")
    values = payload_values(payload, kind == 15)
    if not values:
        raise Refused("value")
    if "string" not in values[0]:
        raise Refused("type")
    if values[0]["string"] != "cmdMsg":
        raise Refused("value")
    if len(values) < 2:
        raise Refused("missing")
    members = envelope_members(values[1])
    identifier, subtype = integral(members.get("__msg_id")), text(members.get("__subtype"))
    if identifier is None:
        raise Refused(fault_of_key(members.get("__msg_id"), "integer", "double", "number"))
    if subtype is None:
        raise Refused(fault_of_key(members.get("__subtype"), "string"))
    result = {
        "class": "request", "id": identifier, "type": text(members.get("__type")), "subtype": subtype, "requestID": None,
        "confirmedID": None, "wantsConfirm": False, "needsConfirm": members.get("__need_confirm") == TRUE,
        "queuedAt": date(members.get("__queue_timestamp")), "sentAt": date(members.get("__send_timestamp")), "operation": None,
    }
    opacity = members.get("__opacity", members.get("__respOpacity"))
    result["opacity"] = whole(opacity) if opacity else None
    rest = {name: value for name, value in members.items() if name not in KEYS}
    if "__req_msg_id" in members:
        request = integral(members["__req_msg_id"])
        is_push = request == -1
        result |= {"class": "push" if is_push else "response", "requestID": request}
        result["wantsConfirm"] = members.get("__care_confirm") == TRUE
        if result["type"] == "__resp":
            result["operation"] = operation(rest, PUSHES if is_push else RESPONSES, subtype)
    elif "__resp_confirm" in members:
        result |= {"class": "confirm", "confirmedID": integral(members.get("__resp_msg_id"))}
    elif result["type"] == "__req":
        result["operation"] = operation(rest, REQUESTS, subtype)
    return result


CHECKS = {"peer-message": peer_message}
