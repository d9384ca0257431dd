// PoweredBM25.hpp: BM25 with Lucene's idf, raised to a power.
#ifndef CXAPIANSHIM_POWEREDBM25_HPP
#define CXAPIANSHIM_POWEREDBM25_HPP

#include <xapian.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

namespace shim {

/// wqf · idf^e · wdf / (wdf + k1·(1 − b + b·max(length / average, m))), idf = ln(1 + (N − df + ½) / (df + ½)).
class BM25Formula {
  public:
    BM25Formula(double k1, double b, double exponent, double minimum_normalised_length)
        : k1_(k1), b_(b), exponent_(exponent), minimum_(minimum_normalised_length) {}

    void set_collection(double documents, double frequency, double average_length, double factor) {
        frequency = std::min(frequency, documents);
        const double idf = std::log1p((documents - frequency + 0.5) / (frequency + 0.5));
        weight_ = factor * std::pow(idf, exponent_);
        per_length_ = average_length > 0 ? 1 / average_length : 0;
    }

    double part(Xapian::termcount wdf, Xapian::termcount length) const { return part_of(wdf, norm(length)); }

    /// k1·(1 − b + b·max(length / average, m)): the same for all terms of a document.
    double norm(Xapian::termcount length) const {
        return k1_ * (1 - b_ + b_ * std::max(length * per_length_, minimum_));
    }

    /// The same as part, with the norm of the length.
    double part_of(Xapian::termcount wdf, double norm) const { return wdf == 0 ? 0 : weight_ * wdf / (wdf + norm); }

    /// The most that part can be. It rises in wdf and falls in length; and a document is at least as long as the term
    /// occurs in it, along which wdf / (wdf + k1·(1 − b) + k1·b·wdf / average) rises too.
    double bound(Xapian::termcount highest_wdf, Xapian::termcount lowest_length) const {
        return part(highest_wdf, std::max(highest_wdf, lowest_length));
    }

    double k1() const { return k1_; }
    double b() const { return b_; }
    double exponent() const { return exponent_; }
    double minimum() const { return minimum_; }

  private:
    double k1_, b_, exponent_, minimum_;
    double weight_ = 0;
    double per_length_ = 0;
};

/// BM25Formula as a weighting scheme, for what Xapian scores itself: synonyms and expanded prefixes.
class PoweredBM25 final : public Xapian::Weight {
  public:
    explicit PoweredBM25(const BM25Formula &formula) : formula_(formula) {
        need_stat(COLLECTION_SIZE);
        need_stat(TERMFREQ);
        need_stat(WDF);
        need_stat(WDF_MAX);
        need_stat(WQF);
        need_stat(AVERAGE_LENGTH);
        need_stat(DOC_LENGTH);
        need_stat(DOC_LENGTH_MIN);
    }

    PoweredBM25 *clone() const override { return new PoweredBM25(formula_); }
    std::string name() const override { return "shim::PoweredBM25"; }
    std::string serialise() const override {
        char text[128];
        const int length = std::snprintf(text, sizeof text, "%a %a %a %a", formula_.k1(), formula_.b(),
                                         formula_.exponent(), formula_.minimum());
        return std::string(text, size_t(length));
    }
    PoweredBM25 *unserialise(const std::string &text) const override {
        double k1, b, exponent, minimum;
        if (std::sscanf(text.c_str(), "%la %la %la %la", &k1, &b, &exponent, &minimum) != 4) {
            throw Xapian::SerialisationError("Bad parameters of shim::PoweredBM25");
        }
        return new PoweredBM25(BM25Formula(k1, b, exponent, minimum));
    }

    double get_sumpart(Xapian::termcount wdf, Xapian::termcount length, Xapian::termcount) const override {
        return formula_.part(wdf, length);
    }
    double get_maxpart() const override {
        return formula_.bound(get_wdf_upper_bound(), get_doclength_lower_bound());
    }
    double get_sumextra(Xapian::termcount, Xapian::termcount) const override { return 0; }
    double get_maxextra() const override { return 0; }

  private:
    void init(double factor) override {
        if (factor == 0) return;  // for the term-independent part, which is nothing here
        formula_.set_collection(get_collection_size(), get_termfreq(), get_average_length(), factor * get_wqf());
    }

    BM25Formula formula_;
};

}  // namespace shim

#endif
