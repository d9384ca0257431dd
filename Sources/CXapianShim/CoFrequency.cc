// CoFrequency.cc: how many documents two groups of terms share, at a bounded cost.
#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "Guarded.hpp"
#include "Reader.hpp"

namespace {

/// Documents that have any of some terms, in rising order.
class Group {
  public:
    Group(const Xapian::Database &database, const std::vector<std::string> &terms) {
        for (const std::string &term : terms) {
            auto posting = database.postlist_begin(term);
            if (posting != Xapian::PostingIterator()) postings_.push_back(posting);
        }
    }

    /// The first document from target on; 0 if there is none. Counts the postings it looks for.
    Xapian::docid from(Xapian::docid target, uint64_t &steps) {
        Xapian::docid least = 0;
        for (size_t i = 0; i < postings_.size();) {
            auto &posting = postings_[i];
            if (*posting < target) {
                ++steps;
                posting.skip_to(target);
                if (posting == Xapian::PostingIterator()) {
                    posting = postings_.back();
                    postings_.pop_back();
                    continue;
                }
            }
            if (least == 0 || *posting < least) least = *posting;
            ++i;
        }
        return least;
    }

  private:
    std::vector<Xapian::PostingIterator> postings_;
};

std::vector<std::string> terms_of(const uint8_t *packed, size_t length, uint32_t count) {
    shim::Cursor cursor(packed, length);
    std::vector<std::string> terms;
    for (uint32_t i = 0; i < count; ++i) {
        terms.push_back(cursor.text());
        shim::check_term(terms.back());
    }
    if (!cursor.done()) shim::refuse("there are more terms than were counted");
    return terms;
}

/// Windows that start at equal distances over the document numbers: what was indexed together is alike, so the first
/// part of an index alone would tell about that part only.
constexpr Xapian::docid window_count = 8;

}  // namespace

extern "C" xs_status xs_reader_cofrequency(xs_reader *reader, const uint8_t *first, size_t first_length,
                                           uint32_t first_count, const uint8_t *second, size_t second_length,
                                           uint32_t second_count, uint32_t steps, double *documents, int32_t *is_exact,
                                           xs_error *error) noexcept {
    return shim::guarded(error, [&] {
        if (first_count > 1000 || second_count > 1000) shim::refuse("a group is limited to 1000 terms");
        const auto left_terms = terms_of(first, first_length, first_count);
        const auto right_terms = terms_of(second, second_length, second_count);
        const Xapian::Database &database = reader->database;
        Group left(database, left_terms), right(database, right_terms);
        const Xapian::docid last = database.get_lastdocid();
        const Xapian::docid width = last / window_count + 1;
        uint64_t used = 0, found = 0, covered = 0;
        Xapian::docid at = 1;  // everything before it that was not left out is counted
        bool exact = true;
        for (Xapian::docid window = 0; window < window_count && at != 0; ++window) {
            // Steps that the windows before did not need go on to the next ones.
            const uint64_t allowance = uint64_t(steps) * (window + 1) / window_count;
            const Xapian::docid end = std::min<uint64_t>(uint64_t(window + 1) * width, last) + 1;
            Xapian::docid from = std::max<Xapian::docid>(at, window * width + 1);
            const Xapian::docid begun = window * width + 1;
            at = from;
            while (at < end) {
                if (used >= allowance) break;
                const Xapian::docid a = left.from(at, used);
                const Xapian::docid b = a == 0 ? 0 : right.from(a, used);
                if (a == 0 || b == 0) {
                    at = 0;
                    break;
                }
                if (a == b) {
                    // A match beyond this window is the next one's.
                    if (a >= end) {
                        at = a;
                        break;
                    }
                    ++found;
                    at = a + 1;
                } else {
                    at = b;
                }
            }
            if (at == 0) {
                covered += last - begun + 1;
                break;
            }
            if (at < end) exact = false;
            covered += std::min(at, end) - std::min(begun, end);
        }
        *is_exact = exact;
        *documents = exact || covered == 0 ? double(found) : double(found) * double(last) / double(covered);
    });
}
