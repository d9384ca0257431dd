// StreamSource.hpp: documents whose word stream holds a pattern, as a filter of candidates.
#ifndef CXAPIANSHIM_STREAMSOURCE_HPP
#define CXAPIANSHIM_STREAMSOURCE_HPP

#include <xapian.h>

#include "FilterSource.hpp"
#include "StreamPattern.hpp"
#include "ValueReader.hpp"

namespace shim {

/// Documents whose value in a slot, a word stream, holds a pattern: one value is read per candidate.
class StreamSource final : public FilterSource {
  public:
    StreamSource(const StreamPattern &pattern, Xapian::valueno slot, Deadline &deadline)
        : FilterSource(deadline), pattern_(pattern), slot_(slot) {}

    PostingSource *clone() const override { return new StreamSource(pattern_, slot_, deadline()); }

  private:
    void begin(const Xapian::Database &database) override { values_ = ValueReader(database, slot_); }
    bool matches(Xapian::docid document) override {
        return values_.find(document) && pattern_.occurs_in(values_.value());
    }

    StreamPattern pattern_;
    Xapian::valueno slot_;
    ValueReader values_;
};

}  // namespace shim

#endif
