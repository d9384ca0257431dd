// yardstick: plain Xapian on the same records and queries, as a program.
//
//   yardstick index RECORDS.jsonl DATABASE [--compact] [--repeat N]
//   yardstick query DATABASE QUERIES.txt [--facets] [--highlight] [--check N] [--top N] [--repeat N | --turns N]
//
// RECORDS: one record a line, in the format of corpus-fixtures/records (id, language, type, title, abstract, body,
// date, countries, concepts). QUERIES: one query a line, or language, tab, query.
// Both commands print one JSON object. --check: look at N matches at least (0 = all; with --facets always all).
// --turns: N queries, round and round, with an answer, for each line read from standard input.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "CYardstick.h"

using json = nlohmann::json;
using Clock = std::chrono::steady_clock;

namespace {

int failed(const char *error) {
    std::cerr << "yardstick: " << error << "\n";
    return 69;
}

int index(const std::string &records, const std::string &path, bool compacts, int repeat) {
    yd_index_report report;
    char error[YD_ERROR_BYTES];
    if (yd_index(records.c_str(), path.c_str(), compacts, repeat, &report, error)) return failed(error);
    std::cout << json{{"documents", report.documents},
                      {"input_bytes", report.input_bytes},
                      {"seconds", report.seconds},
                      {"cpu_seconds", report.cpu_seconds},
                      {"documents_per_second", double(report.documents) / report.seconds},
                      {"documents_per_cpu_second", double(report.documents) / report.cpu_seconds},
                      {"index_bytes", report.index_bytes},
                      {"max_rss_kilobytes", report.peak_kilobytes},
                      {"xapian", yd_xapian_version()}}
              << "\n";
    return 0;
}

struct QueryOptions {
    uint32_t flags = 0;
    long check = -1;
    uint32_t top = 10;
    int repeat = 1;
    size_t turns = 0;
};

struct Line {
    std::string language, text;
};

std::vector<Line> lines_of(const std::string &file) {
    std::vector<Line> lines;
    std::ifstream input(file);
    for (std::string line; std::getline(input, line);) {
        if (line.empty()) continue;
        const size_t tab = line.find('\t');
        if (tab == std::string::npos) lines.push_back({"en", line});
        else lines.push_back({line.substr(0, tab), line.substr(tab + 1)});
    }
    return lines;
}

/// The queries one after another, so many times over.
json asked(yd_database *database, const std::vector<Line> &lines, const QueryOptions &options, int rounds) {
    char error[YD_ERROR_BYTES];
    const uint32_t check = options.check < 0 ? 0 : options.check == 0 ? UINT32_MAX : uint32_t(options.check);
    std::vector<double> milliseconds;
    yd_answer total{};
    const double before = yd_cpu_seconds();
    const auto start = Clock::now();
    for (int round = 0; round < rounds; ++round) {
        for (const Line &line : lines) {
            const yd_question question{line.language.c_str(), line.text.c_str(), options.flags, options.top, check};
            yd_answer answer;
            const auto begun = Clock::now();
            if (yd_query(database, &question, &answer, error)) throw std::runtime_error(error);
            milliseconds.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begun).count());
            total.hits += answer.hits;
            total.data_bytes += answer.data_bytes;
            total.snippet_bytes += answer.snippet_bytes;
            total.facet_values += answer.facet_values;
        }
    }
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    const double query_cpu = yd_cpu_seconds() - before;
    std::sort(milliseconds.begin(), milliseconds.end());
    const auto quantile = [&](double q) {
        return milliseconds[std::min(milliseconds.size() - 1, size_t(q * double(milliseconds.size())))];
    };
    return {{"queries", milliseconds.size()},
            {"documents", yd_document_count(database)},
            {"facets", (options.flags & YD_FACETS) != 0},
            {"highlights", (options.flags & YD_HIGHLIGHTS) != 0},
            {"seconds", seconds},
            {"cpu_seconds", yd_cpu_seconds()},
            {"query_cpu_seconds", query_cpu},
            {"p50_ms", quantile(0.5)},
            {"p90_ms", quantile(0.9)},
            {"p99_ms", quantile(0.99)},
            {"max_ms", milliseconds.back()},
            {"hits", total.hits},
            {"data_bytes", total.data_bytes},
            {"snippet_bytes", total.snippet_bytes},
            {"facet_values", total.facet_values},
            {"max_rss_kilobytes", yd_peak_kilobytes()}};
}

int query(const std::string &path, const std::string &file, const QueryOptions &options) {
    char error[YD_ERROR_BYTES];
    const std::vector<Line> lines = lines_of(file);
    if (lines.empty()) return failed((file + " holds no query or cannot be read").c_str());
    yd_database *database = nullptr;
    if (yd_open(path.c_str(), &database, error)) return failed(error);
    try {
        if (options.turns == 0) std::cout << asked(database, lines, options, options.repeat) << "\n";
        size_t next = 0;
        for (std::string turn; options.turns > 0 && std::getline(std::cin, turn);) {
            std::vector<Line> some;
            for (size_t i = 0; i < options.turns; ++i) some.push_back(lines[next++ % lines.size()]);
            std::cout << asked(database, some, options, 1) << std::endl;
        }
    } catch (...) {
        yd_close(database);
        throw;
    }
    yd_close(database);
    return 0;
}

int usage() {
    std::cerr << "usage: yardstick index RECORDS.jsonl DATABASE [--compact] [--repeat N]\n"
                 "       yardstick query DATABASE QUERIES.txt [--facets] [--highlight] [--check N] [--top N] "
                 "[--repeat N | --turns N]\n";
    return 64;
}

}  // namespace

int main(int count, char **arguments) {
    if (count < 4) return usage();
    const std::string command = arguments[1], first = arguments[2], second = arguments[3];
    bool compacts = false;
    QueryOptions options;
    for (int i = 4; i < count; ++i) {
        const std::string option = arguments[i];
        const auto number = [&] { return i + 1 < count ? std::atol(arguments[++i]) : -1; };
        if (option == "--compact") compacts = true;
        else if (option == "--facets") options.flags |= YD_FACETS;
        else if (option == "--highlight") options.flags |= YD_HIGHLIGHTS;
        else if (option == "--check") options.check = number();
        else if (option == "--top") options.top = uint32_t(std::max(0L, number()));
        else if (option == "--turns") options.turns = size_t(std::max(1L, number()));
        else if (option == "--repeat") options.repeat = int(std::max(1L, number()));
        else return usage();
    }
    try {
        if (command == "index") return index(first, second, compacts, std::max(1, options.repeat));
        if (command == "query") return query(first, second, options);
    } catch (const std::exception &error) {
        return failed(error.what());
    }
    return usage();
}
