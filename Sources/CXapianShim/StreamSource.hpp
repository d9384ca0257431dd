// StreamSource.hpp: documents whose word stream holds a pattern, as a filter of candidates.
#ifndef CXAPIANSHIM_STREAMSOURCE_HPP
#define CXAPIANSHIM_STREAMSOURCE_HPP

#include <xapian.h>

#include <string>

#include "QueryProgram.hpp"
#include "StreamPattern.hpp"
#include "ValueReader.hpp"

namespace shim {

/// Documents whose value in a slot, a word stream, holds a pattern; none any more when time is up.
///
/// It claims to match every document, so that an AND asks it last, by check(): one value is read per candidate.
class StreamSource final : public Xapian::PostingSource {
  public:
    StreamSource(const StreamPattern &pattern, Xapian::valueno slot, Deadline &deadline)
        : pattern_(pattern), slot_(slot), deadline_(deadline) {}

    PostingSource *clone() const override { return new StreamSource(pattern_, slot_, deadline_); }
    void init(const Xapian::Database &database) override {
        count_ = database.get_doccount();
        last_ = database.get_lastdocid();
        values_ = ValueReader(database, slot_);
        at_ = 0;
        ended_ = false;
        set_maxweight(0);
    }
    Xapian::doccount get_termfreq_min() const override { return 0; }
    Xapian::doccount get_termfreq_est() const override { return count_; }
    Xapian::doccount get_termfreq_max() const override { return count_; }

    void next(double) override { find(at_ + 1); }
    void skip_to(Xapian::docid target, double) override {
        if (target > at_) find(target);
    }
    bool check(Xapian::docid target, double) override {
        if (target <= at_ || is_over()) return true;
        if (target > last_) {
            ended_ = true;
            return true;
        }
        // The position stays where the last match was: a document may be asked about twice.
        if (!matches(target)) return false;
        at_ = target;
        return true;
    }
    bool at_end() const override { return ended_; }
    Xapian::docid get_docid() const override { return at_; }

  private:
    /// Goes to the first match from target on: for queries that have nothing rarer to go by.
    void find(Xapian::docid target) {
        for (; !is_over(); ++target) {
            if (target > last_) {
                ended_ = true;
            } else if (matches(target)) {
                at_ = target;
                return;
            }
        }
    }

    bool is_over() {
        if (!ended_ && (++visits_ & 63) == 0 && deadline_.has_passed()) ended_ = true;
        return ended_;
    }

    bool matches(Xapian::docid document) {
        return values_.find(document) && pattern_.occurs_in(values_.value());
    }

    StreamPattern pattern_;
    Xapian::valueno slot_;
    Deadline &deadline_;
    ValueReader values_;
    Xapian::doccount count_ = 0;
    Xapian::docid last_ = 0;
    Xapian::docid at_ = 0;
    unsigned visits_ = 0;
    bool ended_ = false;
};

}  // namespace shim

#endif
