// TermSource.hpp: an OR of scored terms that passes over documents which cannot be among the best.
#ifndef CXAPIANSHIM_TERMSOURCE_HPP
#define CXAPIANSHIM_TERMSOURCE_HPP

#include <xapian.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "DocumentLengths.hpp"
#include "QueryProgram.hpp"
#include "TermPostings.hpp"

namespace shim {

/// Documents that have any of some scored terms, each weighing the sum of what it has.
///
/// MaxScore (Turtle and Flood 1995, Information Processing and Management 31(6)): the terms whose bounds together are below the
/// least weight that counts bring no documents of their own; they are looked up in those that the others bring, the
/// weightiest first, and only as long as the document can still reach the least weight. One flat list of cursors instead of Xapian's tree of
/// them, whose every node is asked for every document.
///
/// The terms that bring documents are walked through one after the other within a window of document numbers, where their weights
/// are summed up: one list and one stretch of lengths at a time stay near the processor.
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
        set_maxweight(bound);
        least_weight_ = 0;
        first_ = 0;
        at_ = 0;
        begin_ = end_ = 0;
        size_ = smallest;
        ended_ = false;
    }
    Xapian::doccount get_termfreq_min() const override { return least_; }
    Xapian::doccount get_termfreq_est() const override { return likely_; }
    Xapian::doccount get_termfreq_max() const override { return most_; }

    double get_weight() const override { return weight_; }
    void next(double least_weight) override { find(at_ + 1, least_weight); }
    void skip_to(Xapian::docid target, double least_weight) override {
        if (target > at_) find(target, least_weight);
    }
    bool at_end() const override { return ended_; }
    Xapian::docid get_docid() const override { return at_; }

  private:
    /// Sums of many parts may differ in the last digits from what they are compared with.
    static constexpr double slack = 1 - 1e-10;
    /// Document numbers of a window; windows grow from the smaller size where they follow one another.
    static constexpr Xapian::docid smallest = 128, largest = 2048;

    /// Finds the first cursor that may bring documents.
    void require(double least_weight) {
        least_weight *= slack;
        if (least_weight == least_weight_) return;
        if (least_weight < least_weight_) first_ = 0;
        least_weight_ = least_weight;
        while (first_ < cursors_.size() && bounds_[first_] < least_weight) ++first_;
    }

    void find(Xapian::docid target, double least_weight) {
        require(least_weight);
        for (;; target = end_) {
            if (target >= end_ && !fill(target)) {
                ended_ = true;
                return;
            }
            for (Xapian::docid document = held(target); document < end_; document = held(document + 1)) {
                if (reaches(document)) {
                    at_ = document;
                    return;
                }
            }
        }
    }

    /// Sums up the terms that bring documents in the window that begins with the first of these from target on; false when
    /// there is none.
    bool fill(Xapian::docid target) {
        // A jump leaves much out: what comes next may be as far away.
        size_ = target == end_ ? std::min(2 * size_, largest) : smallest;
        Xapian::docid begin = TermPostings::ended;
        for (size_t i = first_; i < cursors_.size(); ++i) {
            cursors_[i].move(target);
            begin = std::min(begin, cursors_[i].at());
        }
        if (begin == TermPostings::ended) return false;
        begin_ = begin;
        end_ = begin + std::min(size_, TermPostings::ended - begin);
        window_first_ = first_;
        held_.fill(0);
        lengths_.expect(begin_, end_);
        // The weightiest first, here and in reaches: in one order, so that documents alike weigh the same to the last digit.
        for (size_t i = cursors_.size(); i-- > first_;) {
            TermPostings &cursor = cursors_[i];
            for (; cursor.at() < end_; cursor.move(cursor.at() + 1)) {
                deadline_.tick();
                if (!cursor.counts()) continue;
                const Xapian::docid document = cursor.at(), place = document - begin_;
                const double part = cursor.weight(cursor.wdf(), cursor.norm(lengths_.of(document, database_)));
                uint64_t &word = held_[place / 64];
                const uint64_t bit = uint64_t(1) << (place % 64);
                sums_[place] = word & bit ? sums_[place] + part : part;
                word |= bit;
            }
        }
        return true;
    }

    /// The first document from target on, within the window, that a term brings; else the end of the window.
    Xapian::docid held(Xapian::docid target) const {
        Xapian::docid place = target > begin_ ? target - begin_ : 0;
        if (place >= end_ - begin_) return end_;
        uint64_t word = held_[place / 64] >> (place % 64);
        if (word != 0) return begin_ + place + Xapian::docid(__builtin_ctzll(word));
        for (size_t at = place / 64 + 1; at < largest / 64; ++at) {
            if (held_[at] != 0) return begin_ + Xapian::docid(at * 64 + __builtin_ctzll(held_[at]));
        }
        return end_;
    }

    /// Whether a document of the window weighs enough; its weight is known then.
    bool reaches(Xapian::docid document) {
        double weight = sums_[document - begin_];
        if (window_first_ > 0) {
            if (weight + bounds_[window_first_ - 1] < least_weight_) return false;
            const double norm = cursors_[0].norm(lengths_.of(document, database_));
            for (size_t i = window_first_; i-- > 0;) {
                if (weight + bounds_[i] < least_weight_) return false;
                TermPostings &cursor = cursors_[i];
                cursor.move(document);
                if (cursor.at() == document && cursor.counts()) weight += cursor.weight(cursor.wdf(), norm);
            }
        }
        weight_ = weight;
        return weight >= least_weight_;
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
    double least_weight_ = 0;
    /// The first cursor that brings documents: now, and when the window was filled.
    size_t first_ = 0, window_first_ = 0;
    /// The window: its documents, which of them are held by a term, and their sums.
    Xapian::docid begin_ = 0, end_ = 0, size_ = smallest;
    std::array<uint64_t, largest / 64> held_{};
    std::array<double, largest> sums_;
    Xapian::doccount least_ = 0, likely_ = 0, most_ = 0;
    Xapian::docid at_ = 0;
    double weight_ = 0;  // of the present document
    bool ended_ = false;
};

}  // namespace shim

#endif
