// Guarded.cc: the exception translator and the checks every entry point shares.
#include "Guarded.hpp"

#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <exception>
#include <new>

namespace shim {

namespace {

// A cut never leaves half a character behind.
void copy_text(char *out, size_t capacity, const char *text) noexcept {
    size_t length = std::strlen(text);
    if (length >= capacity) {
        length = capacity - 1;
        while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xc0) == 0x80) --length;
    }
    std::memcpy(out, text, length);
    out[length] = '\0';
}

xs_status report(xs_error *error, xs_status status, const char *type, const char *message) noexcept {
    if (error != nullptr) {
        copy_text(error->type, sizeof error->type, type);
        copy_text(error->message, sizeof error->message, message);
    }
    return status;
}

xs_status report(xs_error *error, xs_status status, const Xapian::Error &caught) noexcept {
    if (error != nullptr) {
        copy_text(error->type, sizeof error->type, caught.get_type());
        try {
            std::string message = caught.get_msg();
            const char *system = caught.get_error_string();
            if (system != nullptr && *system != '\0') message.append(" (").append(system).append(")");
            copy_text(error->message, sizeof error->message, message.c_str());
        } catch (...) {
            copy_text(error->message, sizeof error->message, "out of memory while describing an error");
        }
    }
    return status;
}

// Xapian keeps errno only as a sentence, made by strerror and so translated like strerror.
bool is_system_error(const Xapian::Error &caught, int code) noexcept {
    const char *system = caught.get_error_string();
    return system != nullptr && std::strcmp(system, std::strerror(code)) == 0;
}

bool says(const Xapian::Error &caught, const char *words) noexcept {
    return caught.get_msg().find(words) != std::string::npos;
}

bool is_disk_full(const Xapian::Error &caught) noexcept {
    for (int code : {ENOSPC, EDQUOT, EFBIG}) {
        if (is_system_error(caught, code) || says(caught, std::strerror(code))) return true;
    }
    return false;
}

bool is_denied(const Xapian::Error &caught) noexcept {
    for (int code : {EACCES, EPERM, EROFS}) {
        if (is_system_error(caught, code) || says(caught, std::strerror(code))) return true;
    }
    return false;
}

}  // namespace

xs_status translate(xs_error *error) noexcept {
    // Most derived class first.
    try {
        throw;
    } catch (const Failure &caught) {
        return report(error, caught.status, "Shim", caught.message.c_str());
    } catch (const HardLimitPassed &) {
        return report(error, XS_TIMED_OUT, "HardLimitPassed", "the search took longer than its hard time limit");
    } catch (const Xapian::DatabaseLockError &caught) {
        // A lock file that may not be opened is nobody's lock.
        return report(error, is_denied(caught) ? XS_DENIED : XS_LOCKED, caught);
    } catch (const Xapian::DatabaseModifiedError &caught) {
        return report(error, XS_MODIFIED, caught);
    } catch (const Xapian::DatabaseVersionError &caught) {
        return report(error, XS_FORMAT, caught);
    } catch (const Xapian::DatabaseCorruptError &caught) {
        return report(error, is_disk_full(caught) ? XS_DISK_FULL : XS_CORRUPT, caught);
    } catch (const Xapian::DatabaseOpeningError &caught) {
        if (is_disk_full(caught)) return report(error, XS_DISK_FULL, caught);
        if (is_system_error(caught, ENOENT)) return report(error, XS_NOT_FOUND, caught);
        if (is_denied(caught)) return report(error, XS_DENIED, caught);
        const char *system = caught.get_error_string();
        // Without an errno the files were readable and made no sense.
        return report(error, system == nullptr ? XS_CORRUPT : XS_ENGINE, caught);
    } catch (const Xapian::DatabaseError &caught) {
        if (is_disk_full(caught)) return report(error, XS_DISK_FULL, caught);
        if (is_system_error(caught, ENOENT)) return report(error, XS_NOT_FOUND, caught);
        if (is_denied(caught)) return report(error, XS_DENIED, caught);
        // A block beyond the end of a file, or one that does not unpack, is reported as a plain DatabaseError.
        if (says(caught, "end of file") || says(caught, "EOF") || says(caught, "inflate")) {
            return report(error, XS_CORRUPT, caught);
        }
        return report(error, XS_ENGINE, caught);
    } catch (const Xapian::DocNotFoundError &caught) {
        return report(error, XS_NOT_FOUND, caught);
    } catch (const Xapian::NetworkTimeoutError &caught) {
        return report(error, XS_TIMED_OUT, caught);
    } catch (const Xapian::InvalidArgumentError &caught) {
        return report(error, XS_INVALID_ARGUMENT, caught);
    } catch (const Xapian::RangeError &caught) {
        return report(error, XS_INVALID_ARGUMENT, caught);
    } catch (const Xapian::SerialisationError &caught) {
        return report(error, XS_CORRUPT, caught);
    } catch (const Xapian::Error &caught) {
        return report(error, is_disk_full(caught) ? XS_DISK_FULL : XS_ENGINE, caught);
    } catch (const std::bad_alloc &) {
        return report(error, XS_NO_MEMORY, "bad_alloc", "out of memory");
    } catch (const std::exception &caught) {
        return report(error, XS_ENGINE, "std::exception", caught.what());
    } catch (...) {
        return report(error, XS_ENGINE, "unknown", "an exception of an unknown type");
    }
}

void check_term(const char *bytes, size_t length) {
    if (length == 0) refuse("a term is empty");
    size_t stored = length;
    for (size_t i = 0; i < length && stored <= XS_MAX_TERM_BYTES; ++i) {
        if (bytes[i] == '\0') ++stored;
    }
    if (stored > XS_MAX_TERM_BYTES) {
        refuse("a term has " + std::to_string(length) + " bytes, more than " + std::to_string(XS_MAX_TERM_BYTES));
    }
}

void require_postings(const std::string &path) {
    struct stat found;
    if (::stat((path + "/iamglass").c_str(), &found) != 0) return;
    if (::stat((path + "/postlist.glass").c_str(), &found) == 0 || errno != ENOENT) return;
    throw Failure{XS_CORRUPT, "postlist.glass, the table of postings and values, is missing"};
}

void require_index(const std::string &path) {
    if (path.empty() || path.find('\0') != std::string::npos) refuse("the path of an index is empty or holds a NUL");
    struct stat found;
    if (::stat(path.c_str(), &found) != 0) {
        if (errno == ENOENT || errno == ENOTDIR) throw Failure{XS_NOT_FOUND, "nothing is there"};
        throw Failure{errno == EACCES ? XS_DENIED : XS_ENGINE, std::strerror(errno)};
    }
    if (!S_ISDIR(found.st_mode)) throw Failure{XS_NOT_FOUND, "what is there is a file, not the directory of an index"};
    for (const char *name : {"/iamglass", "/XAPIANDB", "/iamchert"}) {
        if (::stat((path + name).c_str(), &found) == 0) {
            require_postings(path);
            return;
        }
        if (errno == EACCES) throw Failure{XS_DENIED, std::strerror(errno)};
    }
    throw Failure{XS_NOT_FOUND, "the directory holds no index"};
}

}  // namespace shim

extern "C" uint32_t xs_xapian_version(void) noexcept {
    return uint32_t(Xapian::major_version()) * 1000000 + uint32_t(Xapian::minor_version()) * 1000 +
           uint32_t(Xapian::revision());
}
