#ifndef CTERMGENERATOR_H
#define CTERMGENERATOR_H
/* Xapian's own text analysis, as its manual teaches it, for comparison. */
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ctg_generator ctg_generator;

/* A TermGenerator with the Snowball stemmer of a language, such as "english"; a null pointer if there is none. */
ctg_generator *ctg_open(const char *stemmer);
void ctg_close(ctg_generator *generator);
/* Analyses a text into a new document and throws it away; returns how many terms it had, -1 on failure.
 * lean = 0: surfaces with positions and stems beside them (STEM_SOME, the default);
 * lean = 1: stems only, without positions (STEM_ALL), the least work TermGenerator can be given. */
long ctg_analyse(ctg_generator *generator, const char *text, size_t length, int lean);

#ifdef __cplusplus
}
#endif
#endif
