import JSONSchema
import Testing

@Suite("The validator of JSON Schemas")
struct JSONSchemaTests {
    @Test(arguments: [
        (#"{"type": "integer"}"#, "1", true), (#"{"type": "integer"}"#, "1.5", false),
        (#"{"type": "integer"}"#, "true", false), (#"{"type": "boolean"}"#, "true", true),
        (#"{"type": "boolean"}"#, "1", false), (#"{"type": ["null", "string"]}"#, "null", true),
        (#"{"type": ["null", "string"]}"#, "{}", false), (#"{"enum": ["a", 1]}"#, "1", true),
        (#"{"enum": ["a", 1]}"#, "\"b\"", false), (#"{"const": {"a": [1]}}"#, #"{"a": [1]}"#, true),
        (#"{"const": {"a": [1]}}"#, #"{"a": [2]}"#, false), (#"{"required": ["a"]}"#, #"{"a": null}"#, true),
        (#"{"required": ["a"]}"#, #"{"b": null}"#, false), (#"{"required": ["a"]}"#, "3", true),
        (#"{"properties": {"a": {"minimum": 2}}}"#, #"{"a": 2}"#, true),
        (#"{"properties": {"a": {"minimum": 2}}}"#, #"{"a": 1}"#, false),
        (#"{"properties": {"a": {}}, "additionalProperties": false}"#, #"{"a": 1}"#, true),
        (#"{"properties": {"a": {}}, "additionalProperties": false}"#, #"{"b": 1}"#, false),
        (#"{"additionalProperties": {"type": "null"}}"#, #"{"b": 1}"#, false),
        (#"{"minProperties": 1}"#, #"{"b": 1}"#, true), (#"{"minProperties": 1}"#, "{}", false),
        (#"{"items": {"maximum": 3}, "minItems": 1, "maxItems": 2}"#, "[1, 3]", true),
        (#"{"items": {"maximum": 3}, "minItems": 1, "maxItems": 2}"#, "[4]", false),
        (#"{"items": {"maximum": 3}, "minItems": 1, "maxItems": 2}"#, "[]", false),
        (#"{"items": {"maximum": 3}, "minItems": 1, "maxItems": 2}"#, "[1, 1, 1]", false),
        (#"{"uniqueItems": true}"#, "[1, 2]", true), (#"{"uniqueItems": true}"#, "[1, 1]", false),
        (#"{"minLength": 2, "maxLength": 3}"#, "\"é\"", false), (#"{"minLength": 2, "maxLength": 3}"#, "\"éé\"", true),
        (#"{"minLength": 2, "maxLength": 3}"#, "\"abcd\"", false),
        (#"{"pattern": "^[a-z]+$"}"#, "\"ab\"", true), (#"{"pattern": "^[a-z]+$"}"#, "\"aB\"", false),
        (#"{"oneOf": [{"minimum": 1}, {"maximum": 3}]}"#, "0", true),
        (#"{"oneOf": [{"minimum": 1}, {"maximum": 3}]}"#, "2", false),
        (#"{"anyOf": [{"minimum": 1}, {"maximum": 3}]}"#, "2", true),
        (#"{"anyOf": [{"minimum": 5}, {"maximum": 3}]}"#, "4", false),
        (#"{"allOf": [{"minimum": 1}, {"maximum": 3}]}"#, "4", false), (#"{"not": {"type": "null"}}"#, "null", false),
        (#"{"not": {"type": "null"}}"#, "1", true), ("false", "1", false), ("true", "1", true),
        (##"{"$ref": "#/$defs/n", "$defs": {"n": {"type": "null"}}}"##, "null", true),
        (##"{"$ref": "#/$defs/n", "$defs": {"n": {"type": "null"}}}"##, "1", false),
        (##"{"$ref": "#/$defs/m", "$defs": {"n": {"type": "null"}}}"##, "null", false),
    ])
    func keywords(_ schema: String, _ instance: String, _ valid: Bool) throws {
        let violations = try JSONSchema(JSON(text: schema)).violations(of: JSON(text: instance))
        #expect(violations.isEmpty == valid, "\(violations)")
    }

    @Test(arguments: [
        #"{"minimun": 1}"#, #"{"properties": {"a": {"reqired": []}}}"#, #"{"items": {"format": "date"}}"#,
        #"{"oneOf": [{}, {"nope": 1}]}"#, #"{"$defs": {"a": {"nope": 1}}}"#, "3",
    ])
    func unknownKeywordsAreRefused(_ schema: String) throws {
        let schema = try JSON(text: schema)
        #expect(throws: JSONSchema.Unusable.self) { try JSONSchema(schema) }
    }
}
