// ValueReader.hpp: values of a slot, of documents in rising order.
#ifndef CXAPIANSHIM_VALUEREADER_HPP
#define CXAPIANSHIM_VALUEREADER_HPP

#include <xapian.h>

#include <string>

namespace shim {

/// Reads the stream of a slot's values from front to back, which is cheaper than a look-up for each document.
class ValueReader {
  public:
    ValueReader() = default;
    ValueReader(const Xapian::Database &database, Xapian::valueno slot)
        : values_(database.valuestream_begin(slot)), end_(database.valuestream_end(slot)) {}

    /// Whether a document, not before the last one asked for, has a value.
    bool find(Xapian::docid document) {
        return values_ != end_ && values_.check(document) && values_ != end_ && values_.get_docid() == document;
    }

    /// The value of the document found.
    std::string value() const { return *values_; }

  private:
    Xapian::ValueIterator values_, end_;
};

}  // namespace shim

#endif
