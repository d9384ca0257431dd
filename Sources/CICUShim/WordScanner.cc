#include "WordScanner.hpp"

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

constexpr uint32_t table_end = 0x3000;

struct Table {
    uint8_t classes[table_end];

    Table() noexcept {
        for (uint32_t c = 0; c < table_end; ++c) classes[c] = class_of(static_cast<UChar32>(c));
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
};

const Table &table() noexcept {
    static const Table shared;  // immutable once built; the language guarantees one builder
    return shared;
}

}  // namespace

Stretch scan(const uint8_t *text, size_t at, size_t length, std::vector<icus_word> &words) {
    const uint8_t *classes = table().classes;
    size_t stretch_start = at;         // after the last white space
    size_t stretch_words = words.size();
    bool in_word = false;
    icus_word word = {0, 0, 0, 0};
    uint8_t previous = other;          // class of the last character that counts
    uint8_t pending = other;           // a mid_* class that joins only if the next character agrees
    uint8_t pending_flags = 0;

    while (at < length) {
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
                if (in_word && word.kind) words.push_back(word);
                word = {static_cast<uint32_t>(begin), 0, 0, ICUS_IS_ASCII};
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
            if (in_word && word.kind) words.push_back(word);
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
    if (in_word && word.kind) words.push_back(word);
    return {length, length};
}

}  // namespace icus
