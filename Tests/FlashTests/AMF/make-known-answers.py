"""Writes known-answers.json: what Py3AMF 0.9.1 makes of values, and the values in the tests' notation.

    pip install Py3AMF==0.9.1 && python3 make-known-answers.py > known-answers.json

A value in the tests' notation is an object with one member, named after the case of AMF0Value or AMF3Value; members of
objects are [name, value], in order. `format` is 0 or 3; what has "avmplus" around it is AMF3 within AMF0. Where an
answer is not `exact`, another encoder may write other octets.
"""
import datetime
import json

import pyamf


class Sealed:
    class __amf__:
        alias = "test.Sealed"
        static = ("left", "right")
        dynamic = False
        amf3 = True

    def __init__(self, left, right):
        self.left, self.right = left, right


class Mixed:
    class __amf__:
        alias = "test.Mixed"
        static = ("left", "right")
        amf3 = True

    def __init__(self, left, right, more):
        self.left, self.right, self.more = left, right, more


class Opaque:
    class __amf__:
        alias = "test.Opaque"
        external = True
        amf3 = True

    def __writeamf__(self, output):
        output.writeUnsignedInt(0xDEADBEEF)

    def __readamf__(self, source):
        source.readUnsignedInt()


class Named:
    class __amf__:
        alias = "test.Named"
        static = ("name",)
        dynamic = False

    def __init__(self, name):
        self.name = name


for known in (Sealed, Mixed, Opaque, Named):
    pyamf.register_class(known)

answers = []


def answer(name, format, values, notation, exact=True):
    stream = pyamf.encode(*values, encoding=pyamf.AMF0 if format == 0 else pyamf.AMF3)
    octets = stream.getvalue().hex()
    answers.append({"name": name, "format": format, "octets": octets, "values": notation, "exact": exact})


def integer(value):
    return {"integer": value}


def string(value):
    return {"string": value}


def anonymous(*members):
    return {"object": {"className": "", "sealed": [], "dynamic": [list(member) for member in members]}}


when = datetime.datetime(2001, 2, 3, 4, 5, 6, 789000)
milliseconds = 981173106789.0

# AMF3
answer("undefined, null, false, true", 3, [pyamf.Undefined, None, False, True],
       [{"undefined": True}, {"null": True}, {"boolean": False}, {"boolean": True}])
for value in [0, 1, 127, 128, 16383, 16384, 2097151, 2097152, 2**28 - 1, -1, -(2**28)]:
    answer(f"integer {value}", 3, [value], [integer(value)])
for value in [2**28, -(2**28) - 1, 2**40]:
    answer(f"integer {value} as a double", 3, [value], [{"double": float(value)}])
for value in [0.5, -1.25e-7, 1.7976931348623157e308]:
    answer(f"double {value}", 3, [value], [{"double": value}])
answer("empty string", 3, [""], [string("")])
answer("strings outside ASCII", 3, ["h\u00e9llo", "\u20ac", "\U0001f600"],
       [string("h\u00e9llo"), string("\u20ac"), string("\U0001f600")])
answer("a string that comes again", 3, ["ab", "cd", "ab", "", "cd", ""],
       [string(text) for text in ["ab", "cd", "ab", "", "cd", ""]])
answer("a string of 200 octets", 3, ["x" * 200], [string("x" * 200)])
answer("a date", 3, [when], [{"date": milliseconds}])
answer("a date that comes again", 3, [when, when], [{"date": milliseconds}, {"reference": 0}])
answer("an array", 3, [[1, "a", None, [True]]],
       [{"array": {"dense": [integer(1), string("a"), {"null": True},
                             {"array": {"dense": [{"boolean": True}], "associative": []}}], "associative": []}}])
answer("an array with members", 3, [pyamf.MixedArray({0: "zero", "one": 1})],
       [{"array": {"dense": [string("zero")], "associative": [["one", integer(1)]]}}])
answer("an anonymous object", 3, [{"a": 1, "b": "a"}], [anonymous(("a", integer(1)), ("b", string("a")))])
answer("an empty object", 3, [{}], [anonymous()])
answer("objects of the same anonymous class", 3, [[{"a": 1}, {"a": 2}]],
       [{"array": {"dense": [anonymous(("a", integer(1))), anonymous(("a", integer(2)))], "associative": []}}])
shared = {"a": 1}
answer("an object that comes again", 3, [[shared, shared]],
       [{"array": {"dense": [anonymous(("a", integer(1))), {"reference": 1}], "associative": []}}])
cyclic = {}
cyclic["self"] = cyclic
answer("an object within itself", 3, [cyclic], [anonymous(("self", {"reference": 0}))])


def sealed(left, right):
    return {"object": {"className": "test.Sealed", "sealed": [["left", left], ["right", right]], "dynamic": None}}


answer("sealed members", 3, [Sealed(1, "left")], [sealed(integer(1), string("left"))])
answer("traits that come again", 3, [[Sealed(1, 2), Sealed(3, 4)]],
       [{"array": {"dense": [sealed(integer(1), integer(2)), sealed(integer(3), integer(4))], "associative": []}}])
answer("sealed and dynamic members", 3, [Mixed(1, 2, 3)],
       [{"object": {"className": "test.Mixed", "sealed": [["left", integer(1)], ["right", integer(2)]],
                    "dynamic": [["more", integer(3)]]}}])
answer("an externalizable object", 3, [Opaque()],
       [{"externalizable": {"className": "test.Opaque", "octets": "deadbeef"}}])
octets = pyamf.amf3.ByteArray()
octets.write(b"\x00\x01\xfe\xff")
answer("a byte array", 3, [octets, octets], [{"byteArray": "0001feff"}, {"reference": 0}])
answer("XML", 3, [pyamf.xml.fromstring("<a><b/></a>")], [{"xml": "<a><b /></a>"}])

# AMF0
answer("number, booleans, null, undefined", 0, [1.5, True, False, None, pyamf.Undefined],
       [{"number": 1.5}, {"boolean": True}, {"boolean": False}, {"null": True}, {"undefined": True}])
answer("integers", 0, [0, -7, 2**31], [{"number": 0}, {"number": -7}, {"number": 2**31}])
answer("strings", 0, ["", "h\u00e9llo", "x" * 300], [string(""), string("h\u00e9llo"), string("x" * 300)])
answer("a date", 0, [when], [{"date": milliseconds}])
answer("an object", 0, [{"a": 1, "b": {"c": "d"}}],
       [{"object": [["a", {"number": 1}], ["b", {"object": [["c", string("d")]]}]]}])
answer("an ECMA array", 0, [pyamf.MixedArray({"one": 1, "two": "b"})],
       [{"ecmaArray": [["one", {"number": 1}], ["two", string("b")]]}], exact=False)  # The count is only a hint.
answer("a strict array", 0, [[1, "a", []]],
       [{"strictArray": [{"number": 1}, string("a"), {"strictArray": []}]}])
answer("an object that comes again", 0, [[shared, shared]],
       [{"strictArray": [{"object": [["a", {"number": 1}]]}, {"reference": 1}]}])
answer("an object within itself", 0, [cyclic], [{"object": [["self", {"reference": 0}]]}])
answer("a typed object", 0, [Named("x")],
       [{"typedObject": {"className": "test.Named", "members": [["name", string("x")]]}}])
answer("XML", 0, [pyamf.xml.fromstring("<a><b/></a>")], [{"xmlDocument": "<a><b /></a>"}])
answer("a switch to AMF3", 0, [octets, 1, Sealed(1, "left"), Sealed(2, "left")],
       [{"avmplus": {"byteArray": "0001feff"}}, {"number": 1}, {"avmplus": sealed(integer(1), string("left"))},
        {"avmplus": sealed(integer(2), string("left"))}])

print(json.dumps({"origin": "Py3AMF 0.9.1, by make-known-answers.py", "answers": answers}, indent=1))
