// TermSource.hpp: an OR of scored terms that passes over documents which cannot be among the best.
#ifndef CXAPIANSHIM_TERMSOURCE_HPP
#define CXAPIANSHIM_TERMSOURCE_HPP

#include <xapian.h>

#include <algorithm>
#include <vector>

#include "QueryProgram.hpp"
#include "TermPostings.hpp"

namespace shim {

/// Documents that have any of some scored terms, each weighing the sum of what it has.
///
/// MaxScore (Turtle and Flood 1995, Information Processing and Management 31(6)): the terms whose bounds together are below the
/// least weight that counts bring no documents of their own; they are looked up in those that the others bring, the
/// weightiest first, and only as long as the document can still reach the least weight. One flat list of cursors instead of Xapian's tree of
/// them, whose every node is asked for every document.
class TermSource final : public Xapian::PostingSource {
  public:
    TermSource(std::vector<ScoredTerms> parts, const BM25Formula &formula, DocumentLengths &lengths, Deadline &deadline)
        : parts_(std::move(parts)), formula_(formula), lengths_(lengths), deadline_(deadline) {}

    PostingSource *clone() const override { return new TermSource(parts_, formula_, lengths_, deadline_); }
    void init(const Xapian::Database &database) override {
        database_ = database;
        cursors_.clear();
        const double documents = database.get_doccount();
        double without = documents, sum = 0;
        least_ = 0;
        for (const ScoredTerms &part : parts_) {
            TermPostings cursor(part, formula_, database);
            if (cursor.at() == TermPostings::ended) continue;
            least_ = std::max(least_, cursor.least());
            sum += cursor.most();
            without *= 1 - cursor.likely() / documents;
            cursors_.push_back(std::move(cursor));
        }
        most_ = Xapian::doccount(std::min(sum, documents));
        likely_ = cursors_.size() == 1 ? cursors_[0].likely() : Xapian::doccount(documents - without + 0.5);
        std::sort(cursors_.begin(), cursors_.end(),
                  [](const TermPostings &a, const TermPostings &b) { return a.bound() < b.bound(); });
        bounds_.clear();
        double bound = 0;
        for (const TermPostings &cursor : cursors_) bounds_.push_back(bound += cursor.bound());
        weights_.assign(cursors_.size(), 0);
        set_maxweight(bound);
        least_weight_ = 0;
        first_ = 0;
        at_ = 0;
        ended_ = false;
    }
    Xapian::doccount get_termfreq_min() const override { return least_; }
    Xapian::doccount get_termfreq_est() const override { return likely_; }
    Xapian::doccount get_termfreq_max() const override { return most_; }

    double get_weight() const override { return weight_ < 0 ? whole_weight() : weight_; }
    void next(double least_weight) override { find(at_ + 1, least_weight); }
    void skip_to(Xapian::docid target, double least_weight) override {
        if (target > at_) find(target, least_weight);
    }
    bool at_end() const override { return ended_; }
    Xapian::docid get_docid() const override { return at_; }

  private:
    /// Sums of many parts may differ in the last digits from what they are compared with.
    static constexpr double slack = 1 - 1e-10;

    /// Finds the first cursor that may bring documents.
    void require(double least_weight) {
        least_weight *= slack;
        if (least_weight == least_weight_) return;
        if (least_weight < least_weight_) first_ = 0;
        least_weight_ = least_weight;
        while (first_ < cursors_.size() && bounds_[first_] < least_weight) ++first_;
    }

    /// Moves the cursors that bring documents on to the target; says which document comes first.
    Xapian::docid bring(Xapian::docid target) {
        Xapian::docid nearest = TermPostings::ended;
        for (size_t i = first_; i < cursors_.size(); ++i) {
            if (cursors_[i].at() < target) cursors_[i].move(target);
            nearest = std::min(nearest, cursors_[i].at());
        }
        return nearest;
    }

    void find(Xapian::docid target, double least_weight) {
        require(least_weight);
        for (;; ++target) {
            deadline_.tick();
            target = first_ < cursors_.size() ? bring(target) : TermPostings::ended;
            if (target == TermPostings::ended) {
                ended_ = true;
                return;
            }
            if (reaches(target)) {
                at_ = target;
                return;
            }
        }
    }

    /// Whether a document weighs enough; its weight is known then, unless nothing is asked of it.
    bool reaches(Xapian::docid document) {
        if (least_weight_ <= 0) {
            weight_ = -1;
            lengths_.expect(document);
            return true;
        }
        const Xapian::termcount length = lengths_.of(document, database_);
        double weight = 0;
        for (size_t i = first_; i < cursors_.size(); ++i) weight += weights_[i] = part(i, document, length);
        for (size_t i = first_; i-- > 0;) {
            if (weight + bounds_[i] < least_weight_) return false;
            if (cursors_[i].at() < document) cursors_[i].move(document);
            weight += weights_[i] = part(i, document, length);
        }
        if (weight < least_weight_) return false;
        // In one order, so that documents alike weigh the same to the last digit.
        weight_ = 0;
        for (const double part : weights_) weight_ += part;
        return true;
    }

    double part(size_t cursor, Xapian::docid document, Xapian::termcount length) const {
        return cursors_[cursor].at() == document ? cursors_[cursor].weight(length) : 0;
    }

    double whole_weight() const {
        const Xapian::termcount length = lengths_.of(at_, database_);
        double weight = 0;
        for (size_t i = 0; i < cursors_.size(); ++i) weight += part(i, at_, length);
        return weight;
    }

    std::vector<ScoredTerms> parts_;
    BM25Formula formula_;
    DocumentLengths &lengths_;
    Deadline &deadline_;
    Xapian::Database database_;
    /// By rising bound.
    std::vector<TermPostings> cursors_;
    /// Of each cursor, the bounds of all up to it.
    std::vector<double> bounds_;
    /// What each cursor adds to the document looked at last.
    std::vector<double> weights_;
    double least_weight_ = 0;
    size_t first_ = 0;
    Xapian::doccount least_ = 0, likely_ = 0, most_ = 0;
    Xapian::docid at_ = 0;
    double weight_ = -1;  // of the present document; negative: not known yet
    bool ended_ = false;
};

}  // namespace shim

#endif
