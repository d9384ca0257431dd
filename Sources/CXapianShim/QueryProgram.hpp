// QueryProgram.hpp: postfix program → Xapian::Query, and the clock of a search.
#ifndef CXAPIANSHIM_QUERYPROGRAM_HPP
#define CXAPIANSHIM_QUERYPROGRAM_HPP

#include <xapian.h>

#include <chrono>
#include <memory>

#include "CXapianShim.h"

namespace shim {

class BM25Formula;
class DocumentLengths;
class ValueColumns;

/// The soft limit passed while matches were visited that the hits do not need.
struct SoftLimitPassed {};

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

    /// Looks at the clock now and then; throws SoftLimitPassed or HardLimitPassed when time is up.
    void tick() {
        if ((++ticks_ & 1023) == 0) look();
    }
    void look();

  private:
    unsigned ticks_ = 0;
};

/// A query and what there is to know about it.
struct BuiltQuery {
    Xapian::Query query;
    /// Whether each match, and what leads to it, ticks the deadline; else a spy must.
    bool ticks = false;
    /// Prefixes that had more terms than allowed.
    uint32_t cut_prefixes = 0;
    /// Whether a pattern had more candidates than it is looked for in; known after the search.
    std::shared_ptr<bool> cut_streams;
};

/// The query of a program. With a formula, terms are weighted by it without Xapian's help, but for those of synonyms and
/// prefixes; without, they are left to the weighting scheme of the search.
BuiltQuery build_query(const xs_search &search, const Xapian::Database &database, Deadline &deadline,
                       const BM25Formula *formula, DocumentLengths &lengths, ValueColumns &columns);

}  // namespace shim

#endif
