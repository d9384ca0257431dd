// Writer.cc: the only writer of an index, one transaction at a time.
//
// Xapian commits by itself when its flush threshold is reached, unless a transaction is open: then the changes go into
// uncommitted blocks and wait. So a transaction is always open here, and xs_writer_commit is the only durable point.
#include "Guarded.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <string>
#include <vector>

namespace {

/// The place of XAPIAN_FLUSH_THRESHOLD in the environment; see the head of CXapianShim.h.
class ThresholdVariable {
  public:
    ThresholdVariable() noexcept {
        const char *set = std::getenv("XAPIAN_FLUSH_THRESHOLD");
        const long value = set == nullptr ? 0 : std::strtol(set, nullptr, 10);
        write(value > 0 && value <= 999999999 ? uint32_t(value) : 10000);
        ::putenv(entry_);
    }

    /// Runs body with the variable saying threshold; 0 leaves it as it is.
    template <typename Body>
    void with(uint32_t threshold, Body &&body) {
        std::lock_guard<std::mutex> held(lock_);
        if (threshold == 0) {
            body();
            return;
        }
        // Someone may have put another entry in the place of ours.
        if (std::getenv("XAPIAN_FLUSH_THRESHOLD") != digits()) ::putenv(entry_);
        char before[digit_count + 1];
        std::memcpy(before, digits(), sizeof before);
        struct Restore {
            char *place;
            const char *content;
            ~Restore() { std::memcpy(place, content, digit_count + 1); }
        } restore{digits(), before};
        write(threshold);
        body();
    }

  private:
    static constexpr size_t name_length = sizeof("XAPIAN_FLUSH_THRESHOLD=") - 1;
    static constexpr size_t digit_count = 9;
    std::mutex lock_;
    char entry_[name_length + digit_count + 1] = "XAPIAN_FLUSH_THRESHOLD=";

    char *digits() noexcept { return entry_ + name_length; }
    void write(uint32_t value) noexcept {
        for (size_t i = digit_count; i-- > 0; value /= 10) digits()[i] = char('0' + value % 10);
        digits()[digit_count] = '\0';
    }
};

// Made when the library is loaded, before there are threads that read the environment.
ThresholdVariable threshold_variable;

/// A term of a packed document, borrowed from its buffer.
struct PackedTerm {
    uint64_t start;  // its first bytes as a number that sorts as they do
    const char *bytes;
    uint32_t length;
    uint32_t wdf;

    bool operator<(const PackedTerm &other) const {
        if (start != other.start) return start < other.start;
        const int order = std::memcmp(bytes, other.bytes, std::min(length, other.length));
        return order != 0 ? order < 0 : length < other.length;
    }
};

PackedTerm packed_term(shim::Cursor &cursor) {
    const uint64_t length = cursor.varint();
    if (length > XS_MAX_TERM_BYTES) {
        shim::refuse("a term has " + std::to_string(length) + " bytes, more than " + std::to_string(XS_MAX_TERM_BYTES));
    }
    PackedTerm term{0, cursor.take(size_t(length)), uint32_t(length), 0};
    shim::check_term(term.bytes, term.length);
    for (uint32_t i = 0; i < 8; ++i) {
        term.start = term.start << 8 | (i < term.length ? static_cast<unsigned char>(term.bytes[i]) : 0);
    }
    return term;
}

/// terms: memory to work in.
Xapian::Document unpack(const uint8_t *bytes, size_t length, std::vector<PackedTerm> &terms) {
    Xapian::Document document;
    shim::Cursor cursor(bytes, length);
    std::string term;
    terms.clear();
    while (!cursor.done()) {
        const uint8_t tag = cursor.byte();
        switch (tag) {
            case XS_TAG_TERM: {
                PackedTerm found = packed_term(cursor);
                found.wdf = cursor.number();
                terms.push_back(found);
                break;
            }
            case XS_TAG_BOOLEAN: terms.push_back(packed_term(cursor)); break;
            case XS_TAG_VALUE: {
                const Xapian::valueno slot = cursor.number();
                if (slot >= shim::data_slot) shim::refuse("a value slot is out of range");
                document.add_value(slot, cursor.text());
                break;
            }
            case XS_TAG_NUMBER: {
                const Xapian::valueno slot = cursor.number();
                if (slot >= shim::data_slot) shim::refuse("a value slot is out of range");
                double number;
                std::memcpy(&number, cursor.take(sizeof number), sizeof number);
                if (number != number) shim::refuse("a number is NaN");
                document.add_value(slot, Xapian::sortable_serialise(number));
                break;
            }
            case XS_TAG_DATA:
                document.add_value(shim::data_slot, cursor.text());
                break;
            default:
                shim::refuse("a packed document has the unknown tag " + std::to_string(tag));
        }
    }
    // A document keeps its terms in a tree, which is built a good deal faster in order.
    std::sort(terms.begin(), terms.end());
    for (const PackedTerm &entry : terms) {
        term.assign(entry.bytes, entry.length);
        document.add_term(term, entry.wdf);
    }
    return document;
}

}  // namespace

struct xs_writer {
    std::string path;
    uint32_t threshold;
    Xapian::WritableDatabase database;
    bool in_transaction = false;
    bool lost = false;
    std::vector<PackedTerm> terms{};

    void open(int flags) {
        threshold_variable.with(threshold, [&] { database = Xapian::WritableDatabase(path, flags); });
        begin();
        lost = false;
    }
    void begin() {
        database.begin_transaction(true);
        in_transaction = true;
    }
    void cancel() {
        if (!in_transaction) return;
        in_transaction = false;
        database.cancel_transaction();
    }
    /// A failure inside Xapian drops all changes since the last commit; from then on nothing may be committed that
    /// the caller believes to be complete.
    template <typename Body>
    void change(Body &&body) {
        if (lost) {
            throw shim::Failure{XS_BATCH_LOST, "an earlier failure dropped the changes since the last commit"};
        }
        try {
            body();
        } catch (...) {
            lost = true;
            throw;
        }
    }
};

extern "C" xs_status xs_writer_open(const char *path, size_t path_length, int32_t mode, uint32_t flush_threshold,
                                    xs_writer **out, xs_error *error) noexcept {
    return shim::guarded(error, [&] {
        const std::string where = shim::borrowed(path, path_length);
        if (where.empty() || where.find('\0') != std::string::npos) {
            shim::refuse("the path of an index is empty or holds a NUL");
        }
        if (flush_threshold > 1000000) shim::refuse("the flush threshold is above 1000000");
        int flags = 0;
        switch (mode) {
            case XS_OPEN_EXISTING:
            case XS_OPEN_SCRATCH:
                shim::require_index(where);
                flags = Xapian::DB_OPEN | (mode == XS_OPEN_SCRATCH ? Xapian::DB_NO_SYNC : 0);
                break;
            case XS_CREATE_NEW: {
                struct stat found;
                if (::stat((where + "/iamglass").c_str(), &found) == 0) shim::refuse("there is an index already");
                flags = Xapian::DB_CREATE;
                break;
            }
            case XS_CREATE_OR_OPEN:
                shim::require_postings(where);
                flags = Xapian::DB_CREATE_OR_OPEN;
                break;
            case XS_CREATE_OR_OVERWRITE: flags = Xapian::DB_CREATE_OR_OVERWRITE; break;
            case XS_CREATE_SCRATCH: flags = Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_NO_SYNC; break;
            default: shim::refuse("an unknown mode of opening");
        }
        xs_writer *writer = new xs_writer{where, flush_threshold, {}, false, false, {}};
        try {
            writer->open(flags);
        } catch (...) {
            delete writer;
            throw;
        }
        *out = writer;
    });
}

extern "C" xs_status xs_writer_replace(xs_writer *writer, const char *unique_term, size_t unique_length,
                                       const uint8_t *document, size_t document_length, xs_error *error) noexcept {
    return shim::guarded(error, [&] {
        const std::string unique = shim::borrowed(unique_term, unique_length);
        shim::check_term(unique);
        Xapian::Document unpacked = unpack(document, document_length, writer->terms);
        unpacked.add_boolean_term(unique);
        writer->change([&] { writer->database.replace_document(unique, unpacked); });
    });
}

extern "C" xs_status xs_writer_add(xs_writer *writer, const char *unique_term, size_t unique_length,
                                   const uint8_t *document, size_t document_length, xs_error *error) noexcept {
    return shim::guarded(error, [&] {
        const std::string unique = shim::borrowed(unique_term, unique_length);
        shim::check_term(unique);
        Xapian::Document unpacked = unpack(document, document_length, writer->terms);
        unpacked.add_boolean_term(unique);
        writer->change([&] { writer->database.add_document(unpacked); });
    });
}

extern "C" xs_status xs_writer_delete(xs_writer *writer, const char *unique_term, size_t unique_length,
                                      xs_error *error) noexcept {
    return shim::guarded(error, [&] {
        const std::string unique = shim::borrowed(unique_term, unique_length);
        shim::check_term(unique);
        writer->change([&] { writer->database.delete_document(unique); });
    });
}

extern "C" xs_status xs_writer_set_metadata(xs_writer *writer, const char *key, size_t key_length,
                                            const uint8_t *value, size_t value_length, xs_error *error) noexcept {
    return shim::guarded(error, [&] {
        const std::string name = shim::borrowed(key, key_length);
        if (name.empty() || name.size() > 200) shim::refuse("a metadata key is empty or longer than 200 bytes");
        const std::string content = shim::borrowed(reinterpret_cast<const char *>(value), value_length);
        writer->change([&] { writer->database.set_metadata(name, content); });
    });
}

extern "C" xs_status xs_writer_commit(xs_writer *writer, uint64_t *revision, xs_error *error) noexcept {
    return shim::guarded(error, [&] {
        writer->change([&] {
            // Closed even if it fails: Xapian ends the transaction before it commits.
            writer->in_transaction = false;
            writer->database.commit_transaction();
            const uint64_t reached = writer->database.get_revision();
            writer->begin();
            *revision = reached;
        });
    });
}

extern "C" xs_status xs_writer_rollback(xs_writer *writer, xs_error *error) noexcept {
    return shim::guarded(error, [&] {
        if (!writer->lost) {
            writer->change([&] {
                writer->cancel();
                writer->begin();
            });
            return;
        }
        // After a failure inside the engine only a fresh start is sure to hold nothing of the lost batch.
        try {
            writer->cancel();
        } catch (const Xapian::Error &) {
            // Closing drops the same changes.
        }
        try {
            writer->database.close();
        } catch (const Xapian::Error &) {
            // The files are let go in any case.
        }
        writer->database = Xapian::WritableDatabase();
        writer->open(Xapian::DB_OPEN);
    });
}

extern "C" xs_status xs_writer_document_count(xs_writer *writer, uint64_t *count, xs_error *error) noexcept {
    return shim::guarded(error, [&] { *count = writer->database.get_doccount(); });
}

extern "C" void xs_writer_close(xs_writer *writer) noexcept {
    if (writer == nullptr) return;
    shim::guarded(nullptr, [&] { writer->cancel(); });
    shim::guarded(nullptr, [&] { writer->database.close(); });
    delete writer;
}

extern "C" size_t xs_number_encode(double number, uint8_t out[9]) noexcept {
    size_t length = 0;
    shim::guarded(nullptr, [&] {
        if (number != number) return;
        const std::string bytes = Xapian::sortable_serialise(number);
        if (bytes.size() > 9) return;
        if (!bytes.empty()) std::memcpy(out, bytes.data(), bytes.size());
        length = bytes.size();
    });
    return length;
}

extern "C" double xs_number_decode(const uint8_t *bytes, size_t length) noexcept {
    double number = 0;
    shim::guarded(nullptr, [&] {
        number = Xapian::sortable_unserialise(shim::borrowed(reinterpret_cast<const char *>(bytes), length));
    });
    return number;
}
