// TermSource.hpp: the postings of a term with their BM25 weight, lengths taken from memory.
#ifndef CXAPIANSHIM_TERMSOURCE_HPP
#define CXAPIANSHIM_TERMSOURCE_HPP

#include <xapian.h>

#include <string>

#include "DocumentLengths.hpp"
#include "PoweredBM25.hpp"
#include "QueryProgram.hpp"

namespace shim {

/// What PoweredBM25 is by itself, four times faster: a weight object is handed each document's length by Xapian, which
/// looks it up on disk.
class TermSource final : public Xapian::PostingSource {
  public:
    TermSource(std::string term, Xapian::termcount wqf, const BM25Formula &formula, DocumentLengths &lengths,
               Deadline &deadline)
        : term_(std::move(term)), wqf_(wqf), formula_(formula), lengths_(lengths), deadline_(deadline) {}

    PostingSource *clone() const override { return new TermSource(term_, wqf_, formula_, lengths_, deadline_); }
    void init(const Xapian::Database &database) override {
        database_ = database;
        count_ = database.get_termfreq(term_);
        formula_.set_collection(database.get_doccount(), count_, database.get_average_length(), wqf_);
        set_maxweight(count_ == 0 ? 0
                                  : formula_.bound(database.get_wdf_upper_bound(term_),
                                                   database.get_doclength_lower_bound()));
        started_ = false;
        at_ = 0;
    }
    Xapian::doccount get_termfreq_min() const override { return count_; }
    Xapian::doccount get_termfreq_est() const override { return count_; }
    Xapian::doccount get_termfreq_max() const override { return count_; }

    double get_weight() const override {
        return formula_.part(postings_.get_wdf(), lengths_.of(at_, database_));
    }
    void next(double) override {
        if (started_) {
            ++postings_;
        } else {
            start();
        }
        settle();
    }
    void skip_to(Xapian::docid target, double) override {
        if (!started_) start();
        if (target <= at_ || postings_ == Xapian::PostingIterator()) return settle();
        postings_.skip_to(target);
        settle();
    }
    bool at_end() const override { return started_ && postings_ == Xapian::PostingIterator(); }
    Xapian::docid get_docid() const override { return at_; }

  private:
    void start() {
        postings_ = database_.postlist_begin(term_);
        started_ = true;
    }
    void settle() {
        deadline_.tick();
        if (postings_ == Xapian::PostingIterator()) return;
        at_ = *postings_;
        lengths_.expect(at_);
    }

    std::string term_;
    Xapian::termcount wqf_;
    BM25Formula formula_;
    DocumentLengths &lengths_;
    Deadline &deadline_;
    Xapian::Database database_;
    Xapian::PostingIterator postings_;
    Xapian::doccount count_ = 0;
    Xapian::docid at_ = 0;
    bool started_ = false;
};

}  // namespace shim

#endif
