// Guarded.hpp: the one place where a C++ exception becomes a status.
#ifndef CXAPIANSHIM_GUARDED_HPP
#define CXAPIANSHIM_GUARDED_HPP

#include <xapian.h>

#include <cstddef>
#include <cstdint>
#include <string>

#include "CXapianShim.h"

namespace shim {

/// A failure found by the shim itself.
struct Failure {
    xs_status status;
    std::string message;
};

/// The hard limit of a search passed.
struct HardLimitPassed {};

[[noreturn]] inline void refuse(std::string message) { throw Failure{XS_INVALID_ARGUMENT, std::move(message)}; }

/// Fills error from the exception being handled and gives its status. Call it inside a catch block only.
xs_status translate(xs_error *error) noexcept;

/// Runs body; every exception becomes a status.
template <typename Body>
xs_status guarded(xs_error *error, Body &&body) noexcept {
    try {
        body();
        return XS_OK;
    } catch (...) {
        return translate(error);
    }
}

/// Text lent by the caller. A null pointer is allowed only with length 0.
inline std::string borrowed(const char *bytes, size_t length) {
    if (length == 0) return std::string();
    if (bytes == nullptr) refuse("a text was given as a null pointer");
    return std::string(bytes, length);
}

/// Refuses a term that Xapian would refuse, before Xapian drops the batch because of it.
void check_term(const char *bytes, size_t length);
inline void check_term(const std::string &term) { check_term(term.data(), term.size()); }

/// Throws XS_NOT_FOUND with a plain sentence if there is no index at path.
void require_index(const std::string &path);

/// Throws XS_CORRUPT if a version file stands there without the one table every index has: Xapian's writer would start
/// an empty one in its place.
void require_postings(const std::string &path);

/// Where documents keep their data: as a value, since Xapian deflates what it keeps as a document's data, a tenth of the
/// work of indexing.
constexpr Xapian::valueno data_slot = 255;

/// Reads a packed buffer from front to back; refuses to go over its end.
class Cursor {
  public:
    Cursor(const uint8_t *bytes, size_t length) : at_(bytes), end_(bytes + length) {
        if (bytes == nullptr && length != 0) refuse("a buffer was given as a null pointer");
    }
    bool done() const { return at_ == end_; }
    uint8_t byte() {
        if (at_ == end_) refuse("a packed buffer ends in the middle of an entry");
        return *at_++;
    }
    uint64_t varint() {
        uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            const uint8_t part = byte();
            value |= uint64_t(part & 0x7f) << shift;
            if (!(part & 0x80)) return value;
        }
        refuse("a packed number is longer than 64 bits");
    }
    uint32_t number() {
        const uint64_t value = varint();
        if (value > UINT32_MAX) refuse("a packed number is larger than 32 bits");
        return uint32_t(value);
    }
    const char *take(size_t length) {
        if (size_t(end_ - at_) < length) refuse("a packed buffer ends in the middle of an entry");
        const char *start = reinterpret_cast<const char *>(at_);
        at_ += length;
        return start;
    }
    /// length, bytes
    std::string text() {
        const uint64_t length = varint();
        if (length > size_t(end_ - at_)) refuse("a packed buffer ends in the middle of an entry");
        return std::string(take(size_t(length)), size_t(length));
    }

  private:
    const uint8_t *at_;
    const uint8_t *end_;
};

}  // namespace shim

#endif
