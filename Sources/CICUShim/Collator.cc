#include "CICUShim.h"

#include <new>
#include <vector>

#include <unicode/ucol.h>
#include <unicode/ustring.h>

struct icus_collator {
    UCollator *collation = nullptr;
    std::vector<UChar> units;

    ~icus_collator() {
        if (collation) ucol_close(collation);
    }
};

extern "C" {

icus_status icus_collator_open(const char *language, icus_collator **out) {
    icus_collator *collator = new (std::nothrow) icus_collator;
    if (!collator) return ICUS_NO_MEMORY;
    UErrorCode status = U_ZERO_ERROR;
    collator->collation = ucol_open(language, &status);
    ucol_setAttribute(collator->collation, UCOL_STRENGTH, UCOL_TERTIARY, &status);
    ucol_setAttribute(collator->collation, UCOL_ALTERNATE_HANDLING, UCOL_SHIFTED, &status);
    ucol_setAttribute(collator->collation, UCOL_NUMERIC_COLLATION, UCOL_ON, &status);
    if (U_FAILURE(status)) {
        delete collator;
        return status;
    }
    *out = collator;
    return ICUS_OK;
}

void icus_collator_close(icus_collator *collator) { delete collator; }

icus_status icus_collator_key(
    icus_collator *collator, const char *text, size_t length, uint8_t *out, size_t capacity, size_t *needed) {
    if (length > (size_t(1) << 28) || capacity > INT32_MAX) return ICUS_TEXT_TOO_LONG;
    int32_t count = 0;
    try {
        // No text has more UTF-16 units than bytes in UTF-8.
        if (collator->units.size() < length + 1) collator->units.resize(length + 1);
    } catch (...) {
        return ICUS_NO_MEMORY;
    }
    UErrorCode status = U_ZERO_ERROR;
    u_strFromUTF8WithSub(
        collator->units.data(), static_cast<int32_t>(collator->units.size()), &count, text,
        static_cast<int32_t>(length), 0xFFFD, nullptr, &status);
    if (U_FAILURE(status)) return status;
    const int32_t size = ucol_getSortKey(
        collator->collation, collator->units.data(), count, out, static_cast<int32_t>(capacity));
    if (size <= 0) return U_INTERNAL_PROGRAM_ERROR;
    // ICU ends a key with a zero byte that says nothing.
    *needed = static_cast<size_t>(size) - 1;
    return static_cast<size_t>(size) > capacity ? ICUS_BUFFER_TOO_SMALL : ICUS_OK;
}

}  // extern "C"
