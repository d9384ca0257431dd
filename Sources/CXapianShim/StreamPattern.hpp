// StreamPattern.hpp: words in a row, or near each other, in the text part of a word stream.
#ifndef CXAPIANSHIM_STREAMPATTERN_HPP
#define CXAPIANSHIM_STREAMPATTERN_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace shim {

/// Where in a document a pattern is looked for.
enum class StreamScope { anywhere, first_field, marked_fields, second_field, third_field };

/// Some words and how they shall stand. A stream is
///     varint n, n × 3 bytes (codes, not looked at), text;
/// the text, for each field: 0x0A, 0x01 if the field is marked, 0x20, then each word followed by 0x20.
/// Total: bytes that are no stream hold nothing, and no byte outside of them is read.
class StreamPattern {
  public:
    /// words: joined by single spaces. In order if ordered; all within `window` consecutive words of one field, each
    /// word at a place of its own. A window smaller than the number of words is that number.
    StreamPattern(const std::string &words, size_t window, bool ordered, StreamScope scope);

    /// chain: a phrase, a distance ≥ 1 in decimal, a phrase, …, each on a line. Each phrase stands as a whole, the last word
    /// of the earlier one at most that distance from the first of the later, whichever is which; neighbours share no word.
    StreamPattern(const std::string &chain, StreamScope scope);

    bool occurs_in(const std::string &stream) const;

  private:
    struct Hit {
        size_t position;
        size_t word;  // row of words_
    };

    bool occurs_between(const char *start, const char *end) const;
    bool occurs_in_field(const char *start, const char *end) const;
    size_t row_of(const char *start, size_t length) const;
    void add_words(const std::string &words);
    bool linked() const;
    std::vector<size_t> places_of(size_t part) const;
    bool in_order(const std::vector<Hit> &hits) const;
    bool near(const std::vector<Hit> &hits) const;

    std::string exact_;                 // " cash transfer ", for a row of adjacent words
    std::vector<std::string> words_;    // different ones
    std::vector<size_t> sequence_;      // the pattern as rows of words_
    std::vector<size_t> wanted_;        // per row of words_: how often the pattern has it
    size_t window_ = 0;
    bool ordered_ = false;
    std::vector<size_t> part_ends_;     // of a chain: where in sequence_ each phrase ends
    std::vector<size_t> distances_;     // and from each phrase to the next
    StreamScope scope_;
    mutable std::vector<Hit> hits_;     // of one field; kept for its memory
    mutable std::vector<size_t> rows_;  // likewise: the row of each word of the field, words_.size() for others
};

}  // namespace shim

#endif
