// StreamPattern.cc: words in a row, or near each other, in the text part of a word stream.
#include "StreamPattern.hpp"

#include <algorithm>
#include <cstring>

#include "Guarded.hpp"

namespace shim {

namespace {

constexpr size_t maximum_words = 1000;
constexpr size_t maximum_distance = 100000;
constexpr char field_start = '\n';
constexpr char field_mark = '\x01';

/// The text part of a stream; empty if the bytes are none.
std::pair<const char *, const char *> text_part(const std::string &stream) {
    const char *at = stream.data();
    const char *const end = at + stream.size();
    uint64_t words = 0;
    for (unsigned shift = 0; shift < 35; shift += 7) {
        if (at == end) return {end, end};
        const auto byte = static_cast<unsigned char>(*at++);
        words |= uint64_t(byte & 0x7f) << shift;
        if (!(byte & 0x80)) {
            if (words > uint64_t(end - at) / 3) return {end, end};
            return {at + words * 3, end};
        }
    }
    return {end, end};
}

/// The start of the field after the one at `start`, or end.
const char *next_field(const char *start, const char *end) {
    const void *found = std::memchr(start + 1, field_start, size_t(end - start) - 1);
    return found == nullptr ? end : static_cast<const char *>(found);
}

}  // namespace

StreamPattern::StreamPattern(const std::string &words, size_t window, bool ordered, StreamScope scope)
    : ordered_(ordered), scope_(scope) {
    add_words(words);
    window_ = std::max(window, sequence_.size());
    if (sequence_.size() == 1 || (ordered && window_ == sequence_.size())) exact_ = " " + words + " ";
}

StreamPattern::StreamPattern(const std::string &chain, StreamScope scope) : scope_(scope) {
    bool is_phrase = true;
    for (size_t start = 0;; is_phrase = !is_phrase) {
        const size_t stop = chain.find('\n', start);
        const std::string line = chain.substr(start, stop == std::string::npos ? stop : stop - start);
        if (is_phrase) {
            add_words(line);
            part_ends_.push_back(sequence_.size());
        } else {
            size_t distance = 0;
            for (const char digit : line) {
                if (digit < '0' || digit > '9' || distance > maximum_distance) refuse("a distance of a chain cannot be read");
                distance = distance * 10 + size_t(digit - '0');
            }
            if (distance == 0 || distance > maximum_distance) refuse("a distance of a chain is out of range");
            distances_.push_back(distance);
        }
        if (stop == std::string::npos) break;
        start = stop + 1;
    }
    if (!is_phrase) refuse("a chain ends with a distance");
}

void StreamPattern::add_words(const std::string &words) {
    for (size_t start = 0;;) {
        const size_t space = words.find(' ', start);
        const std::string word = words.substr(start, space == std::string::npos ? space : space - start);
        if (word.empty() || std::any_of(word.begin(), word.end(), [](unsigned char byte) { return byte <= 0x20; })) {
            refuse("a word of a phrase is empty or holds a space or a control character");
        }
        size_t row = size_t(std::find(words_.begin(), words_.end(), word) - words_.begin());
        if (row == words_.size()) {
            words_.push_back(word);
            wanted_.push_back(0);
        }
        ++wanted_[row];
        sequence_.push_back(row);
        if (sequence_.size() > maximum_words) refuse("a phrase has more than 1000 words");
        if (space == std::string::npos) break;
        start = space + 1;
    }
}

bool StreamPattern::occurs_in(const std::string &stream) const {
    auto [start, end] = text_part(stream);
    if (start == end || *start != field_start) return false;
    switch (scope_) {
        case StreamScope::anywhere: return occurs_between(start, end);
        case StreamScope::first_field: return occurs_between(start, next_field(start, end));
        case StreamScope::second_field:
        case StreamScope::third_field: {
            const char *field = next_field(start, end);
            if (scope_ == StreamScope::third_field && field != end) field = next_field(field, end);
            return field != end && occurs_between(field, next_field(field, end));
        }
        case StreamScope::marked_fields:
            while (start != end) {
                const char *next = next_field(start, end);
                if (next - start > 1 && start[1] == field_mark && occurs_between(start, next)) return true;
                start = next;
            }
            return false;
    }
    return false;
}

/// In any of the fields from start, where one begins, to end.
bool StreamPattern::occurs_between(const char *start, const char *end) const {
    if (!exact_.empty()) return ::memmem(start, size_t(end - start), exact_.data(), exact_.size()) != nullptr;
    while (start != end) {
        const char *next = next_field(start, end);
        if (occurs_in_field(start, next)) return true;
        start = next;
    }
    return false;
}

bool StreamPattern::occurs_in_field(const char *start, const char *end) const {
    const auto space_from = [end](const char *from) {
        return from == end ? nullptr : static_cast<const char *>(std::memchr(from, ' ', size_t(end - from)));
    };
    hits_.clear();
    rows_.clear();
    const bool is_chain = !part_ends_.empty();
    const char *space = space_from(start);
    for (size_t position = 0; space != nullptr; ++position) {
        const char *const word = space + 1;
        space = space_from(word);
        if (space == nullptr) break;
        const size_t row = row_of(word, size_t(space - word));
        if (is_chain) rows_.push_back(row);
        else if (row != words_.size()) hits_.push_back({position, row});
    }
    if (is_chain) return linked();
    return ordered_ ? in_order(hits_) : near(hits_);
}

size_t StreamPattern::row_of(const char *start, size_t length) const {
    size_t row = 0;
    for (; row != words_.size(); ++row) {
        const std::string &word = words_[row];
        if (word.size() == length && std::memcmp(word.data(), start, length) == 0) break;
    }
    return row;
}

/// Where in the field a phrase of the chain begins, in order.
std::vector<size_t> StreamPattern::places_of(size_t part) const {
    const auto first = sequence_.begin() + std::ptrdiff_t(part == 0 ? 0 : part_ends_[part - 1]);
    const auto last = sequence_.begin() + std::ptrdiff_t(part_ends_[part]);
    std::vector<size_t> places;
    for (auto at = rows_.begin();; ++at) {
        at = std::search(at, rows_.end(), first, last);
        if (at == rows_.end()) return places;
        places.push_back(size_t(at - rows_.begin()));
    }
}

/// Goes along the chain with the places of each phrase that are near one of the phrase before that can be reached.
bool StreamPattern::linked() const {
    std::vector<size_t> reached = places_of(0);
    for (size_t part = 1; part < part_ends_.size() && !reached.empty(); ++part) {
        const size_t before = part_ends_[part - 1] - (part == 1 ? 0 : part_ends_[part - 2]);
        const size_t length = part_ends_[part] - part_ends_[part - 1];
        const size_t distance = distances_[part - 1];
        const auto reaches = [&](size_t low, size_t high) {
            const auto found = std::lower_bound(reached.begin(), reached.end(), low);
            return found != reached.end() && *found <= high;
        };
        std::vector<size_t> next;
        for (const size_t place : places_of(part)) {
            const size_t far = distance + before - 1;
            const bool is_after = place >= before && reaches(place > far ? place - far : 0, place - before);
            if (is_after || reaches(place + length, place + length - 1 + distance)) next.push_back(place);
        }
        reached = std::move(next);
    }
    return !reached.empty();
}

/// For each beginning of the pattern the latest place where an occurrence of it starts that ends before here: a later
/// start is never worse.
bool StreamPattern::in_order(const std::vector<Hit> &hits) const {
    std::vector<size_t> start(sequence_.size());
    size_t reached = 0;  // beginnings of up to so many words have occurred
    for (const Hit &hit : hits) {
        for (size_t length = std::min(reached + 1, sequence_.size()); length > 0; --length) {
            if (sequence_[length - 1] != hit.word) continue;
            start[length - 1] = length == 1 ? hit.position : start[length - 2];
            reached = std::max(reached, length);
            if (length == sequence_.size() && hit.position - start[length - 1] < window_) return true;
        }
    }
    return false;
}

bool StreamPattern::near(const std::vector<Hit> &hits) const {
    const std::vector<size_t> &needed = wanted_;
    size_t rows_missing = needed.size();
    size_t first = 0;
    std::vector<size_t> held(needed.size());
    for (const Hit &hit : hits) {
        if (++held[hit.word] == needed[hit.word]) --rows_missing;
        while (hit.position - hits[first].position >= window_) {
            const size_t word = hits[first++].word;
            if (held[word]-- == needed[word]) ++rows_missing;
        }
        if (rows_missing == 0) return true;
    }
    return false;
}

}  // namespace shim
