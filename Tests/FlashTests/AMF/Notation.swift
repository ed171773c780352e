import Flash
import JSONSchema
import Testing

/// Reads AMF values in the notation of `known-answers.json`: an object with one member, named after the case.
enum Notation {
    static func amf3(_ json: JSON) throws -> AMF3Value {
        let (name, content) = try #require(json.object?.first)
        switch name {
        case "undefined": return .undefined
        case "null": return .null
        case "boolean": return .boolean(content == .bool(true))
        case "integer": return .integer(Int32(try #require(content.number)))
        case "double": return .double(try #require(content.number))
        case "string": return .string(try #require(content.string))
        case "date": return .date(milliseconds: try #require(content.number))
        case "xml": return .xml(try #require(content.string))
        case "byteArray": return .byteArray(try octets(#require(content.string)))
        case "reference": return .reference(Int(try #require(content.number)))
        case "array":
            let dense = try #require(content["dense"]?.array).map(amf3)
            return .array(AMF3Array(dense, associative: try members(content["associative"], amf3)))
        case "object":
            let dynamic = content["dynamic"] == .null ? nil : try members(content["dynamic"], amf3)
            let className = try #require(content["className"]?.string)
            return .object(
                AMF3Object(className: className, sealed: try members(content["sealed"], amf3), dynamic: dynamic)
            )
        case "externalizable":
            let className = try #require(content["className"]?.string)
            return .externalizable(className: className, try octets(#require(content["octets"]?.string)))
        default:
            throw Unknown(name: name)
        }
    }

    static func amf0(_ json: JSON) throws -> AMF0Value {
        let (name, content) = try #require(json.object?.first)
        switch name {
        case "undefined": return .undefined
        case "null": return .null
        case "boolean": return .boolean(content == .bool(true))
        case "number": return .number(try #require(content.number))
        case "string": return .string(try #require(content.string))
        case "date": return .date(milliseconds: try #require(content.number))
        case "xmlDocument": return .xmlDocument(try #require(content.string))
        case "reference": return .reference(UInt16(try #require(content.number)))
        case "object": return .object(try members(content, amf0))
        case "ecmaArray": return .ecmaArray(try members(content, amf0))
        case "strictArray": return .strictArray(try #require(content.array).map(amf0))
        case "typedObject":
            let className = try #require(content["className"]?.string)
            return .typedObject(className: className, try members(content["members"], amf0))
        case "avmplus": return .avmplus(try amf3(content))
        default: throw Unknown(name: name)
        }
    }

    private static func members<Value>(_ json: JSON?, _ read: (JSON) throws -> Value) throws -> [AMFMember<Value>] {
        try #require(json?.array).map { pair in
            AMFMember(try #require(pair["0"]?.string), try read(#require(pair["1"])))
        }
    }

    struct Unknown: Error {
        let name: String
    }
}
