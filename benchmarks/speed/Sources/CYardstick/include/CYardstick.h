// CYardstick.h: plain Xapian as its manual teaches it, behind a C face: the one source of the yardstick.
//
// Rules: every function that can fail returns 0 for success and else writes a sentence to `error` (of YD_ERROR_BYTES).
// A handle is used by one thread at a time. Texts are UTF-8 that ends with a zero byte.
#ifndef C_YARDSTICK_H
#define C_YARDSTICK_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#define YD_NOEXCEPT noexcept
extern "C" {
#else
#define YD_NOEXCEPT
#endif

#define YD_ERROR_BYTES 400

// What a run of indexing did and took: the process's own figures, not those of its parents.
typedef struct yd_index_report {
    uint64_t documents;
    uint64_t input_bytes;
    double seconds;
    double cpu_seconds;
    uint64_t index_bytes;
    uint64_t peak_kilobytes;
} yd_index_report;

// Indexes a file of records, one JSON object a line, into a new database: TermGenerator, Snowball stems beside the
// surfaces (STEM_SOME), positions, boolean terms, value slots, the line as data; default flush; one thread.
// repeat: the file so many times over, with the ids of each round made different.
int yd_index(const char *records, const char *database, int compacts, int repeat, yd_index_report *report, char *error) YD_NOEXCEPT;

typedef struct yd_database yd_database;

int yd_open(const char *path, yd_database **database, char *error) YD_NOEXCEPT;
void yd_close(yd_database *database) YD_NOEXCEPT;
uint32_t yd_document_count(const yd_database *database) YD_NOEXCEPT;

enum {
    YD_FACETS = 1,     // count type, language, concept, country and year over all matches
    YD_HIGHLIGHTS = 2  // MSet::snippet of title and abstract of each hit
};

typedef struct yd_question {
    const char *language;  // en, fr, es or ar: the stemmer
    const char *text;      // as typed, for QueryParser
    uint32_t flags;
    uint32_t top;    // hits whose data is fetched
    uint32_t check;  // look at so many matches at least; UINT32_MAX: all (always so with facets)
} yd_question;

typedef struct yd_answer {
    uint32_t hits;
    uint32_t matches;  // Xapian's estimate
    uint64_t data_bytes;
    uint64_t snippet_bytes;
    uint32_t facet_values;
} yd_answer;

int yd_query(yd_database *database, const yd_question *question, yd_answer *answer, char *error) YD_NOEXCEPT;

// TermGenerator on texts: the same chain as yd_index, thrown away after each text.
typedef struct yd_analysis yd_analysis;

int yd_analysis_open(const char *language, yd_analysis **analysis, char *error) YD_NOEXCEPT;
// terms: distinct terms of the text, surfaces and stems.
int yd_analysis_run(yd_analysis *analysis, const char *text, size_t bytes, uint64_t *terms, char *error) YD_NOEXCEPT;
void yd_analysis_close(yd_analysis *analysis) YD_NOEXCEPT;

const char *yd_xapian_version(void) YD_NOEXCEPT;
double yd_cpu_seconds(void) YD_NOEXCEPT;
uint64_t yd_peak_kilobytes(void) YD_NOEXCEPT;

#ifdef __cplusplus
}
#endif
#endif
