// Search.cc: one search, one page: match, facets, hits and what they carry.
#include <xapian.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <numeric>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "Guarded.hpp"
#include "Page.hpp"
#include "PoweredBM25.hpp"
#include "QueryProgram.hpp"
#include "Reader.hpp"
#include "SortKeys.hpp"
#include "ValueReader.hpp"

namespace {

/// The numbers of a list value. Stops at the first byte that makes no sense.
template <typename Each>
bool decode_list(const std::string &bytes, Each &&each) {
    uint64_t last = 0, part = 0;
    unsigned shift = 0;
    bool first = true;
    for (const unsigned char byte : bytes) {
        part |= uint64_t(byte & 0x7f) << shift;
        if (byte & 0x80) {
            shift += 7;
            if (shift > 28) return false;
            continue;
        }
        if (!first && part == 0) return false;
        last += part;
        if (last > UINT32_MAX) return false;
        each(uint32_t(last));
        first = false;
        part = 0;
        shift = 0;
    }
    return shift == 0;
}

/// Counts of one facet.
struct FacetCounts {
    xs_facet request;
    std::unordered_map<std::string, uint64_t> texts;
    std::vector<uint64_t> small;  // numbers below 65536, by number
    std::unordered_map<uint32_t, uint64_t> large;
    uint64_t documents = 0;
    uint64_t malformed = 0;
    shim::ValueColumn *column = nullptr;
    std::vector<uint64_t> by_row;  // matches by row of the column, if it is made

    void count(const Xapian::Document &document) {
        if (!by_row.empty()) {
            ++by_row[column->row(document.get_docid())];
            return;
        }
        ++column->looked_up;
        add(document.get_value(request.slot), 1);
    }

    /// Counts a value that some documents have.
    void add(const std::string &value, uint64_t count) {
        if (value.empty()) return;
        documents += count;
        if (request.kind == XS_FACET_SINGLE) {
            texts[value] += count;
            return;
        }
        const bool whole = decode_list(value, [&](uint32_t number) {
            if (number >= 65536) {
                large[number] += count;
                return;
            }
            if (number >= small.size()) small.resize(std::max<size_t>(number + 1, std::min<size_t>(65536, small.size() * 2)));
            small[number] += count;
        });
        if (!whole) malformed += count;
    }

    /// By value, so that equal inputs give equal pages.
    void write(xs_page &page) {
        for (size_t row = 0; row < by_row.size(); ++row) {
            if (by_row[row] != 0) add(column->texts[row], by_row[row]);
        }
        if (request.kind == XS_FACET_SINGLE) {
            for (const auto &[value, count] : std::map<std::string, uint64_t>(texts.begin(), texts.end())) {
                xs_facet_count entry{};
                entry.value_offset = page.facet_bytes.size();
                entry.value_length = uint32_t(value.size());
                entry.count = count;
                page.facet_bytes.insert(page.facet_bytes.end(), value.begin(), value.end());
                page.facet_counts.push_back(entry);
            }
        } else {
            const auto add = [&](uint32_t number, uint64_t count) {
                xs_facet_count entry{};
                entry.number = number;
                entry.count = count;
                page.facet_counts.push_back(entry);
            };
            for (size_t number = 0; number < small.size(); ++number) {
                if (small[number] != 0) add(uint32_t(number), small[number]);
            }
            for (const auto &[number, count] : std::map<uint32_t, uint64_t>(large.begin(), large.end())) {
                add(number, count);
            }
        }
        page.facet_offsets.push_back(page.facet_counts.size());
        page.facet_documents.push_back(documents);
        page.facet_malformed.push_back(malformed);
    }
};

/// Sees every match that is visited: watches the clock and counts facets.
class Observer final : public Xapian::MatchSpy {
  public:
    Observer(shim::Deadline &deadline, std::vector<FacetCounts> &facets) : deadline_(deadline), facets_(facets) {}

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
    std::vector<FacetCounts> &facets_;
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
void set_sort(Xapian::Enquire &enquire, shim::SortKeys &keys, const xs_search &search) {
    if (search.sort_count == 0) return;
    for (size_t i = 0; i < search.sort_count; ++i) {
        const xs_sort_key &key = search.sort[i];
        keys.add(key.slot, key.fallback_slot, key.descending != 0);
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

void run(xs_reader &reader, const xs_search &search, xs_page &page) {
    check_request(search);
    check_weighting(search.weighting);
    Xapian::Database &database = reader.database;
    shim::Deadline deadline(search.soft_limit_seconds, search.hard_limit_seconds);
    shim::SortKeys keys;
    std::vector<FacetCounts> facets(search.facet_count);
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
    const shim::BuiltQuery built =
        shim::build_query(search, database, deadline, is_weighted_here ? &formula : nullptr, reader.lengths);
    page.view.cut_prefixes = built.cut_prefixes;
    enquire.set_query(built.query);
    set_weighting(enquire, weighting, formula);
    set_sort(enquire, keys, search);
    if (search.collapses) enquire.set_collapse_key(search.collapse_slot);
    // Only where it is of use: a spy is shown each match as a document.
    const bool is_observed = search.facet_count != 0 || search.collapses || search.sort_count != 0 || !built.ticks;
    if (is_observed) enquire.add_matchspy(&observer);

    const Xapian::doccount documents = database.get_doccount();
    const Xapian::doccount offset = std::min<Xapian::doccount>(search.offset, documents);
    const Xapian::doccount limit = std::min<Xapian::doccount>(search.limit, documents - offset);
    const Xapian::doccount visit =
        std::max<Xapian::doccount>(offset + limit, std::min<Xapian::doccount>(search.check_at_least, documents));
    // Xapian's own bounds stay apart when it collapses, even if it has seen every match.
    const bool counts_collapsed = search.collapses && visit >= documents;
    if (counts_collapsed) observer.collapse_slot = search.collapse_slot;
    // With nothing to visit beyond the hits there is nothing to leave out at the soft limit.
    deadline.finishing = visit <= offset + limit;
    std::unique_ptr<After> after;
    if (search.after_document != 0) after = std::make_unique<After>(keys, search, deadline);
    Xapian::MSet matches;
    try {
        matches = enquire.get_mset(offset, limit, visit, nullptr, after.get());
    } catch (const shim::SoftLimitPassed &) {
        deadline.finishing = true;
        observer.counting = false;
        matches = enquire.get_mset(offset, limit, offset + limit, nullptr, after.get());
    }

    std::vector<Xapian::docid> ids;
    ids.reserve(matches.size());
    page.hits.reserve(matches.size());
    for (auto match = matches.begin(); match != matches.end(); ++match) {
        xs_hit hit{};
        hit.document_id = *match;
        hit.score = match.get_weight();
        hit.percent = match.get_percent();
        hit.collapse_count = match.get_collapse_count();
        page.hits.push_back(hit);
        ids.push_back(*match);
        if (search.flags & XS_WANT_KEYS) {
            page.keys.pieces.emplace_back();
            page.keys.set(page.keys.pieces.size() - 1, match.get_sort_key());
        }
    }
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
        page.view.uncollapsed_lower_bound = observer.visits;
        page.view.uncollapsed_estimate = observer.visits;
        page.view.uncollapsed_upper_bound = observer.visits;
        const uint64_t works = observer.collapsed.size() + observer.uncollapsible;
        page.view.lower_bound = works;
        page.view.estimate = works;
        page.view.upper_bound = works;
    }
    page.view.revision = reader.revision();
    page.view.documents = documents;
    page.view.average_length = database.get_avlength();
    page.view.timed_out = deadline.soft_passed;
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
