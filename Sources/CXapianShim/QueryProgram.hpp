// QueryProgram.hpp: postfix program → Xapian::Query, and the clock of a search.
#ifndef CXAPIANSHIM_QUERYPROGRAM_HPP
#define CXAPIANSHIM_QUERYPROGRAM_HPP

#include <xapian.h>

#include <chrono>

#include "CXapianShim.h"

namespace shim {

/// The clock of one search, shared by all that can stop it.
struct Deadline {
    using Clock = std::chrono::steady_clock;
    Clock::time_point soft;
    Clock::time_point hard;
    /// Whether the search, once past the soft limit, runs on for the hits alone.
    bool finishing = false;
    bool soft_passed = false;

    Deadline(double soft_seconds, double hard_seconds);

    /// Whether what may stop early must stop now.
    bool has_passed() {
        if (Clock::now() < (finishing ? hard : soft)) return false;
        soft_passed = true;
        return true;
    }
};

/// The query of a program. Positional operators get a filter that ends them when time is up, since no spy sees the
/// candidates they reject.
Xapian::Query build_query(const xs_search &search, const Xapian::Database &database, Deadline &deadline,
                          uint32_t &cut_prefixes);

}  // namespace shim

#endif
