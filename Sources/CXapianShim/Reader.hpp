// Reader.hpp: one snapshot of one index.
#ifndef CXAPIANSHIM_READER_HPP
#define CXAPIANSHIM_READER_HPP

#include <sys/types.h>
#include <xapian.h>

#include <cstdint>
#include <string>

#include "DocumentLengths.hpp"
#include "ValueColumns.hpp"

struct xs_reader {
    std::string path;
    Xapian::Database database;
    /// Of the present snapshot.
    shim::DocumentLengths lengths;
    shim::ValueColumns columns;
    // Which directory is open: another one may be put in its place. It is held open, or its number could be given to
    // the next one.
    int held = -1;
    dev_t device = 0;
    ino_t inode = 0;

    xs_reader() = default;
    xs_reader(const xs_reader &) = delete;
    xs_reader &operator=(const xs_reader &) = delete;
    ~xs_reader();
    void open();
    uint64_t revision() const;
    void forget() {
        lengths.clear();
        columns.clear();
    }
};

#endif
