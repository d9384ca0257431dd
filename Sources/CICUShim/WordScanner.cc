#include "WordScanner.hpp"

#include <cstring>

#include <unicode/uchar.h>
#include <unicode/ubrk.h>
#include <unicode/utf8.h>

namespace icus {
namespace {

// Word_Break classes the scanner knows. Order matters: letter ≤ c ≤ low_line can begin a word; mid_* cannot.
enum Class : uint8_t {
    other,
    space,     // ASCII white space: no word crosses it
    foreign,   // asks for a dictionary or for rules the scanner lacks
    extend,    // Extend and Format: belong to what precedes (WB4)
    letter,
    numeric,
    low_line,  // ExtendNumLet
    mid_letter,
    mid_number,
    mid_both,  // MidNumLet and Single_Quote (WB7a is about Hebrew, which is foreign here)
};

// What the quick loop makes of a character below U+0800: it takes runs of letters, digits and marks.
enum Quick : uint8_t {
    slow,   // the rules below decide
    gap,    // ASCII that neither joins nor begins words, white space apart
    blank,  // ASCII white space
    quick_letter,
    quick_digit,
    quick_mark,
};

constexpr uint32_t table_end = 0x3000;
constexpr uint32_t quick_end = 0x800;

struct Table {
    uint8_t classes[table_end];
    uint8_t quick[quick_end];

    Table() noexcept {
        for (uint32_t c = 0; c < table_end; ++c) classes[c] = class_of(static_cast<UChar32>(c));
        for (uint32_t c = 0; c < quick_end; ++c) quick[c] = quick_of(c, classes[c]);
    }

    static uint8_t class_of(UChar32 c) noexcept {
        if (c == ' ' || (c >= 9 && c <= 13)) return space;
        if (c == '@') return letter;  // ICU's root rules make it one; no word is of at signs alone
        if (c >= 0x2E80) return foreign;
        switch (u_getIntPropertyValue(c, UCHAR_LINE_BREAK)) {
            case U_LB_COMPLEX_CONTEXT: return foreign;
            default: break;
        }
        switch (u_getIntPropertyValue(c, UCHAR_WORD_BREAK)) {
            case U_WB_ALETTER: return letter;
            case U_WB_NUMERIC: return numeric;
            case U_WB_EXTENDNUMLET: return low_line;
            case U_WB_EXTEND:
            case U_WB_FORMAT: return extend;
            // ICU's root rules take the colon out of MidLetter.
            case U_WB_MIDLETTER: return c == ':' ? other : mid_letter;
            case U_WB_MIDNUM: return mid_number;
            case U_WB_MIDNUMLET:
            case U_WB_SINGLE_QUOTE: return mid_both;
            case U_WB_OTHER:
            case U_WB_NEWLINE:
            case U_WB_DOUBLE_QUOTE:
            case U_WB_WSEGSPACE: return other;
            default: return foreign;  // Hebrew, Katakana, ZWJ, regional indicators
        }
    }

    static uint8_t quick_of(uint32_t c, uint8_t kind) noexcept {
        if (c == '@' || c == 0x2BC) return slow;  // they flag their word
        switch (kind) {
            case letter: return quick_letter;
            case numeric: return quick_digit;
            case space: return blank;
            case extend: return c < 0x80 ? slow : quick_mark;
            // Outside a word a joint joins nothing; after one the slow rules see it first.
            case other: return c < 0x80 ? gap : slow;
            default: return slow;
        }
    }
};

const Table &table() noexcept {
    static const Table shared;  // immutable once built; the language guarantees one builder
    return shared;
}

inline uint64_t load64(const uint8_t *bytes) noexcept {
    uint64_t value;
    std::memcpy(&value, bytes, 8);
    return value;
}

inline uint32_t load32(const uint8_t *bytes) noexcept {
    uint32_t value;
    std::memcpy(&value, bytes, 4);
    return value;
}

inline void push(std::vector<icus_word> &words, const uint8_t *text, icus_word &word) {
    word.hash = hash(text + word.start, word.end - word.start);
    words.push_back(word);
}

}  // namespace

uint32_t hash(const uint8_t *bytes, size_t length) noexcept {
    constexpr uint64_t factor = 0x9E3779B97F4A7C15;
    uint64_t state = length * factor;
    size_t left = length;
    while (left > 8) {
        state = (state ^ load64(bytes)) * factor;
        state ^= state >> 32;
        bytes += 8;
        left -= 8;
    }
    uint64_t tail = 0;
    if (left >= 4) {
        tail = load32(bytes) | static_cast<uint64_t>(load32(bytes + left - 4)) << 32;
    } else if (left > 0) {
        tail = bytes[0] | static_cast<uint64_t>(bytes[left / 2]) << 8 | static_cast<uint64_t>(bytes[left - 1]) << 16;
    }
    state = (state ^ tail) * factor;
    return static_cast<uint32_t>(state ^ state >> 32);
}

Stretch scan(const uint8_t *text, size_t at, size_t length, std::vector<icus_word> &words) {
    const uint8_t *classes = table().classes;
    const uint8_t *quick = table().quick;
    size_t stretch_start = at;         // after the last white space
    size_t stretch_words = words.size();
    bool in_word = false;
    icus_word word = {0, 0, 0, 0, 0};
    uint8_t previous = other;          // class of the last character that counts
    uint8_t pending = other;           // a mid_* class that joins only if the next character agrees
    uint8_t pending_flags = 0;

    while (at < length) {
        if (!in_word) {
            // Most words are a run of letters, digits and marks between gaps: no rule but WB5 and WB8 to 10 is asked.
            uint8_t seen = slow;
            while (at < length && text[at] < 0x80 && ((seen = quick[text[at]]) == gap || seen == blank)) {
                ++at;
                if (seen == blank) {
                    stretch_start = at;
                    stretch_words = words.size();
                }
            }
            const size_t begin = at;
            uint8_t last = slow;
            uint8_t kind = 0;
            bool ascii = true;
            while (at < length) {
                const uint8_t first = text[at];
                size_t width = 1;
                if (first < 0x80) {
                    seen = quick[first];
                } else if (first >= 0xC2 && first < 0xE0 && at + 1 < length && (text[at + 1] & 0xC0) == 0x80) {
                    seen = quick[(first & 0x1F) << 6 | (text[at + 1] & 0x3F)];
                    width = 2;
                } else {
                    break;
                }
                if (seen < quick_letter || (seen == quick_mark && last == slow)) break;
                if (width == 2) ascii = false;
                if (seen == quick_letter) {
                    last = letter;
                    kind = ICUS_LETTERS;
                } else if (seen == quick_digit) {
                    last = numeric;
                    if (kind == 0) kind = ICUS_NUMBER;
                }
                at += width;
            }
            if (last != slow) {
                word = {static_cast<uint32_t>(begin), static_cast<uint32_t>(at), 0, kind,
                        ascii ? ICUS_IS_ASCII : static_cast<uint8_t>(0)};
                if (at == length || (text[at] < 0x80 && (quick[text[at]] == gap || quick[text[at]] == blank))) {
                    push(words, text, word);
                    continue;
                }
                in_word = true;
                previous = last;
                pending = other;
            }
            if (at >= length) break;
        }

        const size_t begin = at;
        uint32_t c = text[at];
        uint8_t kind;
        if (c < 0x80) {
            ++at;
            kind = classes[c];
        } else {
            if (c >= 0xC2 && c < 0xE0 && at + 1 < length && (text[at + 1] & 0xC0) == 0x80) {
                c = ((c & 0x1F) << 6) | (text[at + 1] & 0x3F);
                at += 2;
            } else if (c >= 0xE0 && c < 0xF0 && at + 2 < length && (text[at + 1] & 0xC0) == 0x80 &&
                       (text[at + 2] & 0xC0) == 0x80) {
                c = ((c & 0x0F) << 12) | ((text[at + 1] & 0x3Fu) << 6) | (text[at + 2] & 0x3F);
                at += 3;
                if (c < 0x800) c = table_end;
            } else {
                c = table_end;  // four bytes, or ill-formed
                ++at;
            }
            kind = c < table_end ? classes[c] : static_cast<uint8_t>(foreign);
        }

        if (kind == letter || kind == numeric || kind == low_line) {
            bool joins = false;
            if (in_word) {
                if (pending == other) {
                    joins = true;  // WB5, 8, 9, 10, 13a, 13b
                } else if (kind == letter) {
                    joins = previous == letter && pending != mid_number;  // WB6, 7
                } else if (kind == numeric) {
                    joins = previous == numeric && pending != mid_letter;  // WB11, 12
                }
            }
            if (!joins) {
                if (in_word && word.kind) push(words, text, word);
                word = {static_cast<uint32_t>(begin), 0, 0, 0, ICUS_IS_ASCII};
                in_word = true;
            } else if (pending != other) {
                word.flags = static_cast<uint8_t>((word.flags | ICUS_HAS_JOINER) & pending_flags);
            }
            if (c >= 0x80) {
                word.flags &= static_cast<uint8_t>(~ICUS_IS_ASCII);
                if (c == 0x2BC) word.flags |= ICUS_HAS_JOINER;
            }
            if (c == '@') word.flags |= ICUS_HAS_JOINER;
            else if (kind == letter) word.kind = ICUS_LETTERS;
            else if (kind == numeric && word.kind == 0) word.kind = ICUS_NUMBER;
            else if (kind == low_line) word.flags |= ICUS_HAS_JOINER;
            word.end = static_cast<uint32_t>(at);
            previous = kind;
            pending = other;
        } else if (kind == extend) {
            if (in_word) {
                if (pending == other) {
                    word.end = static_cast<uint32_t>(at);
                    word.flags &= static_cast<uint8_t>(~ICUS_IS_ASCII);
                } else {
                    pending_flags &= static_cast<uint8_t>(~ICUS_IS_ASCII);
                }
            }
        } else if (kind >= mid_letter && in_word && pending == other && previous != low_line) {
            pending = kind;
            pending_flags = c < 0x80 ? 0xFF : static_cast<uint8_t>(~ICUS_IS_ASCII);
        } else {
            if (in_word && word.kind) push(words, text, word);
            in_word = false;
            pending = other;
            if (kind == space) {
                stretch_start = at;
                stretch_words = words.size();
            } else if (kind == foreign) {
                words.resize(stretch_words);
                while (at < length && !(text[at] == ' ' || (text[at] >= 9 && text[at] <= 13))) ++at;
                return {stretch_start, at};
            }
        }
    }
    if (in_word && word.kind) push(words, text, word);
    return {length, length};
}

}  // namespace icus
