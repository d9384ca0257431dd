// TermPostings.hpp: the postings of terms with their BM25 weight, lengths taken from memory.
#ifndef CXAPIANSHIM_TERMPOSTINGS_HPP
#define CXAPIANSHIM_TERMPOSTINGS_HPP

#include <xapian.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "PoweredBM25.hpp"
#include "ValueCondition.hpp"

namespace shim {

/// Terms that are scored as if they were one, and what their weight is multiplied by.
struct ScoredTerms {
    std::vector<std::string> terms;
    Xapian::termcount wqf = 1;
    double factor = 1;
    /// They count in these documents only; none: in all.
    std::shared_ptr<const ValueCondition> condition;
};

/// Walks through the documents that have any of some terms: what PoweredBM25 weighs, four times faster, since a weight object is
/// handed each document's length by Xapian, which looks it up on disk.
///
/// Of several terms the document frequency is that of terms that occur independently, as Xapian takes it for OP_SYNONYM.
class TermPostings {
  public:
    /// Behind the last document.
    static constexpr Xapian::docid ended = Xapian::docid(-1);

    TermPostings(const ScoredTerms &scored, const BM25Formula &formula, const Xapian::Database &database)
        : formula_(formula), condition_(scored.condition) {
        const double documents = database.get_doccount();
        double without = documents;
        uint64_t highest_wdf = 0, sum = 0;
        for (const std::string &term : scored.terms) {
            const Xapian::doccount frequency = database.get_termfreq(term);
            if (frequency == 0) continue;
            lists_.push_back({database.postlist_begin(term), 0});
            least_ = std::max(least_, frequency);
            sum += frequency;
            without *= 1 - frequency / documents;
            highest_wdf += database.get_wdf_upper_bound(term);
        }
        most_ = Xapian::doccount(std::min<double>(double(sum), documents));
        likely_ = lists_.size() == 1 ? least_ : Xapian::doccount(documents - without + 0.5);
        formula_.set_collection(documents, likely_, database.get_average_length(), scored.wqf * scored.factor);
        bound_ = lists_.empty() ? 0
                                : formula_.bound(Xapian::termcount(std::min<uint64_t>(highest_wdf, UINT32_MAX)),
                                                 database.get_doclength_lower_bound());
        for (auto &list : lists_) {
            list.document = *list.postings;
            at_ = std::min(at_, list.document);
        }
        if (condition_) {
            // Which of its documents are let through is not known, so the least is none.
            const Xapian::doccount let_through = condition_->documents();
            least_ = 0;
            likely_ = Xapian::doccount(likely_ * (let_through / std::max(documents, 1.0)) + 0.5);
            most_ = std::min(most_, let_through);
        }
    }

    Xapian::docid at() const { return at_; }
    /// The most that a document's weight can be.
    double bound() const { return bound_; }
    Xapian::doccount least() const { return least_; }
    Xapian::doccount likely() const { return likely_; }
    Xapian::doccount most() const { return most_; }

    /// Goes on to the first document that is not before the target, whether the terms count there or not.
    void move(Xapian::docid target) {
        if (at_ >= target) return;
        at_ = ended;
        for (size_t i = 0; i < lists_.size();) {
            List &list = lists_[i];
            if (list.document < target) {
                if (list.document + 1 == target) {
                    ++list.postings;
                } else {
                    list.postings.skip_to(target);
                }
                if (list.postings == Xapian::PostingIterator()) {
                    if (i + 1 != lists_.size()) list = std::move(lists_.back());
                    lists_.pop_back();
                    continue;
                }
                list.document = *list.postings;
            }
            at_ = std::min(at_, list.document);
            ++i;
        }
    }

    /// Whether the terms count in the document at hand.
    bool counts() const { return !condition_ || condition_->allows(at_); }
    /// How often the document at hand has the terms.
    Xapian::termcount wdf() const {
        if (lists_.size() == 1) return lists_[0].postings.get_wdf();
        Xapian::termcount wdf = 0;
        for (const List &list : lists_) {
            if (list.document == at_) wdf += list.postings.get_wdf();
        }
        return wdf;
    }
    /// The weight of a document that has the terms so often.
    double weight(Xapian::termcount wdf, double norm) const { return formula_.part_of(wdf, norm); }
    /// What a document's length counts in its weight, the same for all terms of a search.
    double norm(Xapian::termcount length) const { return formula_.norm(length); }

  private:
    struct List {
        Xapian::PostingIterator postings;
        Xapian::docid document;
    };

    BM25Formula formula_;
    std::shared_ptr<const ValueCondition> condition_;
    std::vector<List> lists_;
    double bound_ = 0;
    Xapian::doccount least_ = 0, likely_ = 0, most_ = 0;
    Xapian::docid at_ = ended;
};

}  // namespace shim

#endif
