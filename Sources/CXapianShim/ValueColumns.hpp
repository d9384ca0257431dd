// ValueColumns.hpp: small values of all documents of a snapshot, in memory once they are worth it.
#ifndef CXAPIANSHIM_VALUECOLUMNS_HPP
#define CXAPIANSHIM_VALUECOLUMNS_HPP

#include <xapian.h>

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace shim {

/// The values of one slot: each different one once, and for each document which one it has.
struct ValueColumn {
    /// Rows of `texts` by document number; empty unless the column was made.
    std::vector<uint16_t> rows;
    /// The first one is that of documents without a value: no bytes.
    std::vector<std::string> texts{std::string()};
    /// How many documents have each of `texts`; of the first one nothing is said.
    std::vector<Xapian::doccount> documents{0};
    uint64_t looked_up = 0;
    /// The values are too many or too long.
    bool is_refused = false;

    bool is_made() const { return !rows.empty(); }
    size_t row(Xapian::docid document) const { return document < rows.size() ? rows[document] : 0; }
};

/// As with DocumentLengths, values are looked up one by one (two blocks read, some 3 µs each) until that has cost about as much
/// as reading the slot once from front to back (some 30 ns each). A column takes two bytes a document, for as long as the
/// snapshot lives.
class ValueColumns {
  public:
    /// Forgets everything: the snapshot is another one.
    void clear() { columns_.clear(); }

    /// The column of a slot, made if it is due. It stays where it is until clear().
    ValueColumn &of(Xapian::valueno slot, const Xapian::Database &database) {
        ValueColumn &column = columns_[slot];
        if (!column.is_made() && !column.is_refused && column.looked_up > database.get_doccount() / looked_up_share) {
            make(column, slot, database);
        }
        return column;
    }

    /// The same, made now unless it is refused: for values that every document is asked for.
    ValueColumn &whole(Xapian::valueno slot, const Xapian::Database &database) {
        ValueColumn &column = columns_[slot];
        if (!column.is_made() && !column.is_refused) make(column, slot, database);
        return column;
    }

  private:
    static constexpr size_t longest = 256;
    static constexpr Xapian::doccount looked_up_share = 100;

    static void make(ValueColumn &column, Xapian::valueno slot, const Xapian::Database &database) {
        std::vector<uint16_t> rows(size_t(database.get_lastdocid()) + 1);
        std::vector<std::string> texts{std::string()};
        std::vector<Xapian::doccount> documents{0};
        std::unordered_map<std::string, uint16_t> known;
        uint16_t last = 0;
        const auto end = database.valuestream_end(slot);
        for (auto value = database.valuestream_begin(slot); value != end; ++value) {
            std::string text = *value;
            // Neighbours often have the same one.
            if (text != texts[last]) {
                const auto found = known.find(text);
                if (found != known.end()) {
                    last = found->second;
                } else if (text.size() > longest || texts.size() > UINT16_MAX) {
                    column.is_refused = true;
                    return;
                } else {
                    last = uint16_t(texts.size());
                    texts.push_back(text);
                    documents.push_back(0);
                    known.emplace(std::move(text), last);
                }
            }
            rows[value.get_docid()] = last;
            ++documents[last];
        }
        column.rows = std::move(rows);
        column.texts = std::move(texts);
        column.documents = std::move(documents);
    }

    std::map<Xapian::valueno, ValueColumn> columns_;
};

}  // namespace shim

#endif
