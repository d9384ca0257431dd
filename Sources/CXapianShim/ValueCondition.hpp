// ValueCondition.hpp: documents whose value in a slot is one of some texts.
#ifndef CXAPIANSHIM_VALUECONDITION_HPP
#define CXAPIANSHIM_VALUECONDITION_HPP

#include <xapian.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "FilterSource.hpp"
#include "ValueColumns.hpp"
#include "ValueReader.hpp"

namespace shim {

/// Which values of a column are let through: a look at two numbers in memory per document.
class ValueCondition {
  public:
    /// The column stays where it is for as long as the search runs.
    ValueCondition(const ValueColumn &column, const std::vector<std::string> &texts) : column_(column) {
        for (const std::string &text : column.texts) {
            // The first one is that of documents without a value, and of numbers without a document.
            const bool is_wanted = !text.empty() && std::find(texts.begin(), texts.end(), text) != texts.end();
            if (is_wanted) documents_ += column.documents[allowed_.size()];
            allowed_.push_back(is_wanted);
        }
    }

    bool allows(Xapian::docid document) const { return allowed_[column_.row(document)] != 0; }
    /// How many documents it lets through.
    Xapian::doccount documents() const { return documents_; }

  private:
    const ValueColumn &column_;
    std::vector<uint8_t> allowed_;
    Xapian::doccount documents_ = 0;
};

/// The same as a filter by itself; without a column each candidate's value is read.
class ValueSource final : public FilterSource {
  public:
    ValueSource(Xapian::valueno slot, std::vector<std::string> texts, std::shared_ptr<const ValueCondition> condition,
                Deadline &deadline)
        : FilterSource(deadline), slot_(slot), texts_(std::move(texts)), condition_(std::move(condition)) {}

    PostingSource *clone() const override { return new ValueSource(slot_, texts_, condition_, deadline()); }
    Xapian::doccount get_termfreq_est() const override { return get_termfreq_max(); }
    Xapian::doccount get_termfreq_max() const override {
        return condition_ ? condition_->documents() : FilterSource::get_termfreq_max();
    }

  private:
    void begin(const Xapian::Database &database) override {
        if (!condition_) values_ = ValueReader(database, slot_);
    }
    bool matches(Xapian::docid document) override {
        if (condition_) return condition_->allows(document);
        return values_.find(document) && std::find(texts_.begin(), texts_.end(), values_.value()) != texts_.end();
    }

    Xapian::valueno slot_;
    std::vector<std::string> texts_;
    std::shared_ptr<const ValueCondition> condition_;
    ValueReader values_;
};

}  // namespace shim

#endif
