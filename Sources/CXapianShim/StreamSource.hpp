// StreamSource.hpp: documents whose word stream holds a pattern, as a filter of candidates.
#ifndef CXAPIANSHIM_STREAMSOURCE_HPP
#define CXAPIANSHIM_STREAMSOURCE_HPP

#include <xapian.h>

#include <cstdint>
#include <memory>

#include "FilterSource.hpp"
#include "StreamPattern.hpp"
#include "ValueReader.hpp"

namespace shim {

/// Documents whose value in a slot, a word stream, holds a pattern: one value is read per candidate.
class StreamSource final : public FilterSource {
  public:
    /// How many candidates are looked at.
    struct Candidates {
        /// 0: all.
        uint32_t most;
        /// Becomes true when there are more.
        std::shared_ptr<bool> are_cut;
    };

    StreamSource(const StreamPattern &pattern, Xapian::valueno slot, const Candidates &candidates, Deadline &deadline)
        : FilterSource(deadline), pattern_(pattern), slot_(slot), candidates_(candidates) {}

    PostingSource *clone() const override { return new StreamSource(pattern_, slot_, candidates_, deadline()); }

  private:
    void begin(const Xapian::Database &database) override {
        values_ = ValueReader(database, slot_);
        seen_ = 0;
    }
    bool matches(Xapian::docid document) override {
        if (candidates_.most != 0 && seen_++ == candidates_.most) {
            *candidates_.are_cut = true;
            stop();
            return false;
        }
        return values_.find(document) && pattern_.occurs_in(values_.value());
    }

    StreamPattern pattern_;
    Xapian::valueno slot_;
    Candidates candidates_;
    uint32_t seen_ = 0;
    ValueReader values_;
};

}  // namespace shim

#endif
