// QueryProgram.cc: postfix program → Xapian::Query.
#include "QueryProgram.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "Guarded.hpp"
#include "StreamSource.hpp"
#include "TermSource.hpp"
#include "ValueCondition.hpp"

namespace shim {

Deadline::Deadline(double soft_seconds, double hard_seconds) {
    // Written so that NaN is refused too.
    if (!(soft_seconds > 0 && hard_seconds >= soft_seconds && hard_seconds <= 86400)) {
        refuse("the time limits of a search are not within 0 and a day, soft before hard");
    }
    const auto now = Clock::now();
    soft = now + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(soft_seconds));
    hard = now + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(hard_seconds));
}

void Deadline::look() {
    const auto now = Clock::now();
    if (now >= hard) throw HardLimitPassed{};
    if (now < soft) return;
    soft_passed = true;
    if (!finishing) throw SoftLimitPassed{};
}

namespace {

constexpr size_t maximum_nodes = 200000;
constexpr uint32_t maximum_depth = 400;
constexpr uint32_t maximum_expansion = 10000;
/// Terms that are walked through side by side, each looked at for each document; more of them are left to Xapian's trees.
constexpr size_t maximum_merged = 32;
/// The same of the parts of an OR.
constexpr size_t maximum_parts = 256;

struct Operand {
    Xapian::Query query;
    /// The same without weights of our own: for OP_SYNONYM, which asks its operands for term frequencies and
    /// wdf, which posting sources do not have, and where no weight is wanted.
    Xapian::Query plain;
    uint32_t depth = 1;
    /// Whether there is a value range or a stream pattern inside, which have no wdf either.
    bool has_values = false;
    /// Whether each match ticks the deadline.
    bool ticks = false;
    /// Of a term of frequency 1, or a synonym of such terms only: which.
    std::vector<std::string> terms;
    /// Of scored terms, and of an OR of such only: what it is a sum of.
    std::vector<ScoredTerms> parts;
    /// Of values that are one of some texts: how that is seen of a document.
    std::shared_ptr<const ValueCondition> condition;
};

class Builder {
  public:
    Builder(const xs_search &search, const Xapian::Database &database, Deadline &deadline, const BM25Formula *formula,
            DocumentLengths &lengths, ValueColumns &columns)
        : search_(search), database_(database), deadline_(deadline), formula_(formula), lengths_(lengths),
          columns_(columns) {}

    BuiltQuery build() {
        if (search_.node_count == 0) refuse("a query program is empty");
        if (search_.node_count > maximum_nodes) refuse("a query program has too many nodes");
        if (search_.nodes == nullptr || (search_.text == nullptr && search_.text_length != 0)) {
            refuse("a query program was given as a null pointer");
        }
        for (size_t i = 0; i < search_.node_count; ++i) step(search_.nodes[i]);
        if (stack_.size() != 1) refuse("a query program leaves " + std::to_string(stack_.size()) + " results");
        return {stack_.back().query, stack_.back().ticks, cut_prefixes_, cut_streams_};
    }

  private:
    const xs_search &search_;
    const Xapian::Database &database_;
    Deadline &deadline_;
    const BM25Formula *formula_;
    DocumentLengths &lengths_;
    ValueColumns &columns_;
    uint32_t cut_prefixes_ = 0;
    std::shared_ptr<bool> cut_streams_ = std::make_shared<bool>(false);
    std::vector<Operand> stack_;

    void push(const Xapian::Query &query, const Xapian::Query &plain, uint32_t depth, bool has_values, bool ticks) {
        if (depth > maximum_depth) refuse("a query is nested too deep");
        stack_.push_back(Operand{query, plain, depth, has_values, ticks, {}, {}, {}});
    }
    void push(const Xapian::Query &query) { push(query, query, 1, false, false); }
    void push_term(const std::string &term, Xapian::termcount wqf) {
        const Xapian::Query plain(term, wqf);
        if (formula_ == nullptr) {
            push(plain);
        } else {
            push_scored({{{term}, wqf, 1, {}}}, plain, 1);
        }
        if (wqf == 1) stack_.back().terms = {term};
    }
    void push_scored(std::vector<ScoredTerms> parts, const Xapian::Query &plain, uint32_t depth) {
        push(scored(parts), plain, depth, false, true);
        stack_.back().parts = std::move(parts);
    }
    Xapian::Query scored(const std::vector<ScoredTerms> &parts) const {
        return Xapian::Query((new TermSource(parts, *formula_, lengths_, deadline_))->release());
    }

    std::string text(const xs_node &node) const {
        if (node.text_offset > search_.text_length || node.text_length > search_.text_length - node.text_offset) {
            refuse("a text of a query program lies outside of its buffer");
        }
        return borrowed(search_.text + node.text_offset, node.text_length);
    }

    std::vector<Operand> pop(uint32_t count) {
        if (count > stack_.size()) refuse("an operator of a query program lacks operands");
        std::vector<Operand> operands(std::make_move_iterator(stack_.end() - count),
                                      std::make_move_iterator(stack_.end()));
        stack_.resize(stack_.size() - count);
        return operands;
    }

    static uint32_t depth_over(const std::vector<Operand> &operands) {
        uint32_t depth = 0;
        for (const auto &operand : operands) depth = std::max(depth, operand.depth);
        return depth + 1;
    }

    void step(const xs_node &node) {
        switch (node.op) {
            case XS_OP_TERM: {
                const std::string term = text(node);
                check_term(term);
                if (node.number == 0) refuse("a term of a query has the frequency 0");
                push_term(term, node.number);
                break;
            }
            // Never the static MatchAll: its reference count is shared between threads and not atomic.
            case XS_OP_ALL: push(Xapian::Query(std::string())); break;
            case XS_OP_NOTHING: push(Xapian::Query()); break;
            case XS_OP_AND: combine(node, Xapian::Query::OP_AND, true); break;
            case XS_OP_OR: combine(node, Xapian::Query::OP_OR, false); break;
            case XS_OP_SYNONYM: combine(node, Xapian::Query::OP_SYNONYM, false); break;
            case XS_OP_MAX: combine(node, Xapian::Query::OP_MAX, false); break;
            case XS_OP_AND_NOT:
            case XS_OP_AND_MAYBE:
            case XS_OP_FILTER: pair(node); break;
            case XS_OP_PHRASE: in_stream(node, true); break;
            case XS_OP_NEAR: in_stream(node, false); break;
            case XS_OP_CHAIN: in_stream(node, false); break;
            case XS_OP_SCALE: {
                if (!(node.low >= 0) || !std::isfinite(node.low)) {
                    refuse("a factor of a query is negative or not finite");
                }
                const auto operands = pop(1);
                const Operand &inner = operands[0];
                if (inner.query.empty()) {
                    push(Xapian::Query());
                } else {
                    push(Xapian::Query(node.low, inner.query), Xapian::Query(node.low, inner.plain),
                         inner.depth + 1, inner.has_values, inner.ticks && node.low > 0);
                    if (node.low > 0) stack_.back().parts = inner.parts;
                    for (ScoredTerms &part : stack_.back().parts) part.factor *= node.low;
                }
                break;
            }
            case XS_OP_VALUE_RANGE: range(node); break;
            case XS_OP_VALUE_IN: value_in(node); break;
            case XS_OP_PREFIX: prefix(node); break;
            default: refuse("a query program has the unknown operator " + std::to_string(node.op));
        }
    }

    void combine(const xs_node &node, Xapian::Query::op op, bool needs_all) {
        const auto operands = pop(node.count);
        const bool is_synonym = op == Xapian::Query::OP_SYNONYM;
        std::vector<Xapian::Query> queries, plain;
        bool has_values = false;
        bool any_ticks = false, all_tick = true;
        // What an OR sums up of scored terms is walked through as one.
        std::vector<ScoredTerms> parts;
        std::vector<Xapian::Query> summed;
        for (const auto &operand : operands) {
            if (operand.query.empty()) continue;
            plain.push_back(operand.plain);
            has_values = has_values || operand.has_values;
            any_ticks = any_ticks || operand.ticks;
            all_tick = all_tick && operand.ticks;
            if (op == Xapian::Query::OP_OR && !operand.parts.empty() &&
                parts.size() + operand.parts.size() <= maximum_parts) {
                parts.insert(parts.end(), operand.parts.begin(), operand.parts.end());
                summed.push_back(operand.query);
            } else {
                queries.push_back(is_synonym ? operand.plain : operand.query);
            }
        }
        if (!summed.empty()) queries.push_back(summed.size() == 1 ? summed[0] : scored(parts));
        const bool ticks = !is_synonym && (needs_all ? any_ticks : all_tick);
        if (is_synonym && has_values) refuse("neither a value range nor a phrase of the word stream can be scored as a synonym");
        const uint32_t depth = depth_over(operands);
        if (queries.empty() || (needs_all && queries.size() != operands.size())) {
            push(Xapian::Query());
        } else if (is_synonym && formula_ != nullptr && merge(operands)) {
            return;
        } else {
            const Xapian::Query all = plain.size() == 1 && !is_synonym ? plain[0] : Xapian::Query(op, plain.begin(), plain.end());
            if (queries.size() == 1 && !is_synonym) {
                push(queries[0], all, depth, has_values, ticks);
                stack_.back().parts = std::move(parts);
            } else {
                push(Xapian::Query(op, queries.begin(), queries.end()), all, depth, has_values, ticks);
            }
        }
    }

    /// Puts a synonym of terms only onto the stack; says whether the operands are such.
    bool merge(const std::vector<Operand> &operands) {
        std::vector<std::string> terms;
        for (const auto &operand : operands) {
            if (operand.query.empty()) continue;
            if (operand.terms.empty()) return false;
            terms.insert(terms.end(), operand.terms.begin(), operand.terms.end());
        }
        // One is as good as two, and counted twice it could occur more often than its document is long.
        std::sort(terms.begin(), terms.end());
        terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
        if (terms.size() > maximum_merged) return false;
        const Xapian::Query plain(Xapian::Query::OP_SYNONYM, terms.begin(), terms.end());
        push_scored({{terms, 1, 1, {}}}, plain, depth_over(operands));
        stack_.back().terms = std::move(terms);
        return true;
    }

    void pair(const xs_node &node) {
        if (node.count != 2) refuse("an operator of two operands was given " + std::to_string(node.count));
        const auto operands = pop(2);
        const Operand &first = operands[0];
        const Operand &second = operands[1];
        const uint32_t depth = depth_over(operands);
        if (first.query.empty() || (second.query.empty() && node.op == XS_OP_FILTER)) {
            push(Xapian::Query());
        } else if (second.query.empty()) {
            push(first.query, first.plain, depth, first.has_values, first.ticks);
        } else {
            const auto op = node.op == XS_OP_AND_NOT     ? Xapian::Query::OP_AND_NOT
                            : node.op == XS_OP_AND_MAYBE ? Xapian::Query::OP_AND_MAYBE
                                                         : Xapian::Query::OP_FILTER;
            const Xapian::Query &added = node.op == XS_OP_AND_MAYBE ? second.query : second.plain;
            if (node.op == XS_OP_FILTER && restrict(first, second, depth)) return;
            push(Xapian::Query(op, first.query, added), Xapian::Query(op, first.plain, second.plain), depth,
                 first.has_values || second.has_values, first.ticks);
        }
    }

    /// Puts scored terms that count in some documents only onto the stack, which stay part of a sum; says whether the operands
    /// are such.
    bool restrict(const Operand &scored, const Operand &filter, uint32_t depth) {
        const auto is_free = [](const ScoredTerms &part) { return !part.condition; };
        if (!filter.condition || scored.parts.empty() || !std::all_of(scored.parts.begin(), scored.parts.end(), is_free)) {
            return false;
        }
        std::vector<ScoredTerms> parts = scored.parts;
        for (ScoredTerms &part : parts) part.condition = filter.condition;
        push_scored(std::move(parts), Xapian::Query(Xapian::Query::OP_FILTER, scored.plain, filter.plain), depth);
        stack_.back().has_values = true;
        return true;
    }

    void in_stream(const xs_node &node, bool ordered) {
        if (search_.stream_slot == Xapian::BAD_VALUENO) refuse("a phrase was asked for without the slot of word streams");
        StreamScope scope;
        if (node.low == XS_STREAM_ANYWHERE) scope = StreamScope::anywhere;
        else if (node.low == XS_STREAM_FIRST_FIELD) scope = StreamScope::first_field;
        else if (node.low == XS_STREAM_MARKED_FIELDS) scope = StreamScope::marked_fields;
        else if (node.low == XS_STREAM_SECOND_FIELD) scope = StreamScope::second_field;
        else if (node.low == XS_STREAM_THIRD_FIELD) scope = StreamScope::third_field;
        else refuse("a phrase has an unknown scope");
        const StreamPattern pattern = node.op == XS_OP_CHAIN ? StreamPattern(text(node), scope)
                                                             : StreamPattern(text(node), node.number, ordered, scope);
        const auto operands = pop(node.count);
        std::vector<Xapian::Query> queries, plain;
        bool ticks = false;
        for (const auto &operand : operands) {
            if (operand.query.empty()) continue;
            queries.push_back(operand.query);
            plain.push_back(operand.plain);
            ticks = ticks || operand.ticks;
        }
        if (queries.empty() || queries.size() != operands.size()) {
            push(Xapian::Query());
            return;
        }
        const StreamSource::Candidates candidates{search_.stream_candidates, cut_streams_};
        const Xapian::Query holds((new StreamSource(pattern, search_.stream_slot, candidates, deadline_))->release());
        const auto held = [&](const std::vector<Xapian::Query> &operands) {
            const Xapian::Query all(Xapian::Query::OP_AND, operands.begin(), operands.end());
            return Xapian::Query(Xapian::Query::OP_FILTER, all, holds);
        };
        push(held(queries), held(plain), depth_over(operands) + 1, true, ticks);
    }

    void range(const xs_node &node) {
        const Xapian::valueno slot = node.number;
        if (slot == Xapian::BAD_VALUENO) refuse("a value slot is out of range");
        // No value is shorter than one NUL byte, so this is the least there is; an open begin would match documents
        // without a value.
        std::string low(1, '\0');
        if (!std::isnan(node.low)) low = std::max(low, Xapian::sortable_serialise(node.low));
        if (std::isnan(node.high)) {
            const Xapian::Query from(Xapian::Query::OP_VALUE_GE, slot, low);
            push(from, from, 1, true, false);
            return;
        }
        const std::string high = Xapian::sortable_serialise(node.high);
        const Xapian::Query between(Xapian::Query::OP_VALUE_RANGE, slot, low, high);
        push(low > high ? Xapian::Query() : between, low > high ? Xapian::Query() : between, 1, true, false);
    }

    void value_in(const xs_node &node) {
        const Xapian::valueno slot = node.number;
        if (slot == Xapian::BAD_VALUENO) refuse("a value slot is out of range");
        std::vector<std::string> texts(1);
        for (const char byte : text(node)) {
            if (byte == '\n') texts.emplace_back();
            else texts.back().push_back(byte);
        }
        for (const std::string &text : texts) {
            if (text.empty()) refuse("a value that is asked for is empty");
        }
        // The numbers of a stub's documents are not those of its parts, where sources look.
        const ValueColumn *column = database_.size() == 1 ? &columns_.whole(slot, database_) : nullptr;
        std::shared_ptr<const ValueCondition> condition;
        if (column != nullptr && column->is_made()) condition = std::make_shared<ValueCondition>(*column, texts);
        const Xapian::Query holds((new ValueSource(slot, texts, condition, deadline_))->release());
        push(holds, holds, 1, true, false);
        stack_.back().condition = condition;
    }

    void prefix(const xs_node &node) {
        const std::string start = text(node);
        check_term(start);
        if (node.number == 0 || node.number > maximum_expansion) {
            refuse("a prefix may expand to 1…" + std::to_string(maximum_expansion) + " terms");
        }
        uint32_t found = 0;
        const auto end = database_.allterms_end(start);
        for (auto term = database_.allterms_begin(start); term != end && found <= node.number; ++term) ++found;
        if (found > node.number) ++cut_prefixes_;
        push(Xapian::Query(Xapian::Query::OP_WILDCARD, start, node.number,
                           Xapian::Query::WILDCARD_LIMIT_MOST_FREQUENT, Xapian::Query::OP_SYNONYM));
    }
};

}  // namespace

BuiltQuery build_query(const xs_search &search, const Xapian::Database &database, Deadline &deadline,
                       const BM25Formula *formula, DocumentLengths &lengths, ValueColumns &columns) {
    return Builder(search, database, deadline, formula, lengths, columns).build();
}

}  // namespace shim
