#include "json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *skip(const char *at) {
    while (*at && strchr(" \t\r\n", *at)) at++;
    return at;
}

static void fail(const char *at) {
    fprintf(stderr, "no JSON at: %.40s\n", at);
    exit(65);
}

static char *append_code_point(char *end, unsigned code) {
    if (code < 0x80) {
        *end++ = (char)code;
    } else if (code < 0x800) {
        *end++ = (char)(0xc0 | code >> 6);
        *end++ = (char)(0x80 | (code & 0x3f));
    } else {
        *end++ = (char)(0xe0 | code >> 12);
        *end++ = (char)(0x80 | (code >> 6 & 0x3f));
        *end++ = (char)(0x80 | (code & 0x3f));
    }
    return end;
}

/* at stands behind the quotation mark. */
static const char *parse_string(const char *at, char **string) {
    size_t length = 0;
    while (at[length] && at[length] != '"') length += at[length] == '\\' && at[length + 1] ? 2 : 1;
    char *end = *string = malloc(length + 1);
    while (*at && *at != '"') {
        if (*at != '\\') {
            *end++ = *at++;
            continue;
        }
        const char *escapes = "\"\\/bfnrt", *values = "\"\\/\b\f\n\r\t", *found = strchr(escapes, at[1]);
        if (at[1] == 'u') {
            char digits[5] = "";
            strncat(digits, at + 2, 4);
            if (strlen(digits) != 4) fail(at);
            end = append_code_point(end, (unsigned)strtoul(digits, NULL, 16));
            at += 6;
        } else if (at[1] && found) {
            *end++ = values[found - escapes];
            at += 2;
        } else {
            fail(at);
        }
    }
    if (*at != '"') fail(at);
    *end = 0;
    return at + 1;
}

static const char *parse_value(const char *at, struct json *value);

/* at stands behind the bracket. */
static const char *parse_parts(const char *at, struct json *value, char closing) {
    struct json **place = &value->first;
    at = skip(at);
    if (*at == closing) return at + 1;
    while (1) {
        struct json *part = *place = calloc(1, sizeof *part);
        place = &part->next;
        at = skip(at);
        if (closing == '}') {
            if (*at != '"') fail(at);
            at = skip(parse_string(at + 1, &part->name));
            if (*at != ':') fail(at);
            at++;
        }
        at = skip(parse_value(at, part));
        if (*at == closing) return at + 1;
        if (*at != ',') fail(at);
        at++;
    }
}

static const char *parse_value(const char *at, struct json *value) {
    at = skip(at);
    switch (*at) {
    case '{': value->type = JSON_OBJECT; return parse_parts(at + 1, value, '}');
    case '[': value->type = JSON_ARRAY; return parse_parts(at + 1, value, ']');
    case '"': value->type = JSON_STRING; return parse_string(at + 1, &value->string);
    default: break;
    }
    if (strncmp(at, "null", 4) == 0) return at + 4;
    value->type = JSON_BOOLEAN;
    value->number = *at == 't';
    if (strncmp(at, "true", 4) == 0) return at + 4;
    if (strncmp(at, "false", 5) == 0) return at + 5;
    char *end;
    value->type = JSON_NUMBER;
    value->number = strtod(at, &end);
    if (end == at) fail(at);
    return end;
}

struct json *json_parse(const char *text) {
    struct json *value = calloc(1, sizeof *value);
    const char *end = skip(parse_value(text, value));
    if (*end) fail(end);
    return value;
}

const struct json *json_member(const struct json *object, const char *name) {
    for (const struct json *part = object ? object->first : NULL; part; part = part->next)
        if (part->name && strcmp(part->name, name) == 0) return part;
    return NULL;
}

const char *json_string(const struct json *object, const char *name) {
    const struct json *member = json_member(object, name);
    return member && member->type == JSON_STRING ? member->string : "";
}
