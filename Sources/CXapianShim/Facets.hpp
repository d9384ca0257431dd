// Facets.hpp: how many matches have each value of a slot.
#ifndef CXAPIANSHIM_FACETS_HPP
#define CXAPIANSHIM_FACETS_HPP

#include <xapian.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "Page.hpp"
#include "ValueColumns.hpp"

namespace shim {

/// The numbers of a list value. Stops at the first byte that makes no sense.
template <typename Each>
bool decode_list(const std::string &bytes, Each &&each) {
    uint64_t last = 0, part = 0;
    unsigned shift = 0;
    bool first = true;
    for (const unsigned char byte : bytes) {
        part |= uint64_t(byte & 0x7f) << shift;
        if (byte & 0x80) {
            shift += 7;
            if (shift > 28) return false;
            continue;
        }
        if (!first && part == 0) return false;
        last += part;
        if (last > UINT32_MAX) return false;
        each(uint32_t(last));
        first = false;
        part = 0;
        shift = 0;
    }
    return shift == 0;
}

/// Counts of one facet.
struct FacetCounts {
    xs_facet request;
    std::unordered_map<std::string, uint64_t> texts;
    std::vector<uint64_t> small;  // numbers below 65536, by number
    std::unordered_map<uint32_t, uint64_t> large;
    uint64_t documents = 0;
    uint64_t malformed = 0;
    shim::ValueColumn *column = nullptr;
    std::vector<uint64_t> by_row;  // matches by row of the column, if it is made

    void count(const Xapian::Document &document) {
        if (!by_row.empty()) {
            ++by_row[column->row(document.get_docid())];
            return;
        }
        ++column->looked_up;
        add(document.get_value(request.slot), 1);
    }

    /// Counts a value that some documents have.
    void add(const std::string &value, uint64_t count) {
        if (value.empty()) return;
        documents += count;
        if (request.kind == XS_FACET_SINGLE) {
            texts[value] += count;
            return;
        }
        const bool whole = decode_list(value, [&](uint32_t number) {
            if (number >= 65536) {
                large[number] += count;
                return;
            }
            if (number >= small.size()) small.resize(std::max<size_t>(number + 1, std::min<size_t>(65536, small.size() * 2)));
            small[number] += count;
        });
        if (!whole) malformed += count;
    }

    /// By value, so that equal inputs give equal pages.
    void write(xs_page &page) {
        for (size_t row = 0; row < by_row.size(); ++row) {
            if (by_row[row] != 0) add(column->texts[row], by_row[row]);
        }
        if (request.kind == XS_FACET_SINGLE) {
            for (const auto &[value, count] : std::map<std::string, uint64_t>(texts.begin(), texts.end())) {
                xs_facet_count entry{};
                entry.value_offset = page.facet_bytes.size();
                entry.value_length = uint32_t(value.size());
                entry.count = count;
                page.facet_bytes.insert(page.facet_bytes.end(), value.begin(), value.end());
                page.facet_counts.push_back(entry);
            }
        } else {
            const auto add = [&](uint32_t number, uint64_t count) {
                xs_facet_count entry{};
                entry.number = number;
                entry.count = count;
                page.facet_counts.push_back(entry);
            };
            for (size_t number = 0; number < small.size(); ++number) {
                if (small[number] != 0) add(uint32_t(number), small[number]);
            }
            for (const auto &[number, count] : std::map<uint32_t, uint64_t>(large.begin(), large.end())) {
                add(number, count);
            }
        }
        page.facet_offsets.push_back(page.facet_counts.size());
        page.facet_documents.push_back(documents);
        page.facet_malformed.push_back(malformed);
    }
};

}  // namespace shim

#endif
