// Page.hpp: the one owner of what a reading call returns.
#ifndef CXAPIANSHIM_PAGE_HPP
#define CXAPIANSHIM_PAGE_HPP

#include <cstdint>
#include <string>
#include <vector>

#include "CXapianShim.h"

namespace shim {

/// Byte strings one after the other; row i is offsets[i] ..< offsets[i + 1].
struct Rows {
    std::vector<uint8_t> bytes;
    std::vector<size_t> offsets{0};

    void add(const std::string &row) {
        bytes.insert(bytes.end(), row.begin(), row.end());
        offsets.push_back(bytes.size());
    }
};

/// Byte strings in rows that may be filled in any order.
struct Pieces {
    std::vector<uint8_t> bytes;
    std::vector<xs_piece> pieces;

    void set(size_t row, const std::string &piece) {
        pieces[row] = {bytes.size(), piece.size()};
        bytes.insert(bytes.end(), piece.begin(), piece.end());
    }
};

}  // namespace shim

struct xs_page {
    xs_page_view view{};
    std::vector<xs_hit> hits;
    shim::Pieces data;
    shim::Pieces values;
    shim::Pieces keys;
    std::vector<xs_facet_count> facet_counts;
    std::vector<size_t> facet_offsets{0};
    std::vector<uint8_t> facet_bytes;
    std::vector<uint64_t> facet_documents;
    std::vector<uint64_t> facet_malformed;
    shim::Rows lexicon;
    std::vector<uint64_t> lexicon_frequency;

    /// Points the view at the arrays, which may not change any more.
    void seal(bool has_lexicon_frequency) {
        view.hits = hits.data();
        view.hit_count = hits.size();
        view.data = data.bytes.data();
        view.data_pieces = data.pieces.data();
        view.values = values.bytes.data();
        view.values_length = values.bytes.size();
        view.value_pieces = values.pieces.data();
        view.keys = keys.bytes.data();
        view.key_pieces = keys.pieces.data();
        view.facet_counts = facet_counts.data();
        view.facet_offsets = facet_offsets.data();
        view.facet_bytes = facet_bytes.data();
        view.facet_bytes_length = facet_bytes.size();
        view.facet_documents = facet_documents.data();
        view.facet_malformed = facet_malformed.data();
        view.lexicon = lexicon.bytes.data();
        view.lexicon_offsets = lexicon.offsets.data();
        view.lexicon_count = lexicon.offsets.size() - 1;
        view.lexicon_frequency = has_lexicon_frequency ? lexicon_frequency.data() : nullptr;
    }
};

#endif
