#include "CTermGenerator.h"

#include <xapian.h>

#include <string>

struct ctg_generator {
    Xapian::TermGenerator generator;
};

extern "C" {

ctg_generator *ctg_open(const char *stemmer) {
    try {
        auto *opened = new ctg_generator;
        opened->generator.set_stemmer(Xapian::Stem(stemmer));
        return opened;
    } catch (...) {
        return nullptr;
    }
}

void ctg_close(ctg_generator *generator) { delete generator; }

long ctg_analyse(ctg_generator *generator, const char *text, size_t length, int lean) {
    try {
        Xapian::Document document;
        generator->generator.set_document(document);
        const Xapian::Utf8Iterator start(text, length);
        if (lean) {
            generator->generator.set_stemming_strategy(Xapian::TermGenerator::STEM_ALL);
            generator->generator.index_text_without_positions(start);
        } else {
            generator->generator.set_stemming_strategy(Xapian::TermGenerator::STEM_SOME);
            generator->generator.index_text(start);
        }
        return static_cast<long>(document.termlist_count());
    } catch (...) {
        return -1;
    }
}

}  // extern "C"
