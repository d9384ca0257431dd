/* CXapianShimStem.h: Snowball stemmers. The rules are those of CXapianShim.h.
 * One stemmer, one thread at a time: a Xapian::Stem shared by two threads crashes. */
#ifndef CXAPIANSHIMSTEM_H
#define CXAPIANSHIMSTEM_H

#include "CXapianShim.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct xs_stemmer xs_stemmer;

/* lang: a code or name Snowball knows ("en", "french"); else XS_INVALID_ARGUMENT. */
xs_status xs_stem_open(const char *lang, size_t lang_length, xs_stemmer **out, xs_error *error) XS_NOEXCEPT;

/* Writes the stem of a lower-case word into out; XS_INVALID_ARGUMENT if it needs more than capacity bytes. */
xs_status xs_stem_word(xs_stemmer *stemmer, const char *word, size_t length, char *out, size_t capacity,
                       size_t *out_length, xs_error *error) XS_NOEXCEPT;

void xs_stem_close(xs_stemmer *stemmer) XS_NOEXCEPT;

/* Release whose stemmers these are, such as "1.4.22": a constant. */
const char *xs_stem_version(void) XS_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#endif
