#ifndef CVECTORS_H
#define CVECTORS_H

/* A file of the folder vectors/, as it was when this was compiled. */
struct vector_file {
    /* Path below vectors/. */
    const char *path;
    /* UTF-8, with a NUL at the end. */
    const char *text;
};

int vector_file_count(void);

/* index is below vector_file_count(). */
struct vector_file vector_file_at(int index);

#endif
