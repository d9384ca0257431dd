// What libFuzzer tries on the ICU border: any bytes, ill-formed ones too.
//
// It aborts when the scanner and ICU part a well-formed text differently, when a word lies outside the text or out of
// order, or when a transformation is not repeatable. Built and run by scripts/fuzz.sh.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include <unicode/utf8.h>

#include "CICUShim.h"

namespace {

void demand(bool condition, const char *what) {
    if (condition) return;
    std::fprintf(stderr, "broken: %s\n", what);
    std::abort();
}

bool is_well_formed(const uint8_t *bytes, size_t size) {
    const int32_t limit = static_cast<int32_t>(size);
    for (int32_t at = 0; at < limit;) {
        UChar32 c;
        U8_NEXT(bytes, at, limit, c);
        if (c < 0) return false;
    }
    return true;
}

using Transform = icus_status (*)(const char *, size_t, char *, size_t, size_t *);

std::string transformed(Transform transform, const std::string &text) {
    std::string out(text.size() + 32, '\0');
    for (int round = 0; round < 3; ++round) {
        size_t needed = 0;
        const icus_status status = transform(text.data(), text.size(), out.data(), out.size(), &needed);
        if (status == ICUS_OK) {
            demand(needed <= out.size(), "a transformation says it wrote more than there was room for");
            out.resize(needed);
            return out;
        }
        demand(status == ICUS_BUFFER_TOO_SMALL && needed > out.size(), "a transformation failed");
        out.resize(needed);
    }
    demand(false, "a transformation asks for more room each time");
    return out;
}

std::vector<icus_word> words_of(icus_segmenter *segmenter, const uint8_t *data, size_t size, int only_icu) {
    const icus_word *words = nullptr;
    size_t count = 0;
    const icus_status status = icus_segmenter_words(
        segmenter, reinterpret_cast<const char *>(data), size, only_icu, &words, &count);
    demand(status == ICUS_OK, "a text could not be parted");
    return std::vector<icus_word>(words, words + count);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static icus_segmenter *segmenter = [] {
        icus_segmenter *opened = nullptr;
        demand(icus_segmenter_open(&opened) == ICUS_OK, "no segmenter");
        return opened;
    }();
    const std::vector<icus_word> ours = words_of(segmenter, data, size, 0);
    uint32_t end = 0;
    for (const icus_word &word : ours) {
        demand(word.start >= end && word.end > word.start && word.end <= size, "a word lies outside or out of order");
        demand(word.kind >= ICUS_NUMBER && word.kind <= ICUS_IDEOGRAPHS, "a word of no kind");
        demand(
            word.hash == icus_word_hash(reinterpret_cast<const char *>(data) + word.start, word.end - word.start),
            "the hash of a word is not that of its bytes");
        end = word.end;
    }
    const std::string text(reinterpret_cast<const char *>(data), size);
    if (is_well_formed(data, size)) {
        const std::vector<icus_word> theirs = words_of(segmenter, data, size, 1);
        demand(ours.size() == theirs.size(), "the scanner and ICU count different words");
        for (size_t index = 0; index < ours.size(); ++index) {
            demand(
                ours[index].start == theirs[index].start && ours[index].end == theirs[index].end &&
                    ours[index].kind == theirs[index].kind && ours[index].flags == theirs[index].flags,
                "the scanner and ICU part differently");
        }
        const std::string composed = transformed(icus_compose, text);
        demand(transformed(icus_compose, composed) == composed, "composing twice differs");
        const std::string decomposed = transformed(icus_decompose, text);
        demand(transformed(icus_decompose, decomposed) == decomposed, "decomposing twice differs");
    }
    const std::string folded = transformed(icus_casefold, text);
    transformed(icus_casefold, folded);
    return 0;
}
