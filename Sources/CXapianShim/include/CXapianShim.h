/* CXapianShim.h: how C, and so Swift, sees Xapian.
 *
 * Rules of this border
 *  1. A fallible function returns xs_status. Out-parameters are written only on XS_OK.
 *  2. xs_error is fixed memory of the caller: reporting never allocates. Pass NULL to do without.
 *  3. Text is a pointer and a byte count, borrowed for the call; never NUL-terminated, never retained.
 *  4. One opaque handle, one owner, one closing function, which never fails outwardly and takes NULL.
 *  5. One handle, one caller at a time. Handles share nothing: each reader opens its own Database.
 *  6. Every body runs inside guarded() (Guarded.hpp), which is noexcept: no C++ exception leaves.
 *  7. Never the static Query::MatchAll, whose reference count is shared and not atomic.
 *  8. Every search has a time limit. Sizes from outside are checked before anything is allocated.
 *  9. Nothing here calls back into the caller.
 * 10. Numbers in packed buffers are unsigned LEB128 ("varint") unless said otherwise; doubles are 8 bytes of the host.
 *
 * Process-wide state: one environment variable. Xapian reads its flush threshold from XAPIAN_FLUSH_THRESHOLD when a
 * writer is opened and offers no other way. When the library is loaded the variable is put into the environment once
 * (keeping the value it had, 10000 if none); opening a writer changes its digits in place, under a lock, and puts them
 * back. So no environ array is reallocated behind another thread's getenv.
 */
#ifndef CXAPIANSHIM_H
#define CXAPIANSHIM_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#define XS_NOEXCEPT noexcept
extern "C" {
#else
#define XS_NOEXCEPT
#endif

/* Statuses. An int32_t and constants, so that Swift sees plain numbers. */
typedef int32_t xs_status;
enum {
    XS_OK = 0,
    XS_LOCKED = 1,            /* another writer holds the index */
    XS_NOT_FOUND = 2,         /* no index there, or no such document */
    XS_MODIFIED = 3,          /* the snapshot being read was overwritten: refresh and ask again */
    XS_FORMAT = 4,            /* an index of a format this Xapian does not read */
    XS_CORRUPT = 5,           /* files of the index are damaged */
    XS_DISK_FULL = 6,         /* no space, quota or file size limit reached */
    XS_TIMED_OUT = 7,         /* the hard time limit passed */
    XS_INVALID_ARGUMENT = 8,  /* malformed program or buffer, term empty or too long, limit out of range */
    XS_NO_MEMORY = 9,
    XS_BATCH_LOST = 10,       /* an earlier failure dropped the changes since the last commit: roll back first */
    XS_ENGINE = 11,           /* anything else Xapian or the C++ library reports */
    XS_DENIED = 12            /* the rights of a file or directory, or a read-only file system, do not allow it */
};

#define XS_ERROR_TYPE_BYTES 40
#define XS_ERROR_MESSAGE_BYTES 472
typedef struct xs_error {
    char type[XS_ERROR_TYPE_BYTES];        /* name of the exception, NUL-terminated */
    char message[XS_ERROR_MESSAGE_BYTES];  /* UTF-8, cut on a character boundary, NUL-terminated */
} xs_error;

/* Longest term in bytes; a NUL byte inside a term counts twice. */
#define XS_MAX_TERM_BYTES 245

/* Version of the linked library, as major*1000000 + minor*1000 + revision. */
uint32_t xs_xapian_version(void) XS_NOEXCEPT;

/* ---------------------------------------------------------------- writer */

typedef struct xs_writer xs_writer;

enum {
    XS_OPEN_EXISTING = 0,
    XS_CREATE_NEW = 1,       /* fails if there is one */
    XS_CREATE_OR_OPEN = 2,
    XS_CREATE_OR_OVERWRITE = 3,
    XS_CREATE_SCRATCH = 4,      /* as 3, for what a crash of the machine may destroy: nothing is forced to disk */
    XS_OPEN_SCRATCH = 5         /* as 0, likewise */
};

/* Opens the only writer of an index. flush_threshold: changes held in memory before they are written to (uncommitted)
 * blocks, 1…1000000; 0 keeps Xapian's own. Everything happens in one transaction at a time: nothing is visible or
 * durable before xs_writer_commit. */
xs_status xs_writer_open(const char *path, size_t path_length, int32_t mode, uint32_t flush_threshold,
                         xs_writer **out, xs_error *error) XS_NOEXCEPT;

/* Tags of a packed document; each entry starts with one. */
enum {
    XS_TAG_TERM = 2,     /* length, bytes, wdf */
    XS_TAG_BOOLEAN = 3,  /* length, bytes */
    XS_TAG_VALUE = 4,    /* slot 0…254, length, bytes */
    XS_TAG_NUMBER = 5,   /* slot, 8 bytes of a double: stored so that bytes sort as numbers */
    XS_TAG_DATA = 6      /* length, bytes */
};

/* Adds a packed document, replacing every document that has the unique term (which is added as a boolean term). */
xs_status xs_writer_replace(xs_writer *writer, const char *unique_term, size_t unique_length, const uint8_t *document,
                            size_t document_length, xs_error *error) XS_NOEXCEPT;

/* As xs_writer_replace, for a unique term that no document has: nothing is looked up. */
xs_status xs_writer_add(xs_writer *writer, const char *unique_term, size_t unique_length, const uint8_t *document,
                        size_t document_length, xs_error *error) XS_NOEXCEPT;

/* Deletes the documents that have the unique term; none is no error. */
xs_status xs_writer_delete(xs_writer *writer, const char *unique_term, size_t unique_length, xs_error *error)
    XS_NOEXCEPT;

/* Stores a value under a key; an empty value removes the key. */
xs_status xs_writer_set_metadata(xs_writer *writer, const char *key, size_t key_length, const uint8_t *value,
                                 size_t value_length, xs_error *error) XS_NOEXCEPT;

/* Makes everything since the last commit durable and visible, and tells the revision reached. */
xs_status xs_writer_commit(xs_writer *writer, uint64_t *revision, xs_error *error) XS_NOEXCEPT;

/* Forgets everything since the last commit. Also the way on after XS_BATCH_LOST. */
xs_status xs_writer_rollback(xs_writer *writer, xs_error *error) XS_NOEXCEPT;

/* Documents counted by the writer, uncommitted ones included. */
xs_status xs_writer_document_count(xs_writer *writer, uint64_t *count, xs_error *error) XS_NOEXCEPT;

/* Closes; what was not committed is dropped. */
void xs_writer_close(xs_writer *writer) XS_NOEXCEPT;

/* Merges indexes into a new compacted one. paths: count entries of (length, bytes). Documents are renumbered; of
 * metadata with the same key the first index wins. If is_durable the new index is flushed to disk before the call
 * returns. */
xs_status xs_compact(const uint8_t *paths, size_t paths_length, uint32_t count, const char *destination,
                     size_t destination_length, int32_t is_durable, xs_error *error) XS_NOEXCEPT;

/* Puts the directory `fresh` in the place of `path` in one step. If there was one at `path`, it is found at `fresh`
 * afterwards. */
xs_status xs_exchange(const char *fresh, size_t fresh_length, const char *path, size_t path_length, int32_t *existed,
                      xs_error *error) XS_NOEXCEPT;

/* Checks the files of an index thoroughly; XS_CORRUPT if anything is wrong. Slow: reads every block. */
xs_status xs_check(const char *path, size_t path_length, xs_error *error) XS_NOEXCEPT;

/* ---------------------------------------------------------------- reader */

typedef struct xs_page xs_page;
typedef struct xs_reader xs_reader;

xs_status xs_reader_open(const char *path, size_t path_length, xs_reader **out, xs_error *error) XS_NOEXCEPT;

/* Moves to the last commit, also if another index was put in the place of this one; tells its revision. */
xs_status xs_reader_refresh(xs_reader *reader, uint64_t *revision, xs_error *error) XS_NOEXCEPT;

typedef struct xs_statistics {
    uint64_t documents;
    double average_length;      /* mean document length, in wdf */
    uint64_t revision;
    uint64_t last_document_id;
    uint64_t identity;          /* of the index: another one when it was built anew */
} xs_statistics;

xs_status xs_reader_statistics(xs_reader *reader, xs_statistics *out, xs_error *error) XS_NOEXCEPT;

/* For each of count terms (packed as length, bytes): documents that have it, and occurrences in the collection. */
xs_status xs_reader_frequencies(xs_reader *reader, const uint8_t *terms, size_t terms_length, uint32_t count,
                                uint64_t *document_frequency, uint64_t *collection_frequency, xs_error *error)
    XS_NOEXCEPT;

/* The data of count documents, as the data of a page without hits. */
xs_status xs_reader_data(xs_reader *reader, const uint64_t *documents, size_t count, xs_page **page, xs_error *error)
    XS_NOEXCEPT;

/* The values of count documents in a slot, likewise; no bytes for one without a value. */
xs_status xs_reader_values(xs_reader *reader, uint32_t slot, const uint64_t *documents, size_t count, xs_page **page,
                           xs_error *error) XS_NOEXCEPT;

/* How many documents have a term of both groups (terms packed as length, bytes; a group matches a document that has any
 * of its terms). At most `steps` postings are looked for, spread over the whole index; if that is not enough to see all,
 * *is_exact is 0 and *documents an estimate. */
xs_status xs_reader_cofrequency(xs_reader *reader, const uint8_t *first, size_t first_length, uint32_t first_count,
                                const uint8_t *second, size_t second_length, uint32_t second_count, uint32_t steps,
                                double *documents, int32_t *is_exact, xs_error *error) XS_NOEXCEPT;

void xs_reader_close(xs_reader *reader) XS_NOEXCEPT;

/* ---------------------------------------------------------------- search */

/* Operators of a query program in postfix order. */
enum {
    XS_OP_TERM = 1,         /* text; number = wqf ≥ 1 */
    XS_OP_ALL = 2,
    XS_OP_NOTHING = 3,
    XS_OP_AND = 4,          /* count operands */
    XS_OP_OR = 5,
    XS_OP_SYNONYM = 6,      /* scored as one term; may hold no value range */
    XS_OP_MAX = 7,          /* the best operand counts */
    XS_OP_AND_NOT = 8,      /* two operands, as the next two */
    XS_OP_AND_MAYBE = 9,
    XS_OP_FILTER = 10,
    /* count operands, which must all match and give the score; text = words joined by single spaces, number = window,
     * low = scope. The words stand in the document's word stream (xs_search.stream_slot) within `window` words of one
     * field, in this order or in any. Not inside XS_OP_SYNONYM. */
    XS_OP_PHRASE = 11,
    XS_OP_NEAR = 12,
    XS_OP_SCALE = 13,       /* one operand; low = factor */
    XS_OP_VALUE_RANGE = 14, /* number = slot; low…high, numbers; a bound that is NaN is open */
    XS_OP_PREFIX = 15,      /* text; number = most terms to expand to, the most frequent kept */
    /* As XS_OP_NEAR, with text = lines: a phrase (words joined by single spaces), a distance in decimal, a phrase, … and a
     * phrase. Each phrase stands as it is at most so many words from the next, before it or after it; number is not looked at. */
    XS_OP_CHAIN = 16,
    XS_OP_VALUE_IN = 17     /* number = slot; text = lines, none empty, of which the value is one. Not inside XS_OP_SYNONYM. */
};

/* A word stream: varint n, n × 3 bytes not looked at here, then for each field 0x0A, 0x01 if the field is marked, 0x20,
 * and each word followed by 0x20. Words hold no byte below 0x21. */
enum {
    XS_STREAM_ANYWHERE = 0,
    XS_STREAM_FIRST_FIELD = 1,
    XS_STREAM_MARKED_FIELDS = 2,
    XS_STREAM_SECOND_FIELD = 3,
    XS_STREAM_THIRD_FIELD = 4
};

typedef struct xs_node {
    int32_t op;
    uint32_t count;
    uint32_t number;
    uint32_t text_length;
    size_t text_offset;     /* into xs_search.text */
    double low;
    double high;
} xs_node;

enum {
    XS_WEIGHT_POWERED_BM25 = 0, /* idf^e · wdf / (wdf + k1·(1 − b + b·max(length/average, m))) */
    XS_WEIGHT_XAPIAN_BM25 = 1,  /* Xapian's BM25Weight(k1, 0, k3, b, m) */
    XS_WEIGHT_BOOLEAN = 2
};

typedef struct xs_weighting {
    int32_t kind;
    double k1;
    double b;
    double idf_exponent;
    double minimum_normalised_length;
    double k3;
} xs_weighting;

typedef struct xs_sort_key {
    uint32_t slot;
    uint32_t fallback_slot;       /* where to look for what has no value in slot; UINT32_MAX: nowhere */
    int32_t descending;
} xs_sort_key;

enum {
    XS_FACET_SINGLE = 0, /* the slot's bytes are one value */
    XS_FACET_LIST = 1    /* the slot holds increasing numbers, as varint differences */
};

typedef struct xs_facet {
    uint32_t slot;
    int32_t kind;
} xs_facet;

/* Flags of xs_search. */
enum {
    XS_WANT_DATA = 1,
    XS_WANT_LENGTHS = 2,           /* of the hits, in wdf */
    XS_WANT_KEYS = 4               /* what the hits are sorted by */
};

#define XS_CHECK_ALL UINT32_MAX

typedef struct xs_search {
    const xs_node *nodes;
    size_t node_count;
    const char *text;
    size_t text_length;
    uint32_t offset;
    uint32_t limit;
    uint32_t check_at_least;      /* XS_CHECK_ALL: visit every match, so that counts are exact */
    uint32_t flags;
    uint32_t stream_slot;         /* of word streams; UINT32_MAX: none, and XS_OP_PHRASE and XS_OP_NEAR are refused */
    uint32_t stream_candidates;   /* documents that each pattern is looked for in at most, the first ones; 0: all */
    xs_weighting weighting;
    const xs_sort_key *sort;      /* none: by relevance; ties by document number */
    size_t sort_count;
    uint32_t tie_slot;            /* UINT32_MAX: none; else, by relevance, matches of one score come in the order of their bytes in
                                     it, however many they are, then of their numbers */
    uint32_t ties_from;           /* those that all stand before this place stay in any order */
    const uint8_t *after_key;     /* only matches that come after the document after_document with this key */
    size_t after_key_length;
    uint64_t after_document;      /* 0: all; else there must be sort keys */
    int32_t collapses;
    uint32_t collapse_slot;
    const xs_facet *facets;
    size_t facet_count;
    const uint32_t *value_slots;
    size_t value_slot_count;
    double soft_limit_seconds;    /* > 0: from here on no match is visited that the page does not need */
    double hard_limit_seconds;    /* ≥ soft: XS_TIMED_OUT */
} xs_search;

typedef struct xs_hit {
    uint64_t document_id;
    double score;
    int32_t percent;
    uint32_t collapse_count;      /* at least so many others had the same collapse value */
    uint32_t document_length;     /* in wdf; 0 unless lengths are wanted */
} xs_hit;

typedef struct xs_facet_count {
    size_t value_offset;          /* into facet_bytes; single facets */
    uint32_t value_length;
    uint32_t number;              /* list facets */
    uint64_t count;
} xs_facet_count;

/* A byte string in a buffer. */
typedef struct xs_piece {
    size_t offset;
    size_t length;
} xs_piece;

/* What a page holds, as flat arrays that live as long as the page. Offsets arrays have one entry more than rows. */
typedef struct xs_page_view {
    const xs_hit *hits;
    size_t hit_count;
    uint64_t lower_bound, estimate, upper_bound;                 /* of the matches, after collapsing */
    uint64_t uncollapsed_lower_bound, uncollapsed_estimate, uncollapsed_upper_bound;
    uint64_t revision;
    uint64_t documents;
    double average_length;
    int32_t timed_out;
    uint32_t cut_prefixes;               /* prefixes that had more terms than allowed */
    int32_t cut_streams;                 /* whether a pattern was not looked for in all documents it may be in */

    const uint8_t *data;
    const xs_piece *data_pieces;         /* of hit i: [i] */
    const uint8_t *values;
    size_t values_length;
    const xs_piece *value_pieces;        /* of hit i, slot s: [i * slots + s] */
    const uint8_t *keys;
    const xs_piece *key_pieces;          /* of hit i: [i]; only with XS_WANT_KEYS */

    const xs_facet_count *facet_counts;  /* of facet f: facet_offsets[f] ..< facet_offsets[f + 1], by value */
    const size_t *facet_offsets;
    const uint8_t *facet_bytes;
    size_t facet_bytes_length;
    const uint64_t *facet_documents;     /* per facet: matches visited that have a value */
    const uint64_t *facet_malformed;     /* per facet: lists among them that do not decode */

    const uint8_t *lexicon;              /* of xs_reader_lexicon: term r: lexicon_offsets[r] ..< lexicon_offsets[r + 1] */
    const size_t *lexicon_offsets;
    size_t lexicon_count;
    const uint64_t *lexicon_frequency;   /* documents that have the term; NULL of keys */
} xs_page_view;

xs_status xs_reader_search(xs_reader *reader, const xs_search *search, xs_page **out, xs_error *error) XS_NOEXCEPT;

/* Terms that start with prefix and come after `after` (in byte order), at most limit (1…10000000), with their document
 * frequencies: in the lexicon of the page. */
xs_status xs_reader_lexicon(xs_reader *reader, const char *prefix, size_t prefix_length, const char *after,
                            size_t after_length, uint32_t limit, xs_page **out, xs_error *error) XS_NOEXCEPT;

/* Metadata of a key, in the data of a page without hits; empty if there is none. */
xs_status xs_reader_metadata(xs_reader *reader, const char *key, size_t key_length, xs_page **out, xs_error *error)
    XS_NOEXCEPT;

void xs_page_read(const xs_page *page, xs_page_view *out) XS_NOEXCEPT;
void xs_page_close(xs_page *page) XS_NOEXCEPT;

/* A double in the form of XS_TAG_NUMBER values: at most 9 bytes; and back. */
size_t xs_number_encode(double number, uint8_t out[9]) XS_NOEXCEPT;
double xs_number_decode(const uint8_t *bytes, size_t length) XS_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#include "CXapianShimStem.h"

#endif
