/* Reads JSON into a tree: as much as files of vectors need, and in a form that is short to use. */
#ifndef JSON_H
#define JSON_H

#include <stddef.h>

enum json_type { JSON_NULL, JSON_BOOLEAN, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT };

struct json {
    enum json_type type;
    double number;     /* of numbers and booleans */
    char *string;      /* of strings: UTF-8 with a NUL at the end */
    char *name;        /* of members: their name */
    struct json *first; /* of arrays and objects: the first element or member */
    struct json *next;  /* the next one of the same array or object */
};

/* Parses a text; ends the program with a message if it is not JSON. Nothing is ever freed. */
struct json *json_parse(const char *text);

/* The member called name; NULL if there is none. */
const struct json *json_member(const struct json *object, const char *name);

/* The string that is the member called name; an empty one if there is none. */
const char *json_string(const struct json *object, const char *name);

#endif
