#include "CICUShim.h"

#include <cstring>
#include <new>
#include <vector>

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>
#include <unicode/uversion.h>

#include "BookNumbers.hpp"
#include "WordScanner.hpp"

struct icus_segmenter {
    UBreakIterator *iterator = nullptr;
    UText text = UTEXT_INITIALIZER;
    std::vector<icus_word> words;

    ~icus_segmenter() {
        if (iterator) ubrk_close(iterator);
        utext_close(&text);
    }
};

namespace {

// What a segment is made of, 0 if it holds no letter or digit; sets the flags. ICU's own rule status is not enough: a
// word that ends in a low line and a format character has none.
uint8_t kind_of(const char *text, size_t start, size_t end, uint8_t *flags) {
    const uint8_t *bytes = reinterpret_cast<const uint8_t *>(text);
    int32_t at = static_cast<int32_t>(start);
    const int32_t limit = static_cast<int32_t>(end);
    uint8_t kind = 0;
    bool ascii = true;
    while (at < limit) {
        UChar32 c;
        U8_NEXT(bytes, at, limit, c);
        if (c < 0) continue;
        if (c > 0x7F) ascii = false;
        switch (u_getIntPropertyValue(c, UCHAR_WORD_BREAK)) {
            case U_WB_ALETTER:
            case U_WB_HEBREW_LETTER:
            case U_WB_KATAKANA:
                kind = ICUS_LETTERS;
                break;
            case U_WB_NUMERIC:
                if (kind == 0) kind = ICUS_NUMBER;
                break;
            case U_WB_MIDLETTER:
            case U_WB_MIDNUM:
            case U_WB_MIDNUMLET:
            case U_WB_SINGLE_QUOTE:
            case U_WB_EXTENDNUMLET:
                *flags |= ICUS_HAS_JOINER;
                break;
            default:
                if (u_isalpha(c)) kind = ICUS_LETTERS;
        }
        if (c == '@' || c == 0x2BC) *flags |= ICUS_HAS_JOINER;
    }
    if (ascii) *flags |= ICUS_IS_ASCII;
    return kind;
}

// Appends the words of [start, end) as ICU sees them; the stretch begins and ends where no word can go on.
icus_status words_by_icu(icus_segmenter *segmenter, const char *text, size_t start, size_t end) {
    UErrorCode status = U_ZERO_ERROR;
    if (!segmenter->iterator) {
        segmenter->iterator = ubrk_open(UBRK_WORD, "", nullptr, 0, &status);
        if (U_FAILURE(status)) return status;
    }
    utext_openUTF8(&segmenter->text, text + start, static_cast<int64_t>(end - start), &status);
    ubrk_setUText(segmenter->iterator, &segmenter->text, &status);
    if (U_FAILURE(status)) return status;
    int32_t from = ubrk_first(segmenter->iterator);
    for (int32_t to = ubrk_next(segmenter->iterator); to != UBRK_DONE; to = ubrk_next(segmenter->iterator)) {
        icus_word word = {static_cast<uint32_t>(start + from), static_cast<uint32_t>(start + to), 0, 0, 0};
        word.kind = kind_of(text, word.start, word.end, &word.flags);
        if (word.kind && ubrk_getRuleStatus(segmenter->iterator) >= UBRK_WORD_KANA) word.kind = ICUS_IDEOGRAPHS;
        if (word.kind) {
            word.hash = icus::hash(reinterpret_cast<const uint8_t *>(text) + word.start, word.end - word.start);
            segmenter->words.push_back(word);
        }
        from = to;
    }
    return ICUS_OK;
}

icus_status normalized(
    const icu::Normalizer2 *form, UErrorCode status, const char *text, size_t length, char *out, size_t capacity,
    size_t *needed) {
    if (U_FAILURE(status)) return status;
    if (length > INT32_MAX || capacity > INT32_MAX) return ICUS_TEXT_TOO_LONG;
    icu::CheckedArrayByteSink sink(out, static_cast<int32_t>(capacity));
    form->normalizeUTF8(0, icu::StringPiece(text, static_cast<int32_t>(length)), sink, nullptr, status);
    if (U_FAILURE(status)) return status;
    *needed = static_cast<size_t>(sink.NumberOfBytesAppended());
    return sink.Overflowed() ? ICUS_BUFFER_TOO_SMALL : ICUS_OK;
}

}  // namespace

extern "C" {

icus_status icus_segmenter_open(icus_segmenter **out) {
    icus_segmenter *segmenter = new (std::nothrow) icus_segmenter;
    if (!segmenter) return ICUS_NO_MEMORY;
    *out = segmenter;
    return ICUS_OK;
}

void icus_segmenter_close(icus_segmenter *segmenter) { delete segmenter; }

icus_status icus_segmenter_words(
    icus_segmenter *segmenter, const char *text, size_t length, int32_t only_icu, const icus_word **words,
    size_t *count) {
    if (length > (size_t(1) << 30)) return ICUS_TEXT_TOO_LONG;
    try {
        segmenter->words.clear();
        size_t at = 0;
        if (only_icu && length > 0) {
            const icus_status status = words_by_icu(segmenter, text, 0, length);
            if (status != ICUS_OK) return status;
            at = length;
        }
        while (at < length) {
            const icus::Stretch foreign =
                icus::scan(reinterpret_cast<const uint8_t *>(text), at, length, segmenter->words);
            if (foreign.start < foreign.end) {
                const icus_status status = words_by_icu(segmenter, text, foreign.start, foreign.end);
                if (status != ICUS_OK) return status;
            }
            at = foreign.end;
        }
        icus::join_book_numbers(reinterpret_cast<const uint8_t *>(text), segmenter->words);
    } catch (...) {
        return ICUS_NO_MEMORY;
    }
    *words = segmenter->words.data();
    *count = segmenter->words.size();
    return ICUS_OK;
}

uint32_t icus_word_hash(const char *bytes, size_t length) {
    return icus::hash(reinterpret_cast<const uint8_t *>(bytes), length);
}

icus_status icus_casefold(const char *text, size_t length, char *out, size_t capacity, size_t *needed) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2 *form = icu::Normalizer2::getNFKCCasefoldInstance(status);
    return normalized(form, status, text, length, out, capacity, needed);
}

icus_status icus_decompose(const char *text, size_t length, char *out, size_t capacity, size_t *needed) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2 *form = icu::Normalizer2::getNFKDInstance(status);
    return normalized(form, status, text, length, out, capacity, needed);
}

icus_status icus_compose(const char *text, size_t length, char *out, size_t capacity, size_t *needed) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2 *form = icu::Normalizer2::getNFKCInstance(status);
    return normalized(form, status, text, length, out, capacity, needed);
}

uint8_t icus_category(uint32_t code_point) {
    return static_cast<uint8_t>(u_charType(static_cast<UChar32>(code_point)));
}

uint8_t icus_combining_class(uint32_t code_point) {
    return u_getCombiningClass(static_cast<UChar32>(code_point));
}

int32_t icus_digit(uint32_t code_point) {
    return u_charType(static_cast<UChar32>(code_point)) == U_DECIMAL_DIGIT_NUMBER
               ? u_charDigitValue(static_cast<UChar32>(code_point))
               : -1;
}

const char *icus_script(uint32_t code_point) {
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(static_cast<UChar32>(code_point), &status);
    const char *name = U_FAILURE(status) ? nullptr : uscript_getShortName(script);
    return name ? name : "Zzzz";
}

int32_t icus_is_inert(uint32_t code_point) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2 *form = icu::Normalizer2::getNFKCCasefoldInstance(status);
    return U_SUCCESS(status) && form->hasBoundaryBefore(static_cast<UChar32>(code_point));
}

void icus_version(char *out) {
    UVersionInfo version;
    u_getVersion(version);
    u_versionToString(version, out);
}

void icus_unicode_version(char *out) {
    UVersionInfo version;
    u_getUnicodeVersion(version);
    u_versionToString(version, out);
}

const char *icus_status_name(icus_status status) {
    switch (status) {
        case ICUS_NO_MEMORY: return "out of memory";
        case ICUS_BUFFER_TOO_SMALL: return "buffer too small";
        case ICUS_TEXT_TOO_LONG: return "text too long";
        default: return u_errorName(static_cast<UErrorCode>(status));
    }
}

}  // extern "C"
