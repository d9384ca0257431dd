// International standard book numbers written with hyphens, which UAX #29 parts at every one of them.
#ifndef ICUS_BOOK_NUMBERS_HPP
#define ICUS_BOOK_NUMBERS_HPP

#include <cstdint>
#include <vector>

#include "CICUShim.h"

namespace icus {

// Makes one word of the words of each ISBN: five groups of digits beginning with 978 or 979, or four of which the last
// may be X, joined by single hyphens (U+002D), thirteen or ten characters in all, with the right check digit. Dates and
// telephone numbers have other groups, or fail the check ten times in eleven. O(words).
void join_book_numbers(const uint8_t *text, std::vector<icus_word> &words);

}  // namespace icus
#endif
