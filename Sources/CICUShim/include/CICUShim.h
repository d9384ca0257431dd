#ifndef CICUSHIM_H
#define CICUSHIM_H
/*
 * ICU as seen from Swift. No ICU type or macro appears here: ICU renames its functions by macros that Swift cannot
 * import, and its headers clash with those of Foundation's own ICU.
 *
 * Rules
 * 1. Fallible functions return ICUS_OK or ICU's own error code (> 0, or ICUS_BUFFER_TOO_SMALL, ICUS_NO_MEMORY);
 *    results are written only on ICUS_OK unless said otherwise. icus_status_name() names a code.
 * 2. Text is pointer + byte count of valid UTF-8, borrowed for the call; ill-formed bytes never crash, they part words.
 * 3. One opaque handle, one owner, one closing function. One handle, one caller at a time; handles share nothing but
 *    an immutable table of character properties, built once.
 * 4. Nothing throws.
 */
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef int32_t icus_status;
#define ICUS_OK ((icus_status)0)
#define ICUS_NO_MEMORY ((icus_status)-1001)
#define ICUS_BUFFER_TOO_SMALL ((icus_status)-1002)
#define ICUS_TEXT_TOO_LONG ((icus_status)-1003)

/* What a word is made of. */
#define ICUS_NUMBER ((uint8_t)1)
#define ICUS_LETTERS ((uint8_t)2)
#define ICUS_IDEOGRAPHS ((uint8_t)3)
/* The word holds a character that joins words: an apostrophe, full stop, comma, middle dot, low line or at sign; or it is
 * an ISBN with its hyphens. */
#define ICUS_HAS_JOINER ((uint8_t)1)
/* Every byte of the word is ASCII. */
#define ICUS_IS_ASCII ((uint8_t)2)

/* One word of a text: bytes [start, end), icus_word_hash of them, kind and flags as above. */
typedef struct {
    uint32_t start;
    uint32_t end;
    uint32_t hash;
    uint8_t kind;
    uint8_t flags;
} icus_word;

typedef struct icus_segmenter icus_segmenter;

icus_status icus_segmenter_open(icus_segmenter **out);
void icus_segmenter_close(icus_segmenter *segmenter);

/*
 * The words of a text by UAX #29 as ICU's root locale tailors it (dictionaries for Han, kana, Thai, Lao, Khmer,
 * Burmese), that is, the segments that hold a letter or digit. `words` stays valid until the next call or the closing.
 * The groups of an ISBN are one word, hyphens and all, beyond UAX #29.
 * A scanner of our own reads the scripts that need no dictionary; `only_icu` != 0 sends everything through ICU, for
 * comparison: the answers are equal.
 */
icus_status icus_segmenter_words(
    icus_segmenter *segmenter, const char *text, size_t length, int32_t only_icu, const icus_word **words,
    size_t *count);

/* A hash of a word's bytes for tables in memory; machines of another byte order give another. */
uint32_t icus_word_hash(const char *bytes, size_t length);

/* NFKC_Casefold (UAX #31 and UTS #46: compatibility, case, default ignorables away). *needed is written on
 * ICUS_BUFFER_TOO_SMALL, too. */
icus_status icus_casefold(const char *text, size_t length, char *out, size_t capacity, size_t *needed);
/* NFKD: compatibility decomposition. */
icus_status icus_decompose(const char *text, size_t length, char *out, size_t capacity, size_t *needed);
/* NFKC: compatibility composition. */
icus_status icus_compose(const char *text, size_t length, char *out, size_t capacity, size_t *needed);

typedef struct icus_collator icus_collator;

/* The collation of a language (BCP 47; unknown ones get the root collation): three levels, punctuation and spaces
 * ignored, numbers by their value. */
icus_status icus_collator_open(const char *language, icus_collator **out);
void icus_collator_close(icus_collator *collator);
/* Bytes that compare as the texts do. *needed is written on ICUS_BUFFER_TOO_SMALL, too. */
icus_status icus_collator_key(
    icus_collator *collator, const char *text, size_t length, uint8_t *out, size_t capacity, size_t *needed);

/* General category of a code point in ICU's numbering (u_charType). */
uint8_t icus_category(uint32_t code_point);
/* Canonical combining class. */
uint8_t icus_combining_class(uint32_t code_point);
/* Value of a decimal digit of any script, else -1. */
int32_t icus_digit(uint32_t code_point);
/* ISO 15924 short name of the script, such as "Latn", "Arab", "Zinh": a constant. */
const char *icus_script(uint32_t code_point);
/* Whether NFKC_Casefold maps the code point without regard to what stands before it. */
int32_t icus_is_inert(uint32_t code_point);

/* Version of ICU at run time, such as "72.1", and of Unicode, into buffers of at least 20 bytes. */
void icus_version(char *out);
void icus_unicode_version(char *out);
/* ICU's name of a code: a constant. */
const char *icus_status_name(icus_status status);

#ifdef __cplusplus
}
#endif
#endif
