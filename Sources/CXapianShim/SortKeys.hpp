// SortKeys.hpp: what hits are sorted by, as one byte string per document.
#ifndef CXAPIANSHIM_SORTKEYS_HPP
#define CXAPIANSHIM_SORTKEYS_HPP

#include <xapian.h>

#include <string>
#include <vector>

#include "ValueColumns.hpp"

namespace shim {

/// Values of slots one after the other, so that keys compare as bytes; a document without a value comes last in either
/// direction.
///
/// As Xapian::MultiValueKeyMaker writes them, with a second slot to look in. A zero byte is followed by FF and a value ends
/// with two zeros, so that no value runs into the next; of a descending slot every byte is turned round.
class SortKeys final : public Xapian::KeyMaker {
  public:
    /// - Parameter column: that of the slot; its values need no reading once it is made.
    void add(Xapian::valueno slot, ValueColumn &column, Xapian::valueno fallback, bool descending) {
        slots_.push_back({slot, &column, fallback, descending});
    }

    std::string operator()(const Xapian::Document &document) const override {
        std::string key;
        for (const Slot &slot : slots_) {
            std::string value = slot.value(document);
            if (value.empty() && slot.fallback != Xapian::BAD_VALUENO) value = document.get_value(slot.fallback);
            // A first byte for whether there is a value, in the same order in either direction.
            key.push_back(value.empty() ? '\xff' : '\x01');
            if (value.empty()) continue;
            const char turn = slot.descending ? '\xff' : '\0';
            for (const char byte : value) {
                key.push_back(char(byte ^ turn));
                if (byte == 0) key.push_back(char('\xff' ^ turn));
            }
            key.push_back(turn);
            key.push_back(turn);
        }
        return key;
    }

  private:
    struct Slot {
        Xapian::valueno slot;
        ValueColumn *column;
        Xapian::valueno fallback;
        bool descending;

        std::string value(const Xapian::Document &document) const {
            if (column->is_made()) return column->texts[column->row(document.get_docid())];
            ++column->looked_up;
            return document.get_value(slot);
        }
    };
    std::vector<Slot> slots_;
};

}  // namespace shim

#endif
