// Files.cc: whole indexes: compacting, exchanging, checking.
#include "Guarded.hpp"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <sstream>
#include <string>
#include <system_error>

namespace {

[[noreturn]] void fail(const char *what, int code) {
    const bool full = code == ENOSPC || code == EDQUOT || code == EFBIG;
    const bool denied = code == EACCES || code == EPERM || code == EROFS;
    const xs_status status =
        full ? XS_DISK_FULL : code == ENOENT ? XS_NOT_FOUND : denied ? XS_DENIED : XS_ENGINE;
    throw shim::Failure{status, std::string(what) + ": " + std::strerror(code)};
}

void synchronise(const std::string &path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) fail("a file could not be opened for flushing", errno);
    const int status = ::fsync(file);
    const int code = errno;
    ::close(file);
    if (status != 0) fail("a file could not be flushed to disk", code);
}

std::string parent(const std::string &path) {
    const std::string above = std::filesystem::path(path).parent_path().string();
    return above.empty() ? "." : above;
}

std::string checked_path(const char *bytes, size_t length) {
    const std::string path = shim::borrowed(bytes, length);
    if (path.empty() || path.find('\0') != std::string::npos) shim::refuse("a path is empty or holds a NUL");
    return path;
}

}  // namespace

extern "C" xs_status xs_compact(const uint8_t *paths, size_t paths_length, uint32_t count, const char *destination,
                                size_t destination_length, int32_t is_durable, xs_error *error) noexcept {
    return shim::guarded(error, [&] {
        const std::string target = checked_path(destination, destination_length);
        struct stat found;
        if (::stat(target.c_str(), &found) == 0) shim::refuse("there is something at the destination already");
        if (count == 0) shim::refuse("there is nothing to compact");
        shim::Cursor cursor(paths, paths_length);
        Xapian::Database all;
        for (uint32_t i = 0; i < count; ++i) {
            const std::string path = cursor.text();
            shim::require_index(path);
            all.add_database(Xapian::Database(path));
        }
        if (!cursor.done()) shim::refuse("there are more paths than were counted");
        try {
            // All at once: in several passes forty indexes took three times as long.
            all.compact(target);
            if (!is_durable) return;
            for (const auto &entry : std::filesystem::directory_iterator(target)) synchronise(entry.path().string());
            synchronise(target);
            synchronise(parent(target));
        } catch (...) {
            std::error_code ignored;
            std::filesystem::remove_all(target, ignored);
            throw;
        }
    });
}

extern "C" xs_status xs_exchange(const char *fresh, size_t fresh_length, const char *path, size_t path_length,
                                 int32_t *existed, xs_error *error) noexcept {
    return shim::guarded(error, [&] {
        const std::string from = checked_path(fresh, fresh_length);
        const std::string to = checked_path(path, path_length);
        int32_t found = 1;
        if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_EXCHANGE) != 0) {
            const int code = errno;
            struct stat there;
            if (::lstat(to.c_str(), &there) != 0) {
                found = 0;
                if (::rename(from.c_str(), to.c_str()) != 0) fail("the new index could not be moved", errno);
            } else if (code == EINVAL || code == ENOSYS) {
                // A file system without exchange: two steps, with a moment in between when there is none.
                const std::string aside = from + ".previous";
                if (::rename(to.c_str(), aside.c_str()) != 0) fail("the old index could not be moved", errno);
                if (::rename(from.c_str(), to.c_str()) != 0) {
                    const int second = errno;
                    if (::rename(aside.c_str(), to.c_str()) != 0) fail("the old index could not be put back", errno);
                    fail("the new index could not be moved", second);
                }
                if (::rename(aside.c_str(), from.c_str()) != 0) fail("the old index could not be moved", errno);
            } else {
                fail("the new index could not be moved", code);
            }
        }
        synchronise(parent(to));
        *existed = found;
    });
}

extern "C" xs_status xs_check(const char *path, size_t path_length, xs_error *error) noexcept {
    return shim::guarded(error, [&] {
        const std::string where = checked_path(path, path_length);
        shim::require_index(where);
        std::ostringstream report;
        const size_t errors = Xapian::Database::check(where, 0, &report);
        if (errors != 0) {
            throw shim::Failure{XS_CORRUPT, std::to_string(errors) + " errors were found in the index's files"};
        }
    });
}
