// Search.cc: one search, one page: match, facets, hits and what they carry.
#include <xapian.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>
#include <string>
#include <unordered_set>
#include <vector>

#include "Facets.hpp"
#include "Guarded.hpp"
#include "Page.hpp"
#include "PoweredBM25.hpp"
#include "QueryProgram.hpp"
#include "Reader.hpp"
#include "SortKeys.hpp"
#include "Ties.hpp"
#include "ValueReader.hpp"

namespace {

/// Sees every match that is visited: watches the clock and counts facets.
class Observer final : public Xapian::MatchSpy {
  public:
    Observer(shim::Deadline &deadline, std::vector<shim::FacetCounts> &facets) : deadline_(deadline), facets_(facets) {}

    void operator()(const Xapian::Document &document, double) override {
        if ((visits++ & 127) == 0) deadline_.look();
        if (counting) {
            for (auto &facet : facets_) facet.count(document);
            if (collapse_slot != Xapian::BAD_VALUENO) {
                const std::string value = document.get_value(collapse_slot);
                if (value.empty()) ++uncollapsible;
                else collapsed.insert(value);
            }
        }
    }

    bool counting = true;
    uint64_t visits = 0;
    /// Of which slot the different values are counted, if any.
    Xapian::valueno collapse_slot = Xapian::BAD_VALUENO;
    std::unordered_set<std::string> collapsed;
    uint64_t uncollapsible = 0;

  private:
    shim::Deadline &deadline_;
    std::vector<shim::FacetCounts> &facets_;
};

void check_request(const xs_search &search) {
    const auto missing = [](const void *array, size_t count) { return array == nullptr && count != 0; };
    if (missing(search.sort, search.sort_count) || missing(search.facets, search.facet_count) ||
        missing(search.value_slots, search.value_slot_count)) {
        shim::refuse("an array of a search was given as a null pointer");
    }
    if (search.sort_count > 16 || search.facet_count > 64 || search.value_slot_count > 64) {
        shim::refuse("a search is limited to 16 sort keys, 64 facets and 64 value slots");
    }
    for (size_t i = 0; i < search.sort_count; ++i) {
        if (search.sort[i].slot == Xapian::BAD_VALUENO) shim::refuse("a sort slot is out of range");
    }
    if (search.after_document != 0) {
        if (search.sort_count == 0 || missing(search.after_key, search.after_key_length)) {
            shim::refuse("a search goes on after a match, but has no sort keys or no key");
        }
        if (search.after_document > Xapian::docid(-1)) shim::refuse("a document number is out of range");
    }
    for (size_t i = 0; i < search.facet_count; ++i) {
        if (search.facets[i].slot == Xapian::BAD_VALUENO) shim::refuse("a facet slot is out of range");
        if (search.facets[i].kind != XS_FACET_SINGLE && search.facets[i].kind != XS_FACET_LIST) {
            shim::refuse("a facet has an unknown kind");
        }
    }
    for (size_t i = 0; i < search.value_slot_count; ++i) {
        if (search.value_slots[i] == Xapian::BAD_VALUENO) shim::refuse("a value slot is out of range");
    }
    if (search.tie_slot != UINT32_MAX && search.sort_count != 0) shim::refuse("a search sorts by keys and by ties");
    if (search.collapses && search.collapse_slot == Xapian::BAD_VALUENO) {
        shim::refuse("the collapse slot is out of range");
    }
}

void check_weighting(const xs_weighting &weighting) {
    const auto within = [](double number, double low, double high) { return number >= low && number <= high; };
    if (weighting.kind == XS_WEIGHT_BOOLEAN) return;
    // Comparisons with NaN are false, so NaN is refused too.
    if (!within(weighting.k1, 0, 1000) || !within(weighting.b, 0, 1) || !within(weighting.idf_exponent, 0, 10) ||
        !within(weighting.minimum_normalised_length, 0, 1000) || !within(weighting.k3, 0, 1000)) {
        shim::refuse("a parameter of the weighting is out of range");
    }
    if (weighting.kind != XS_WEIGHT_POWERED_BM25 && weighting.kind != XS_WEIGHT_XAPIAN_BM25) {
        shim::refuse("an unknown weighting");
    }
}

void set_weighting(Xapian::Enquire &enquire, const xs_weighting &weighting, const shim::BM25Formula &formula) {
    if (weighting.kind == XS_WEIGHT_BOOLEAN) {
        enquire.set_weighting_scheme(Xapian::BoolWeight());
    } else if (weighting.kind == XS_WEIGHT_POWERED_BM25) {
        enquire.set_weighting_scheme(shim::PoweredBM25(formula));
    } else {
        enquire.set_weighting_scheme(Xapian::BM25Weight(weighting.k1, 0, weighting.k3, weighting.b,
                                                        weighting.minimum_normalised_length));
    }
}

/// Documents without a value come last in either direction.
void set_sort(Xapian::Enquire &enquire, shim::SortKeys &keys, const xs_search &search, xs_reader &reader) {
    if (search.sort_count == 0) return;
    for (size_t i = 0; i < search.sort_count; ++i) {
        const xs_sort_key &key = search.sort[i];
        keys.add(key.slot, reader.columns.of(key.slot, reader.database), key.fallback_slot, key.descending != 0);
    }
    enquire.set_sort_by_key_then_relevance(&keys, false);
}

/// Lets through what comes after one match in the order of the keys, then of document numbers.
class After final : public Xapian::MatchDecider {
  public:
    After(const Xapian::KeyMaker &keys, const xs_search &search, shim::Deadline &deadline)
        : keys_(keys), deadline_(deadline), key_(reinterpret_cast<const char *>(search.after_key), search.after_key_length),
          document_(Xapian::docid(search.after_document)) {}

    bool operator()(const Xapian::Document &document) const override {
        if ((visits_++ & 127) == 0) deadline_.look();
        const int order = keys_(document).compare(key_);
        return order > 0 || (order == 0 && document.get_docid() > document_);
    }

  private:
    const Xapian::KeyMaker &keys_;
    shim::Deadline &deadline_;
    const std::string key_;
    const Xapian::docid document_;
    mutable uint64_t visits_ = 0;
};

/// Rows of hits by rising document number: tables are read from front to back once.
std::vector<size_t> by_document(const std::vector<Xapian::docid> &hits) {
    std::vector<size_t> rows(hits.size());
    std::iota(rows.begin(), rows.end(), size_t(0));
    std::sort(rows.begin(), rows.end(), [&](size_t a, size_t b) { return hits[a] < hits[b]; });
    return rows;
}

/// Data and values of the hits.
void gather_contents(const xs_search &search, xs_reader &reader, const std::vector<Xapian::docid> &hits, xs_page &page) {
    const Xapian::Database &database = reader.database;
    const std::vector<size_t> rows = by_document(hits);
    page.values.pieces.resize(hits.size() * search.value_slot_count);
    for (size_t i = 0; i < search.value_slot_count; ++i) {
        shim::ValueColumn &column = reader.columns.of(search.value_slots[i], database);
        if (column.is_made()) {
            for (const size_t row : rows) {
                page.values.set(row * search.value_slot_count + i, column.texts[column.row(hits[row])]);
            }
            continue;
        }
        column.looked_up += rows.size();
        shim::ValueReader values(database, search.value_slots[i]);
        for (const size_t row : rows) {
            if (values.find(hits[row])) page.values.set(row * search.value_slot_count + i, values.value());
        }
    }
    if (search.flags & XS_WANT_DATA) {
        page.data.pieces.resize(hits.size());
        shim::ValueReader values(database, shim::data_slot);
        for (const size_t row : rows) {
            if (values.find(hits[row])) page.data.set(row, values.value());
        }
    }
}

/// The matches of these rows, in this order.
void write_hits(const xs_search &search, const Xapian::MSet &matches, const std::vector<Xapian::doccount> &rows,
                xs_page &page) {
    page.hits.reserve(rows.size());
    for (const Xapian::doccount row : rows) {
        const Xapian::MSetIterator match = matches[row];
        xs_hit hit{};
        hit.document_id = *match;
        // Those of one score may differ in the last digit.
        hit.score = page.hits.empty() || search.sort_count != 0 ? match.get_weight()
                                                                : std::min(page.hits.back().score, match.get_weight());
        hit.percent = match.get_percent();
        hit.collapse_count = match.get_collapse_count();
        page.hits.push_back(hit);
        if (search.flags & XS_WANT_KEYS) {
            page.keys.pieces.emplace_back();
            page.keys.set(page.keys.pieces.size() - 1, match.get_sort_key());
        }
    }
}

void run(xs_reader &reader, const xs_search &search, xs_page &page) {
    check_request(search);
    check_weighting(search.weighting);
    Xapian::Database &database = reader.database;
    shim::Deadline deadline(search.soft_limit_seconds, search.hard_limit_seconds);
    shim::SortKeys keys;
    std::vector<shim::FacetCounts> facets(search.facet_count);
    for (size_t i = 0; i < search.facet_count; ++i) {
        facets[i].request = search.facets[i];
        facets[i].column = &reader.columns.of(search.facets[i].slot, database);
        if (facets[i].column->is_made()) facets[i].by_row.resize(facets[i].column->texts.size());
    }
    Observer observer(deadline, facets);

    Xapian::Enquire enquire(database);
    const xs_weighting &weighting = search.weighting;
    const shim::BM25Formula formula(weighting.k1, weighting.b, weighting.idf_exponent,
                                    weighting.minimum_normalised_length);
    // The numbers of a stub's documents are not those of its parts, where sources look.
    const bool is_weighted_here = weighting.kind == XS_WEIGHT_POWERED_BM25 && database.size() == 1;
    reader.lengths.prepare(database);
    const shim::BuiltQuery built = shim::build_query(search, database, deadline, is_weighted_here ? &formula : nullptr,
                                                     reader.lengths, reader.columns);
    page.view.cut_prefixes = built.cut_prefixes;
    enquire.set_query(built.query);
    set_weighting(enquire, weighting, formula);
    set_sort(enquire, keys, search, reader);
    if (search.collapses) enquire.set_collapse_key(search.collapse_slot);
    // Only where it is of use: a spy is shown each match as a document.
    const bool is_observed = search.facet_count != 0 || search.collapses || search.sort_count != 0 || !built.ticks;
    if (is_observed) enquire.add_matchspy(&observer);

    const Xapian::doccount documents = database.get_doccount();
    const Xapian::doccount offset = std::min<Xapian::doccount>(search.offset, documents);
    const Xapian::doccount limit = std::min<Xapian::doccount>(search.limit, documents - offset);
    const bool breaks_ties = search.tie_slot != UINT32_MAX;
    const Xapian::doccount end = offset + limit;
    // One match beyond the page shows whether the last one has equals there.
    Xapian::doccount wanted = breaks_ties && limit != 0 ? end + std::min<Xapian::doccount>(shim::tie_room, documents - end) : end;
    const Xapian::doccount visit =
        std::max<Xapian::doccount>(wanted, std::min<Xapian::doccount>(search.check_at_least, documents));
    // Xapian's own bounds stay apart when it collapses, even if it has seen every match.
    const bool counts_collapsed = search.collapses && visit >= documents;
    if (counts_collapsed) observer.collapse_slot = search.collapse_slot;
    // With nothing to visit beyond the hits there is nothing to leave out at the soft limit.
    deadline.finishing = visit <= wanted;
    std::unique_ptr<After> after;
    if (search.after_document != 0) after = std::make_unique<After>(keys, search, deadline);
    const Xapian::doccount begin = breaks_ties ? 0 : offset;
    Xapian::MSet matches;
    try {
        matches = enquire.get_mset(begin, wanted - begin, visit, nullptr, after.get());
    } catch (const shim::SoftLimitPassed &) {
        deadline.finishing = true;
        observer.counting = false;
        matches = enquire.get_mset(begin, wanted - begin, wanted, nullptr, after.get());
    }
    const uint64_t visits = observer.visits;
    std::vector<Xapian::doccount> shown;
    if (breaks_ties) {
        // Until the last match found has another score than the last one of the page.
        Xapian::MSet wider = matches;
        for (Xapian::doccount room = 1000; limit != 0 && end < wider.size() && wider.size() == wanted && wanted < documents &&
                                           shim::is_one_score(wider[end - 1].get_weight(), wider[wanted - 1].get_weight());
             room *= 8) {
            deadline.finishing = true;
            observer.counting = false;
            wanted = end + std::min<Xapian::doccount>(room, documents - end);
            wider = enquire.get_mset(0, wanted, wanted, nullptr, after.get());
        }
        shown = shim::rows_by_tie(search, database, wider, end);
        shown.erase(shown.begin(), shown.begin() + std::min<size_t>(offset, shown.size()));
        write_hits(search, wider, shown, page);
    } else {
        shown.resize(matches.size());
        std::iota(shown.begin(), shown.end(), Xapian::doccount(0));
        write_hits(search, matches, shown, page);
    }
    std::vector<Xapian::docid> ids;
    ids.reserve(page.hits.size());
    for (const xs_hit &hit : page.hits) ids.push_back(Xapian::docid(hit.document_id));
    gather_contents(search, reader, ids, page);
    for (auto &facet : facets) facet.write(page);
    if (search.flags & XS_WANT_LENGTHS) {
        for (xs_hit &hit : page.hits) hit.document_length = reader.lengths.of(Xapian::docid(hit.document_id), database);
    }

    page.view.lower_bound = matches.get_matches_lower_bound();
    page.view.estimate = matches.get_matches_estimated();
    page.view.upper_bound = matches.get_matches_upper_bound();
    page.view.uncollapsed_lower_bound = matches.get_uncollapsed_matches_lower_bound();
    page.view.uncollapsed_estimate = matches.get_uncollapsed_matches_estimated();
    page.view.uncollapsed_upper_bound = matches.get_uncollapsed_matches_upper_bound();
    // Xapian leaves the numbers before collapsing vague even when it has seen every match.
    if (!search.collapses) {
        page.view.uncollapsed_lower_bound = page.view.lower_bound;
        page.view.uncollapsed_estimate = page.view.estimate;
        page.view.uncollapsed_upper_bound = page.view.upper_bound;
    } else if (visit >= documents && !deadline.soft_passed) {
        page.view.uncollapsed_lower_bound = visits;
        page.view.uncollapsed_estimate = visits;
        page.view.uncollapsed_upper_bound = visits;
        const uint64_t works = observer.collapsed.size() + observer.uncollapsible;
        page.view.lower_bound = works;
        page.view.estimate = works;
        page.view.upper_bound = works;
    }
    page.view.revision = reader.revision();
    page.view.documents = documents;
    page.view.average_length = database.get_avlength();
    page.view.timed_out = deadline.soft_passed;
    page.view.cut_streams = *built.cut_streams;
}

}  // namespace

extern "C" xs_status xs_reader_search(xs_reader *reader, const xs_search *search, xs_page **out,
                                      xs_error *error) noexcept {
    return shim::guarded(error, [&] {
        auto page = std::make_unique<xs_page>();
        run(*reader, *search, *page);
        page->seal(false);
        *out = page.release();
    });
}
