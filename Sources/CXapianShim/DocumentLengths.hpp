// DocumentLengths.hpp: lengths of all documents of a snapshot, in memory once they are worth it.
#ifndef CXAPIANSHIM_DOCUMENTLENGTHS_HPP
#define CXAPIANSHIM_DOCUMENTLENGTHS_HPP

#include <xapian.h>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace shim {

/// Lengths by document number.
///
/// Xapian finds one length in some 0.3 µs, in a large index in more than one, since it reads a block for every other one: most of
/// a query's time; it tells all in a row in some 15 ns each. So lengths
/// are looked up one by one until that has cost about as much as a table of all, and then the table is made: two bytes
/// a document, for as long as the snapshot lives. Documents too long for that are still looked up.
class DocumentLengths {
  public:
    /// Forgets everything: the snapshot is another one.
    void clear() {
        table_.clear();
        table_.shrink_to_fit();
        looked_up_ = 0;
    }

    /// Makes the table if it is due; called between searches.
    void prepare(const Xapian::Database &database) {
        if (!table_.empty() || looked_up_ <= database.get_doccount() / 64) return;
        std::vector<uint16_t> table(size_t(database.get_lastdocid()) + 1);
        const auto end = database.postlist_end(std::string());
        for (auto document = database.postlist_begin(std::string()); document != end; ++document) {
            table[*document] = uint16_t(std::min<Xapian::termcount>(document.get_doclength(), too_long));
        }
        table_ = std::move(table);
    }

    /// Lengths of documents in a stretch of numbers will be asked for soon.
    void expect(Xapian::docid begin, Xapian::docid end) const {
        constexpr size_t per_line = 64 / sizeof(uint16_t);
        const size_t known = std::min<size_t>(end, table_.size());
        for (size_t document = begin; document < known; document += per_line) __builtin_prefetch(&table_[document]);
    }

    /// The length of a document that exists.
    Xapian::termcount of(Xapian::docid document, const Xapian::Database &database) {
        if (document < table_.size() && table_[document] != too_long) return table_[document];
        ++looked_up_;
        return database.get_doclength(document);
    }

  private:
    static constexpr uint16_t too_long = UINT16_MAX;
    std::vector<uint16_t> table_;
    uint64_t looked_up_ = 0;
};

}  // namespace shim

#endif
