#ifndef CCLD2SHIM_H
#define CCLD2SHIM_H
/*
 * CLD2 as seen from Swift. Text is pointer + byte count of valid UTF-8, borrowed for the call; no state is kept;
 * nothing throws.
 */
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The up to three languages CLD2 sees in a text, best first: ISO 639 code and share of the text in percent. */
typedef struct {
    char code[3][8];
    int32_t percent[3];
    /* Letters CLD2 could use; below 40 or so its answer means little. */
    int32_t text_bytes;
    /* CLD2's own opinion of itself: often wrong on short text. */
    int32_t is_reliable;
} cld2s_guess;

/* Fills `out`; codes are empty strings when nothing was recognised. Texts over 2^31-1 bytes are read up to there. */
void cld2s_detect(const char *text, size_t length, int32_t is_short, cld2s_guess *out);

#ifdef __cplusplus
}
#endif
#endif
