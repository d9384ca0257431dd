// Reader.cc: opening, refreshing and the small questions.
#include "Reader.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include "Guarded.hpp"
#include "Page.hpp"
#include "ValueReader.hpp"

void xs_reader::open() {
    shim::require_index(path);
    // Identity first: if the directory is exchanged in between, the next refresh sees it.
    const int opened = ::open(path.c_str(), O_PATH | O_CLOEXEC);
    if (opened < 0) {
        const xs_status status = errno == ENOENT ? XS_NOT_FOUND : errno == EACCES ? XS_DENIED : XS_ENGINE;
        throw shim::Failure{status, std::strerror(errno)};
    }
    if (held >= 0) ::close(held);
    held = opened;
    device = 0;
    inode = 0;
    struct stat found;
    if (::fstat(held, &found) != 0) throw shim::Failure{XS_ENGINE, std::strerror(errno)};
    database = Xapian::Database(path);
    forget();
    device = found.st_dev;
    inode = found.st_ino;
}

xs_reader::~xs_reader() {
    if (held >= 0) ::close(held);
}

uint64_t xs_reader::revision() const {
    try {
        return database.get_revision();
    } catch (const Xapian::InvalidOperationError &) {
        return 0;  // a stub of several indexes has no revision of its own
    }
}

extern "C" xs_status xs_reader_open(const char *path, size_t path_length, xs_reader **out, xs_error *error) noexcept {
    return shim::guarded(error, [&] {
        auto reader = std::make_unique<xs_reader>();
        reader->path = shim::borrowed(path, path_length);
        reader->open();
        *out = reader.release();
    });
}

extern "C" xs_status xs_reader_refresh(xs_reader *reader, uint64_t *revision, xs_error *error) noexcept {
    return shim::guarded(error, [&] {
        struct stat found;
        const bool there = ::stat(reader->path.c_str(), &found) == 0;
        if (there && found.st_dev == reader->device && found.st_ino == reader->inode) {
            if (reader->database.reopen()) reader->forget();
        } else {
            reader->open();
        }
        *revision = reader->revision();
    });
}

extern "C" xs_status xs_reader_statistics(xs_reader *reader, xs_statistics *out, xs_error *error) noexcept {
    return shim::guarded(error, [&] {
        xs_statistics found{};
        found.documents = reader->database.get_doccount();
        found.average_length = reader->database.get_avlength();
        found.revision = reader->revision();
        found.last_document_id = reader->database.get_lastdocid();
        found.identity = std::hash<std::string>{}(reader->database.get_uuid());
        *out = found;
    });
}

extern "C" xs_status xs_reader_frequencies(xs_reader *reader, const uint8_t *terms, size_t terms_length,
                                           uint32_t count, uint64_t *document_frequency,
                                           uint64_t *collection_frequency, xs_error *error) noexcept {
    return shim::guarded(error, [&] {
        shim::Cursor cursor(terms, terms_length);
        for (uint32_t i = 0; i < count; ++i) {
            const std::string term = cursor.text();
            shim::check_term(term);
            document_frequency[i] = reader->database.get_termfreq(term);
            collection_frequency[i] = reader->database.get_collection_freq(term);
        }
        if (!cursor.done()) shim::refuse("there are more terms than were counted");
    });
}

namespace {

/// The values of documents in a slot, as the data of a page.
std::unique_ptr<xs_page> values_of(const xs_reader &reader, Xapian::valueno slot, const uint64_t *documents, size_t count,
                                   bool is_required) {
    auto page = std::make_unique<xs_page>();
    page->data.pieces.resize(count);
    std::vector<size_t> rows(count);
    std::iota(rows.begin(), rows.end(), size_t(0));
    std::sort(rows.begin(), rows.end(), [&](size_t a, size_t b) { return documents[a] < documents[b]; });
    shim::ValueReader values(reader.database, slot);
    for (const size_t row : rows) {
        const uint64_t number = documents[row];
        if (number == 0 || number > Xapian::docid(-1)) shim::refuse("a document number is out of range");
        if (values.find(Xapian::docid(number))) {
            page->data.set(row, values.value());
        } else if (is_required) {
            reader.database.get_document(Xapian::docid(number));  // throws if there is none
        }
    }
    page->seal(false);
    return page;
}

}  // namespace

extern "C" xs_status xs_reader_data(xs_reader *reader, const uint64_t *documents, size_t count, xs_page **out,
                                    xs_error *error) noexcept {
    return shim::guarded(error,
                         [&] { *out = values_of(*reader, shim::data_slot, documents, count, true).release(); });
}

extern "C" xs_status xs_reader_values(xs_reader *reader, uint32_t slot, const uint64_t *documents, size_t count,
                                      xs_page **out, xs_error *error) noexcept {
    return shim::guarded(error, [&] {
        if (slot >= shim::data_slot) shim::refuse("a value slot is out of range");
        *out = values_of(*reader, slot, documents, count, false).release();
    });
}

extern "C" xs_status xs_reader_lexicon(xs_reader *reader, const char *prefix, size_t prefix_length, const char *after,
                                       size_t after_length, uint32_t limit, xs_page **out, xs_error *error) noexcept {
    return shim::guarded(error, [&] {
        if (limit == 0 || limit > 10000000) shim::refuse("a list of terms is limited to 1…10000000");
        const std::string start = shim::borrowed(prefix, prefix_length);
        const std::string last = shim::borrowed(after, after_length);
        auto page = std::make_unique<xs_page>();
        auto term = reader->database.allterms_begin(start);
        const auto end = reader->database.allterms_end(start);
        if (!last.empty() && term != end) {
            term.skip_to(last);
            if (term != end && *term == last) ++term;
        }
        for (; term != end; ++term) {
            if (page->lexicon_frequency.size() == limit) {
                page->view.cut_prefixes = 1;
                break;
            }
            page->lexicon.add(*term);
            page->lexicon_frequency.push_back(term.get_termfreq());
        }
        page->view.revision = reader->revision();
        page->seal(true);
        *out = page.release();
    });
}

extern "C" xs_status xs_reader_metadata(xs_reader *reader, const char *key, size_t key_length, xs_page **out,
                                        xs_error *error) noexcept {
    return shim::guarded(error, [&] {
        const std::string name = shim::borrowed(key, key_length);
        if (name.empty() || name.size() > 200) shim::refuse("a metadata key is empty or longer than 200 bytes");
        auto page = std::make_unique<xs_page>();
        page->data.pieces.resize(1);
        page->data.set(0, reader->database.get_metadata(name));
        page->seal(false);
        *out = page.release();
    });
}

extern "C" void xs_reader_close(xs_reader *reader) noexcept {
    shim::guarded(nullptr, [&] { delete reader; });
}

extern "C" void xs_page_read(const xs_page *page, xs_page_view *out) noexcept { *out = page->view; }

extern "C" void xs_page_close(xs_page *page) noexcept { delete page; }
