// GramFilter.hpp: which terms of a document a second ranking step needs.
#ifndef CXAPIANSHIM_GRAMFILTER_HPP
#define CXAPIANSHIM_GRAMFILTER_HPP

#include <bitset>
#include <cstdint>
#include <string>
#include <unordered_set>

#include "CXapianShim.h"

namespace shim {

/// Which terms hold one of the wanted grams; without grams every term does.
class GramFilter {
public:
    explicit GramFilter(const xs_search &search) : wanted_(search.term_grams, search.term_grams + search.term_gram_count) {
        for (const uint64_t gram : wanted_) digests_.set(digest(gram));
    }

    bool lets_through(const std::string &term) const {
        if (wanted_.empty()) return true;
        uint64_t gram = '_';
        uint32_t scalar = 0;
        int held = 1, missing = 0;
        const auto ends_a_gram = [&](uint32_t next) {
            gram = gram << 16 | (next & 0xFFFF);
            return ++held >= 4 && digests_.test(digest(gram)) && wanted_.count(gram) != 0;
        };
        for (const char character : term) {
            const auto byte = uint8_t(character);
            if (byte >= 0xC0) {
                missing = byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
                scalar = byte & (0x3Fu >> missing);
                continue;
            }
            if (byte >= 0x80) {
                scalar = scalar << 6 | (byte & 0x3Fu);
                if (--missing != 0) continue;
            } else {
                scalar = byte;
            }
            if (ends_a_gram(scalar)) return true;
        }
        return ends_a_gram('_');
    }

private:
    static size_t digest(uint64_t gram) { return size_t((gram * 0x9E3779B97F4A7C15ull) >> 48); }

    std::unordered_set<uint64_t> wanted_;
    std::bitset<65536> digests_;  // turns most grams away early
};

}  // namespace shim

#endif
