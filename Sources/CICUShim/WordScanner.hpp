// Words of the scripts that need neither dictionary nor emoji rules, by UAX #29; everything else is handed back.
#ifndef ICUS_WORD_SCANNER_HPP
#define ICUS_WORD_SCANNER_HPP

#include <cstddef>
#include <cstdint>
#include <vector>

#include "CICUShim.h"

namespace icus {

struct Stretch {
    size_t start;
    size_t end;
};

// Scans from `at` (where no word may be in progress) and appends the words found, up to the end of the text or the
// first stretch between ASCII white space that holds a character of another script. Returns that stretch, which the
// caller must segment, or an empty one at the end of the text.
Stretch scan(const uint8_t *text, size_t at, size_t length, std::vector<icus_word> &words);

// Hash of a word's bytes, the same on every machine of one byte order.
uint32_t hash(const uint8_t *bytes, size_t length) noexcept;

}  // namespace icus
#endif
