/* Shows libserd (Turtle reader, ISC licence) to Swift; holds no logic. */
#ifndef SABIL_CSERD_SHIM_H
#define SABIL_CSERD_SHIM_H

#include <serd/serd.h>

#include <stdio.h>

/* The text of an error; its variable arguments cannot be reached from Swift. */
static inline void sabil_serd_error_text(const SerdError* error, char* out, size_t capacity)
{
    va_list args;
    va_copy(args, *error->args);
    vsnprintf(out, capacity, error->fmt, args);
    va_end(args);
}

#endif
