// Ties.hpp: the order of matches of one score.
#ifndef CXAPIANSHIM_TIES_HPP
#define CXAPIANSHIM_TIES_HPP

#include <xapian.h>

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "CXapianShim.h"
#include "ValueReader.hpp"

namespace shim {

/// Matches more than a page needs, among which all that tie with its last one mostly are.
constexpr Xapian::doccount tie_room = 28;

/// Whether two scores, the first no smaller, are one: sums whose parts Xapian added in another order differ in the last digits.
inline bool is_one_score(double first, double second) { return first - second <= 1e-12 * first; }

/// The rows of the matches of a page that ends before `end`, those of one score by their value in the tie slot.
inline std::vector<Xapian::doccount> rows_by_tie(const xs_search &search, const Xapian::Database &database,
                                                 const Xapian::MSet &matches, Xapian::doccount end) {
    std::vector<Xapian::doccount> rows(matches.size());
    std::iota(rows.begin(), rows.end(), Xapian::doccount(0));
    std::vector<double> scores;
    std::vector<Xapian::docid> ids;
    scores.reserve(rows.size());
    ids.reserve(rows.size());
    for (auto match = matches.begin(); match != matches.end(); ++match) {
        scores.push_back(match.get_weight());
        ids.push_back(*match);
    }
    // Stretches of one score that are shown, as far as their order is asked for.
    std::vector<std::pair<size_t, size_t>> ties;
    std::vector<Xapian::doccount> tied;
    for (size_t first = 0, last = 0; first < std::min<size_t>(end, rows.size()); first = last) {
        last = first + 1;
        while (last < rows.size() && is_one_score(scores[first], scores[last])) ++last;
        if (last - first == 1 || (last <= end && last <= search.ties_from)) continue;
        ties.emplace_back(first, last);
        tied.insert(tied.end(), rows.begin() + first, rows.begin() + last);
    }
    if (!ties.empty()) {
        std::vector<std::string> keys(rows.size());
        std::sort(tied.begin(), tied.end(), [&](size_t a, size_t b) { return ids[a] < ids[b]; });
        shim::ValueReader values(database, search.tie_slot);
        for (const size_t row : tied) {
            if (values.find(ids[row])) keys[row] = values.value();
        }
        for (const auto &[first, last] : ties) {
            std::sort(rows.begin() + first, rows.begin() + last, [&](size_t a, size_t b) {
                const int order = keys[a].compare(keys[b]);
                return order != 0 ? order < 0 : ids[a] < ids[b];
            });
        }
    }
    rows.resize(std::min<size_t>(end, rows.size()));
    return rows;
}

}  // namespace shim

#endif
