#include "BookNumbers.hpp"

#include <cstddef>

#include "WordScanner.hpp"

namespace {

constexpr size_t most_groups = 5;

bool is_digits(const uint8_t *text, const icus_word &word) noexcept {
    for (uint32_t at = word.start; at < word.end; ++at)
        if (text[at] < '0' || text[at] > '9') return false;
    return true;
}

// How many words from `first` on stand side by side with one hyphen between, six at most.
size_t groups_from(const uint8_t *text, const std::vector<icus_word> &words, size_t first) noexcept {
    size_t count = 1;
    while (count <= most_groups && first + count < words.size()) {
        const icus_word &before = words[first + count - 1];
        if (words[first + count].start != before.end + 1 || text[before.end] != '-') break;
        ++count;
    }
    return count;
}

bool is_book_number(const uint8_t *text, const icus_word *groups, size_t count) noexcept {
    if (count != 4 && count != 5) return false;
    const size_t length = count == 5 ? 13 : 10;
    uint32_t sum = 0;
    size_t at = 0;
    for (size_t group = 0; group < count; ++group) {
        const icus_word &word = groups[group];
        const bool may_be_ten = count == 4 && group == 3 && word.end - word.start == 1;
        if (!is_digits(text, word) && !(may_be_ten && (text[word.start] | 0x20) == 'x')) return false;
        for (uint32_t place = word.start; place < word.end; ++place, ++at) {
            if (at == length) return false;
            const uint32_t digit = text[place] > '9' ? 10 : text[place] - '0';
            sum += digit * (count == 5 ? (at % 2 == 0 ? 1 : 3) : static_cast<uint32_t>(10 - at));
        }
    }
    if (at != length) return false;
    if (count == 4) return sum % 11 == 0;
    const icus_word &prefix = groups[0];
    return prefix.end - prefix.start == 3 && text[prefix.start] == '9' && text[prefix.start + 1] == '7'
        && text[prefix.start + 2] >= '8' && sum % 10 == 0;
}

}  // namespace

void icus::join_book_numbers(const uint8_t *text, std::vector<icus_word> &words) {
    size_t kept = 0;
    for (size_t index = 0; index < words.size(); ++kept) {
        icus_word word = words[index];
        // Groups have up to seven digits, and the next word tells whether a hyphen may follow at all.
        const bool may_begin = word.kind == ICUS_NUMBER && word.end - word.start <= 7 && index + 3 < words.size()
            && words[index + 1].start == word.end + 1;
        const size_t count = may_begin ? groups_from(text, words, index) : 1;
        if (count > 1 && is_book_number(text, &words[index], count)) {
            word.end = words[index + count - 1].end;
            word.hash = hash(text + word.start, word.end - word.start);
            word.flags |= ICUS_HAS_JOINER;
            index += count;
        } else {
            ++index;
        }
        words[kept] = word;
    }
    words.resize(kept);
}
