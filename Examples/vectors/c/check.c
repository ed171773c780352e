/* Checks some kinds of the test vectors with decoders of its own: an example of how to use them from C, with nothing but
 * the standard library.
 *
 *     cc -std=c11 -o check check.c json.c && ./check ../../../vectors/rtmfp/vlu.json ...
 *
 * Prints how many tests of how many files it checked; exit status 1 if one has another outcome than its file says. */
#include "json.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Octets that are being read. error is a class of vectors/README.md as soon as something does not fit. */
struct reader {
    uint8_t octets[65536];
    size_t count, position;
    const char *error;
};

static void open_hex(struct reader *reader, const char *text) {
    memset(reader, 0, sizeof *reader);
    for (; text[0] && text[1] && reader->count < sizeof reader->octets; text += 2)
        sscanf(text, "%2hhx", &reader->octets[reader->count++]);
}

static uint8_t read_octet(struct reader *reader) {
    if (reader->position < reader->count) return reader->octets[reader->position++];
    if (!reader->error) reader->error = "truncated";
    return 0;
}

/* RFC 7016, 2.1.2: seven bits an octet, the high bit says that another one follows. */
static uint64_t read_vlu(struct reader *reader) {
    uint64_t value = 0;
    while (!reader->error) {
        uint8_t octet = read_octet(reader);
        if (value >> 57) reader->error = "overflow";
        value = value << 7 | (octet & 0x7f);
        if (octet < 0x80) break;
    }
    return value;
}

/* Skips a length and so many octets, and gives their number. */
static size_t read_counted(struct reader *reader) {
    uint64_t count = read_vlu(reader);
    if (reader->error) return 0;
    if (count > reader->count - reader->position) {
        reader->error = "truncated";
        return 0;
    }
    reader->position += (size_t)count;
    return (size_t)count;
}

/* Whether the member called name is the hexadecimal form of octets. */
static int is_hex(const struct json *expected, const char *name, const uint8_t *octets, size_t count) {
    const char *text = json_string(expected, name);
    if (strlen(text) != 2 * count) return 0;
    for (size_t index = 0; index < count; index++) {
        char digits[3];
        snprintf(digits, sizeof digits, "%02x", octets[index]);
        if (strncmp(text + 2 * index, digits, 2) != 0) return 0;
    }
    return 1;
}

static int is_integer(const struct json *expected, const char *name, uint64_t value) {
    char text[24];
    snprintf(text, sizeof text, "%" PRIu64, value);
    return strcmp(json_string(expected, name), text) == 0;
}

static int is_number(const struct json *expected, const char *name, size_t value) {
    const struct json *member = json_member(expected, name);
    return member && member->type == JSON_NUMBER && member->number == (double)value;
}

/* Each decodes the input and compares with what is expected, if anything is. */

static int check_vlu(struct reader *reader, const struct json *input, const struct json *expected) {
    open_hex(reader, json_string(input, "octets"));
    uint64_t value = read_vlu(reader);
    return is_integer(expected, "value", value) && is_number(expected, "consumed", reader->position);
}

static int check_ihello(struct reader *reader, const struct json *input, const struct json *expected) {
    open_hex(reader, json_string(input, "payload"));
    size_t count = read_counted(reader), start = reader->position - count;
    return is_hex(expected, "endpointDiscriminator", reader->octets + start, count)
        && is_hex(expected, "tag", reader->octets + reader->position, reader->count - reader->position);
}

static int check_exception(struct reader *reader, const struct json *input, const struct json *expected) {
    open_hex(reader, json_string(input, "payload"));
    uint64_t flow = read_vlu(reader), code = read_vlu(reader);
    return is_integer(expected, "flowID", flow) && is_integer(expected, "exceptionCode", code);
}

static int check_range_ack(struct reader *reader, const struct json *input, const struct json *expected) {
    open_hex(reader, json_string(input, "payload"));
    uint64_t flow = read_vlu(reader), blocks = read_vlu(reader), cursor = read_vlu(reader), cumulative = cursor;
    const struct json *ranges = json_member(expected, "ranges"), *range = ranges ? ranges->first : NULL;
    while (!reader->error && reader->position < reader->count) {
        uint64_t holes = read_vlu(reader), received = read_vlu(reader);
        if (reader->error) {
            /* A pair that is cut off is left out. */
            if (strcmp(reader->error, "truncated") == 0) reader->error = NULL;
            break;
        }
        uint64_t first = cursor + holes + 2, last = first + received;
        if (holes > UINT64_MAX - 2 || first < cursor || last < first) {
            reader->error = "value";
            break;
        }
        char text[2][24];
        snprintf(text[0], sizeof text[0], "%" PRIu64, first);
        snprintf(text[1], sizeof text[1], "%" PRIu64, last);
        if (range && (strcmp(range->first->string, text[0]) || strcmp(range->first->next->string, text[1]))) return 0;
        if (expected && !range) return 0;
        range = range ? range->next : NULL;
        cursor = last;
    }
    return !range && is_integer(expected, "flowID", flow) && is_integer(expected, "bufferBlocksAvailable", blocks)
        && is_integer(expected, "cumulativeAcknowledgement", cumulative);
}

static int check_session_id(struct reader *reader, const struct json *input, const struct json *expected) {
    open_hex(reader, json_string(input, "datagram"));
    if (reader->count < 4) reader->error = "truncated";
    uint8_t id[4];
    for (int index = 0; index < 4; index++)
        id[index] = reader->octets[index] ^ reader->octets[index + 4] ^ reader->octets[index + 8];
    return is_hex(expected, "sessionID", id, 4);
}

/* RFC 7425, 4.7.3.1: an odd octet at the end is the low half of a word. */
static int check_checksum(struct reader *reader, const struct json *input, const struct json *expected) {
    (void)expected;
    open_hex(reader, json_string(input, "octets"));
    uint64_t sum = 0;
    for (size_t index = 0; index < reader->count; index += 2)
        sum += index + 1 < reader->count ? (uint64_t)reader->octets[index] << 8 | reader->octets[index + 1] : reader->octets[index];
    while (sum >> 16) sum = (sum & 0xffff) + (sum >> 16);
    uint8_t checksum[2] = {(uint8_t)(~sum >> 8), (uint8_t)~sum};
    if (!is_hex(input, "checksum", checksum, 2)) reader->error = "authentication";
    return 1;
}

static int check_metadata(struct reader *reader, const struct json *input, const struct json *expected) {
    open_hex(reader, json_string(input, "metadata"));
    uint8_t t = read_octet(reader), c = read_octet(reader);
    if (!reader->error && (t != 'T' || c != 'C')) reader->error = "value";
    uint8_t flags = read_octet(reader);
    if (!reader->error && !(flags & 4)) reader->error = "value";
    uint64_t stream = read_vlu(reader);
    if (!reader->error && stream >> 24) reader->error = "value";
    return is_integer(expected, "streamID", stream) && is_number(expected, "receiveIntent", flags & 1);
}

static const struct {
    const char *kind;
    int (*check)(struct reader *, const struct json *, const struct json *);
} checks[] = {
    {"vlu", check_vlu}, {"chunk-ihello", check_ihello}, {"chunk-flow-exception-report", check_exception},
    {"chunk-range-ack", check_range_ack}, {"session-id", check_session_id}, {"checksum", check_checksum},
    {"flow-metadata", check_metadata},
};

static char *text_of(const char *path) {
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    size_t count = 0;
    if (!file) {
        perror(path);
        exit(65);
    }
    do {
        text = realloc(text, count + 65537);
        count += fread(text + count, 1, 65536, file);
    } while (!feof(file) && !ferror(file));
    text[count] = 0;
    fclose(file);
    return text;
}

int main(int argc, char **argv) {
    static struct reader reader;
    int checked = 0, failed = 0, files = 0;
    for (int index = 1; index < argc; index++) {
        const struct json *document = json_parse(text_of(argv[index]));
        for (size_t entry = 0; entry < sizeof checks / sizeof checks[0]; entry++) {
            if (strcmp(json_string(document, "kind"), checks[entry].kind) != 0) continue;
            files++;
            for (const struct json *test = json_member(document, "tests")->first; test; test = test->next) {
                const char *result = json_string(test, "result"), *error = json_string(test, "error");
                int is_right = checks[entry].check(&reader, json_member(test, "input"), json_member(test, "expected"));
                if (reader.error)
                    is_right = strcmp(result, "valid") != 0 && (!*error || strcmp(error, reader.error) == 0);
                else if (strcmp(result, "invalid") == 0)
                    is_right = 0;
                checked++;
                if (is_right) continue;
                failed++;
                printf("%s: %s: %s\n", argv[index], json_string(test, "id"), reader.error ? reader.error : "another outcome");
            }
        }
    }
    printf("%d tests of %d files checked, %d failed\n", checked, files, failed);
    return failed || !checked;
}
