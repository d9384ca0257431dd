// FilterSource.hpp: documents that something read of each of them lets through.
#ifndef CXAPIANSHIM_FILTERSOURCE_HPP
#define CXAPIANSHIM_FILTERSOURCE_HPP

#include <xapian.h>

#include "QueryProgram.hpp"

namespace shim {

/// Documents that `matches` lets through, without weight; none any more when time is up.
///
/// It claims to match every document, so that an AND asks it last, by check(): once per candidate.
class FilterSource : public Xapian::PostingSource {
  public:
    explicit FilterSource(Deadline &deadline) : deadline_(deadline) {}

    void init(const Xapian::Database &database) override {
        count_ = database.get_doccount();
        last_ = database.get_lastdocid();
        begin(database);
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
        if (!matches(target)) return ended_;
        at_ = target;
        return true;
    }
    bool at_end() const override { return ended_; }
    Xapian::docid get_docid() const override { return at_; }

  protected:
    Deadline &deadline() const { return deadline_; }
    /// Lets nothing through from here on.
    void stop() { ended_ = true; }

  private:
    /// Documents are asked about from the front of this database on.
    virtual void begin(const Xapian::Database &database) = 0;
    /// Whether a document, which may not exist, is let through; asked in rising order.
    virtual bool matches(Xapian::docid document) = 0;

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

    Deadline &deadline_;
    Xapian::doccount count_ = 0;
    Xapian::docid last_ = 0;
    Xapian::docid at_ = 0;
    unsigned visits_ = 0;
    bool ended_ = false;
};

}  // namespace shim

#endif
