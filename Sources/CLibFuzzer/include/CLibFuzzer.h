#pragma once

#include <stddef.h>
#include <stdint.h>

/// Runs libFuzzer; part of the runtime that `-sanitize=fuzzer` links.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*target)(const uint8_t *data, size_t size));
