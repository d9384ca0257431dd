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
class PoweredBM25 final : public Xapian::Weight {
  public:
    PoweredBM25(double k1, double b, double exponent, double minimum_normalised_length)
        : k1_(k1), b_(b), exponent_(exponent), minimum_(minimum_normalised_length) {
        need_stat(COLLECTION_SIZE);
        need_stat(TERMFREQ);
        need_stat(WDF);
        need_stat(WDF_MAX);
        need_stat(WQF);
        need_stat(AVERAGE_LENGTH);
        need_stat(DOC_LENGTH);
        need_stat(DOC_LENGTH_MIN);
    }

    PoweredBM25 *clone() const override { return new PoweredBM25(k1_, b_, exponent_, minimum_); }
    std::string name() const override { return "shim::PoweredBM25"; }
    std::string serialise() const override {
        char text[128];
        const int length = std::snprintf(text, sizeof text, "%a %a %a %a", k1_, b_, exponent_, minimum_);
        return std::string(text, size_t(length));
    }
    PoweredBM25 *unserialise(const std::string &text) const override {
        double k1, b, exponent, minimum;
        if (std::sscanf(text.c_str(), "%la %la %la %la", &k1, &b, &exponent, &minimum) != 4) {
            throw Xapian::SerialisationError("Bad parameters of shim::PoweredBM25");
        }
        return new PoweredBM25(k1, b, exponent, minimum);
    }

    double get_sumpart(Xapian::termcount wdf, Xapian::termcount length, Xapian::termcount) const override {
        return part(wdf, length);
    }
    // Rising in wdf, falling in length; and a document is at least as long as the term occurs in it, along which
    // wdf / (wdf + k1·(1 − b) + k1·b·wdf / average) rises too.
    double get_maxpart() const override {
        const Xapian::termcount wdf = get_wdf_upper_bound();
        return part(wdf, std::max(wdf, get_doclength_lower_bound()));
    }
    double get_sumextra(Xapian::termcount, Xapian::termcount) const override { return 0; }
    double get_maxextra() const override { return 0; }

  private:
    void init(double factor) override {
        if (factor == 0) return;  // for the term-independent part, which is nothing here
        const double documents = get_collection_size();
        const double frequency = std::min(double(get_termfreq()), documents);
        const double idf = std::log1p((documents - frequency + 0.5) / (frequency + 0.5));
        weight_ = factor * get_wqf() * std::pow(idf, exponent_);
        const double average = get_average_length();
        per_length_ = average > 0 ? 1 / average : 0;
    }

    double part(Xapian::termcount wdf, Xapian::termcount length) const {
        if (wdf == 0) return 0;
        const double normalised = std::max(length * per_length_, minimum_);
        return weight_ * wdf / (wdf + k1_ * (1 - b_ + b_ * normalised));
    }

    double k1_, b_, exponent_, minimum_;
    double weight_ = 0;
    double per_length_ = 0;
};

}  // namespace shim

#endif
