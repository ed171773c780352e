-- Shows RTMFP (RFC 7016, RFC 7425) in Wireshark, from captures that `hlsp2p-check decode FILE --keys KEYS --export OUT`
-- has decrypted:
--
--     tshark -X lua_script:Scripts/rtmfp.lua -r OUT
--     wireshark -X lua_script:Scripts/rtmfp.lua OUT
--
-- Filters are, for example, rtmfp.chunk.type == 0x10, rtmfp.flow == 2, rtmfp.message.name == "connect".

local magic = "RTMFPx1\0"
local rtmfp = Proto("rtmfp", "Secure Real-Time Media Flow Protocol")

local modes = { [0] = "Forbidden", [1] = "Initiator", [2] = "Responder", [3] = "Startup" }
local keys = { [0] = "Default", [1] = "Session" }
local parts = { [0] = "whole", [1] = "begin", [2] = "end", [3] = "middle" }
local types = {
    [0x00] = "Padding", [0x01] = "Ping", [0x0c] = "Close", [0x0f] = "FIHello", [0x10] = "User Data",
    [0x11] = "Next User Data", [0x18] = "Buffer Probe", [0x30] = "IHello", [0x38] = "IIKeying", [0x41] = "Ping Reply",
    [0x4c] = "Close Ack", [0x50] = "Bitmap Ack", [0x51] = "Range Ack", [0x5e] = "Flow Exception", [0x70] = "RHello",
    [0x71] = "Redirect", [0x78] = "RIKeying", [0x79] = "Cookie Change", [0x7f] = "Fragment", [0xff] = "Padding",
}
local messages = {
    [4] = "User Control", [8] = "Audio", [9] = "Video", [15] = "Data (AMF0/3)", [17] = "Command (AMF0/3)", [18] = "Data",
    [20] = "Command",
}

local f = {
    key = ProtoField.uint8("rtmfp.key", "Key", base.DEC, keys),
    hmac = ProtoField.bool("rtmfp.hmac", "HMAC"),
    session = ProtoField.uint32("rtmfp.session", "Session ID", base.HEX),
    number = ProtoField.uint64("rtmfp.number", "Session sequence number"),
    mode = ProtoField.uint8("rtmfp.mode", "Mode", base.DEC, modes, 0x03),
    critical = ProtoField.bool("rtmfp.tc", "Time critical", 8, nil, 0x80),
    reverse = ProtoField.bool("rtmfp.tcr", "Time critical reverse", 8, nil, 0x40),
    timestamp = ProtoField.uint16("rtmfp.timestamp", "Timestamp"),
    echo = ProtoField.uint16("rtmfp.timestamp_echo", "Timestamp echo"),
    chunk = ProtoField.none("rtmfp.chunk", "Chunk"),
    type = ProtoField.uint8("rtmfp.chunk.type", "Type", base.HEX, types),
    length = ProtoField.uint16("rtmfp.chunk.length", "Length"),
    octets = ProtoField.bytes("rtmfp.octets", "Octets"),
    discriminator = ProtoField.bytes("rtmfp.discriminator", "Endpoint discriminator"),
    tag = ProtoField.bytes("rtmfp.tag", "Tag"),
    cookie = ProtoField.bytes("rtmfp.cookie", "Cookie"),
    certificate = ProtoField.bytes("rtmfp.certificate", "Certificate"),
    component = ProtoField.bytes("rtmfp.component", "Keying component"),
    signature = ProtoField.bytes("rtmfp.signature", "Signature"),
    opened = ProtoField.uint32("rtmfp.opened", "Opened session ID", base.HEX),
    address = ProtoField.string("rtmfp.address", "Address"),
    part = ProtoField.uint8("rtmfp.part", "Part of a message", base.DEC, parts, 0x30),
    abandon = ProtoField.bool("rtmfp.abandon", "Abandoned", 8, nil, 0x02),
    final = ProtoField.bool("rtmfp.final", "Final", 8, nil, 0x01),
    flow = ProtoField.uint64("rtmfp.flow", "Flow"),
    sequence = ProtoField.uint64("rtmfp.sequence", "Sequence number"),
    forward = ProtoField.uint64("rtmfp.forward", "Forward sequence number"),
    option = ProtoField.bytes("rtmfp.option", "Option"),
    data = ProtoField.bytes("rtmfp.data", "Data"),
    message = ProtoField.uint8("rtmfp.message.type", "Message type", base.DEC, messages),
    time = ProtoField.uint32("rtmfp.message.timestamp", "Message timestamp"),
    name = ProtoField.string("rtmfp.message.name", "Name"),
    blocks = ProtoField.uint64("rtmfp.blocks", "Free blocks of the buffer"),
    cumulative = ProtoField.uint64("rtmfp.cumulative", "Acknowledged up to"),
    code = ProtoField.uint64("rtmfp.code", "Exception code"),
    ranges = ProtoField.bytes("rtmfp.ranges", "Further acknowledgements"),
}
local fields = {}
for _, field in pairs(f) do fields[#fields + 1] = field end
rtmfp.fields = fields

local malformed = ProtoExpert.new("rtmfp.malformed", "Malformed", expert.group.MALFORMED, expert.severity.ERROR)
rtmfp.experts = { malformed }

-- What is left of a part of the packet; reading beyond its end is an error that the caller catches.
local Reader = {}
Reader.__index = Reader

local function reader(range) return setmetatable({ range = range, at = 0, size = range and range:len() or 0 }, Reader) end

function Reader:left() return self.size - self.at end

function Reader:take(count)
    if count < 0 or count > self:left() then error({ malformed = true }) end
    local start = self.at
    self.at = start + count
    return count > 0 and self.range:range(start, count) or nil
end

function Reader:byte() return self:take(1):uint() end

-- A number of seven bits an octet, the most significant first (RFC 7016 §2.1.2), and where it stands.
function Reader:vlu()
    local start, value = self.at, UInt64(0)
    while true do
        local octet = self:byte()
        value = value:lshift(7) + UInt64(octet % 128)
        if octet < 128 then return value, self.range:range(start, self.at - start) end
    end
end

function Reader:vlunumber()
    local value = self:vlu()
    if value:higher() ~= 0 then error({ malformed = true }) end
    return value:lower()
end

function Reader:prefixed() return self:take(self:vlunumber()) end

function Reader:rest() return self:take(self:left()) end

local function add(tree, field, range) if range then tree:add(field, range) end end

local function addvlu(tree, field, r)
    local value, range = r:vlu()
    tree:add(field, range, value)
    return value
end

local function address(tree, r)
    local start = r.at
    local flags = r:byte()
    local host
    if flags >= 128 then host = "[" .. tostring(r:take(16):ipv6()) .. "]" else host = tostring(r:take(4):ipv4()) end
    local port = r:take(2):uint()
    tree:add(f.address, r.range:range(start, r.at - start), host .. ":" .. port)
end

-- The name that a command or data begins with: an AMF0 string, after a format selector in types 15 and 17.
local function message(tree, data)
    if not data or data:len() < 5 then return nil end
    local kind = data:range(0, 1):uint()
    if not messages[kind] then return nil end
    tree:add(f.message, data:range(0, 1))
    tree:add(f.time, data:range(1, 4))
    local start = (kind == 15 or kind == 17) and 6 or 5
    if kind < 15 or data:len() < start + 3 or data:range(start, 1):uint() ~= 2 then return messages[kind] end
    local length = data:range(start + 1, 2):uint()
    if length == 0 or data:len() < start + 3 + length then return messages[kind] end
    local name = data:range(start + 3, length)
    tree:add(f.name, name)
    return name:string()
end

local function userdata(tree, r, previous)
    local flags = r:take(1)
    local octet = flags:uint()
    tree:add(f.part, flags)
    tree:add(f.abandon, flags)
    tree:add(f.final, flags)
    local state
    if previous == false then
        state = {}
        state.flow = addvlu(tree, f.flow, r)
        state.sequence = addvlu(tree, f.sequence, r)
        local offset, range = r:vlu()
        tree:add(f.forward, range, state.sequence - offset)
    elseif previous then
        state = { flow = previous.flow, sequence = previous.sequence + UInt64(1) }
        tree:add(f.flow, state.flow):set_generated()
        tree:add(f.sequence, state.sequence):set_generated()
    end
    if octet >= 128 then
        while true do
            local option = r:prefixed()
            if not option then break end
            tree:add(f.option, option)
        end
    end
    local data = r:rest()
    add(tree, f.data, data)
    local text = state and (" " .. tostring(state.flow) .. "/" .. tostring(state.sequence)) or ""
    local isfirst = math.floor(octet / 16) % 4 < 2 and math.floor(octet / 2) % 2 == 0
    local name = isfirst and message(tree, data) or nil
    return state, text .. (name and (" " .. name) or "")
end

local bodies = {
    [0x30] = function(t, r)
        add(t, f.discriminator, r:prefixed())
        add(t, f.tag, r:rest())
    end,
    [0x0f] = function(t, r)
        add(t, f.discriminator, r:prefixed())
        address(t, r)
        add(t, f.tag, r:rest())
    end,
    [0x70] = function(t, r)
        add(t, f.tag, r:prefixed())
        add(t, f.cookie, r:prefixed())
        add(t, f.certificate, r:rest())
    end,
    [0x71] = function(t, r)
        add(t, f.tag, r:prefixed())
        while r:left() > 0 do address(t, r) end
    end,
    [0x79] = function(t, r)
        add(t, f.cookie, r:prefixed())
        add(t, f.cookie, r:rest())
    end,
    [0x38] = function(t, r)
        t:add(f.opened, r:take(4))
        add(t, f.cookie, r:prefixed())
        add(t, f.certificate, r:prefixed())
        add(t, f.component, r:prefixed())
        add(t, f.signature, r:rest())
    end,
    [0x78] = function(t, r)
        t:add(f.opened, r:take(4))
        add(t, f.component, r:prefixed())
        add(t, f.signature, r:rest())
    end,
    [0x18] = function(t, r) addvlu(t, f.flow, r) end,
    [0x5e] = function(t, r)
        addvlu(t, f.flow, r)
        addvlu(t, f.code, r)
    end,
}
local function acknowledgement(t, r)
    addvlu(t, f.flow, r)
    addvlu(t, f.blocks, r)
    addvlu(t, f.cumulative, r)
    add(t, f.ranges, r:rest())
end
bodies[0x50] = acknowledgement
bodies[0x51] = acknowledgement

-- One chunk; gives what the line about the packet says of it, and what a Next User Data behind it continues.
local function chunk(tree, range, previous)
    local kind, length = range:range(0, 1):uint(), range:range(1, 2):uint()
    local name = types[kind] or string.format("Chunk %02x", kind)
    local branch = tree:add(f.chunk, range)
    branch:set_text(name)
    branch:add(f.type, range:range(0, 1))
    branch:add(f.length, range:range(1, 2))
    local r = reader(length > 0 and range:range(3, length) or nil)
    local text, state = "", previous
    local ok, why = pcall(function()
        if kind == 0x10 then
            state, text = userdata(branch, r, false)
        elseif kind == 0x11 then
            state, text = userdata(branch, r, previous)
        elseif bodies[kind] then
            bodies[kind](branch, r)
        else
            add(branch, f.octets, r:rest())
        end
    end)
    if not ok then
        -- Only what the packet says is the packet's fault.
        if type(why) ~= "table" or not why.malformed then error(why) end
        branch:add_proto_expert_info(malformed)
        text = " (malformed)"
        if kind == 0x10 then state = nil end
    end
    branch:append_text(text)
    return name .. text, state
end

function rtmfp.dissector(buffer, pinfo, tree)
    if buffer:len() < 23 or buffer:range(0, 8):raw() ~= magic then return 0 end
    pinfo.cols.protocol = "RTMFP"
    local top = tree:add(rtmfp, buffer())
    top:add(f.key, buffer(8, 1))
    local about = buffer(9, 1):uint()
    top:add(f.hmac, about >= 2):set_generated()
    top:add(f.session, buffer(10, 4))
    if about % 2 == 1 then top:add(f.number, buffer(14, 8)) end

    local flags, at = buffer(22, 1), 23
    local octet = flags:uint()
    top:add(f.mode, flags)
    top:add(f.critical, flags)
    top:add(f.reverse, flags)
    if math.floor(octet / 8) % 2 == 1 and buffer:len() >= at + 2 then
        top:add(f.timestamp, buffer(at, 2))
        at = at + 2
    end
    if math.floor(octet / 4) % 2 == 1 and buffer:len() >= at + 2 then
        top:add(f.echo, buffer(at, 2))
        at = at + 2
    end
    local said, previous = {}, nil
    while buffer:len() - at >= 3 do
        local kind, length = buffer(at, 1):uint(), buffer(at + 1, 2):uint()
        -- What does not fit is padding (RFC 7016 §2.2.4).
        if length > buffer:len() - at - 3 then break end
        local text
        text, previous = chunk(top, buffer:range(at, 3 + length), previous)
        if kind ~= 0x00 and kind ~= 0xff then said[#said + 1] = text end
        at = at + 3 + length
    end
    local mode = modes[octet % 4]
    pinfo.cols.info = mode .. ": " .. table.concat(said, ", ")
    top:append_text(", " .. mode .. ", " .. table.concat(said, ", "))
    return buffer:len()
end

rtmfp:register_heuristic("udp", function(buffer, pinfo, tree)
    if buffer:len() < 23 or buffer:range(0, 8):raw() ~= magic then return false end
    rtmfp.dissector(buffer, pinfo, tree)
    return true
end)
