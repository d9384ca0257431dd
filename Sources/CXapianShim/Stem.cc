// Stem.cc: Snowball stemmers behind the border.
#include "Guarded.hpp"

#include <cstring>

struct xs_stemmer {
    Xapian::Stem stem;
};

extern "C" xs_status xs_stem_open(const char *lang, size_t lang_length, xs_stemmer **out, xs_error *error) noexcept {
    return shim::guarded(error, [&] { *out = new xs_stemmer{Xapian::Stem(shim::borrowed(lang, lang_length))}; });
}

extern "C" xs_status xs_stem_word(xs_stemmer *stemmer, const char *word, size_t length, char *out, size_t capacity,
                                  size_t *out_length, xs_error *error) noexcept {
    return shim::guarded(error, [&] {
        const std::string stem = stemmer->stem(shim::borrowed(word, length));
        if (stem.size() > capacity) shim::refuse("the stem needs more bytes than there are");
        if (!stem.empty()) std::memcpy(out, stem.data(), stem.size());
        *out_length = stem.size();
    });
}

extern "C" void xs_stem_close(xs_stemmer *stemmer) noexcept { delete stemmer; }

extern "C" const char *xs_stem_version(void) noexcept { return Xapian::version_string(); }
