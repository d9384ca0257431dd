// yardstick.cc: what plain Xapian does with the same records, as its manual teaches it: TermGenerator, QueryParser,
// Snowball stems beside the surfaces (STEM_SOME), boolean terms, value slots, ValueCountMatchSpy.
//
//   yardstick index RECORDS.jsonl DATABASE [--compact] [--repeat N]
//   yardstick query DATABASE QUERIES.txt [--facets] [--check N] [--top N] [--repeat N]
//
// RECORDS: one record a line, in the format of corpus-fixtures/records (id, language, type, title, abstract, body,
// date, countries, concepts). --repeat indexes the file N times over, with the ids of each round made different.
// QUERIES: one query a line, or language, tab, query. Both commands print one JSON object.
// --check: visit at least N matches (0 = all, the default with --facets).
#include <sys/resource.h>
#include <xapian.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

using json = nlohmann::json;
using Clock = std::chrono::steady_clock;

namespace {

enum Slot : Xapian::valueno { year, type, language, country, concept_ };

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

double cpu_seconds() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval &t) { return double(t.tv_sec) + double(t.tv_usec) / 1e6; };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

long max_rss_kilobytes() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    return used.ru_maxrss;
}

uintmax_t size_of(const std::string &directory) {
    uintmax_t bytes = 0;
    for (const auto &entry : std::filesystem::directory_iterator(directory)) bytes += entry.file_size();
    return bytes;
}

std::string text(const json &record, const char *key) {
    const auto found = record.find(key);
    return found != record.end() && found->is_string() ? found->get<std::string>() : std::string();
}

void add_boolean(Xapian::Document &document, const std::string &term) {
    if (term.size() <= 245) document.add_boolean_term(term);
}

Xapian::Stem stemmer(const std::string &code) {
    static const std::map<std::string, std::string> names = {
        {"en", "english"}, {"fr", "french"}, {"es", "spanish"}, {"ar", "arabic"}};
    const auto name = names.find(code);
    return name == names.end() ? Xapian::Stem() : Xapian::Stem(name->second);
}

Xapian::Document document_of(const json &record, const std::string &line, Xapian::TermGenerator &generator,
                             std::map<std::string, Xapian::Stem> &stemmers) {
    Xapian::Document document;
    const std::string code = text(record, "language");
    generator.set_document(document);
    generator.set_stemmer(stemmers.try_emplace(code, stemmer(code)).first->second);
    generator.set_termpos(0);
    generator.index_text(text(record, "title"), 1, "S");
    for (const char *field : {"title", "abstract", "body"}) {
        generator.increase_termpos();
        generator.index_text(text(record, field));
    }
    add_boolean(document, "T" + text(record, "type"));
    add_boolean(document, "L" + code);
    document.add_value(Slot::type, text(record, "type"));
    document.add_value(Slot::language, code);
    const std::string date = text(record, "date");
    if (date.size() >= 4) document.add_value(Slot::year, Xapian::sortable_serialise(std::atoi(date.c_str())));
    bool first = true;
    for (const auto &item : record.value("countries", json::array())) {
        add_boolean(document, "XO" + item.get<std::string>());
        if (first) document.add_value(Slot::country, item.get<std::string>());
        first = false;
    }
    first = true;
    for (const auto &item : record.value("concepts", json::array())) {
        const std::string id = item.is_string() ? item.get<std::string>() : text(item, "id");
        add_boolean(document, "XC" + id);
        if (first) document.add_value(Slot::concept_, id);
        first = false;
    }
    document.set_data(line);
    return document;
}

int index(const std::string &records, const std::string &path, bool compacts, int repeat) {
    const auto start = Clock::now();
    size_t count = 0, text_bytes = 0;
    {
        Xapian::WritableDatabase database(path, Xapian::DB_CREATE_OR_OVERWRITE);
        Xapian::TermGenerator generator;
        generator.set_stemming_strategy(Xapian::TermGenerator::STEM_SOME);
        std::map<std::string, Xapian::Stem> stemmers;
        for (int round = 0; round < repeat; ++round) {
            std::ifstream input(records);
            if (!input) throw std::runtime_error("cannot open " + records);
            for (std::string line; std::getline(input, line);) {
                if (line.empty()) continue;
                const json record = json::parse(line);
                Xapian::Document document = document_of(record, line, generator, stemmers);
                const std::string unique = "Q" + text(record, "id") + (round ? "-" + std::to_string(round) : "");
                document.add_boolean_term(unique);
                database.replace_document(unique, document);
                ++count;
                text_bytes += line.size();
            }
        }
        database.commit();
    }
    if (compacts) {
        const std::string merged = path + ".compact";
        std::filesystem::remove_all(merged);
        Xapian::Database(path).compact(merged);
        std::filesystem::remove_all(path);
        std::filesystem::rename(merged, path);
    }
    const double seconds = seconds_since(start);
    const double cpu = cpu_seconds();
    std::cout << json{{"documents", count},
                      {"input_bytes", text_bytes},
                      {"seconds", seconds},
                      {"cpu_seconds", cpu},
                      {"documents_per_second", double(count) / seconds},
                      {"documents_per_cpu_second", double(count) / cpu},
                      {"index_bytes", size_of(path)},
                      {"max_rss_kilobytes", max_rss_kilobytes()},
                      {"xapian", Xapian::version_string()}}
              << "\n";
    return 0;
}

struct QueryOptions {
    bool facets = false;
    long check = -1;
    Xapian::doccount top = 10;
    int repeat = 1;
};

int query(const std::string &path, const std::string &file, const QueryOptions &options) {
    struct Line {
        std::string language, text;
    };
    std::vector<Line> lines;
    std::ifstream input(file);
    if (!input) throw std::runtime_error("cannot open " + file);
    for (std::string line; std::getline(input, line);) {
        if (line.empty()) continue;
        const size_t tab = line.find('\t');
        if (tab == std::string::npos) lines.push_back({"en", line});
        else lines.push_back({line.substr(0, tab), line.substr(tab + 1)});
    }

    Xapian::Database database(path);
    const Xapian::doccount documents = database.get_doccount();
    Xapian::doccount check = options.check < 0 ? (options.facets ? documents : 0) : Xapian::doccount(options.check);
    if (options.check == 0) check = documents;
    std::vector<double> milliseconds;
    size_t hits = 0, bytes = 0, facet_values = 0;
    const auto start = Clock::now();
    for (int round = 0; round < options.repeat; ++round) {
        for (const auto &line : lines) {
            const auto begun = Clock::now();
            Xapian::QueryParser parser;
            parser.set_database(database);
            parser.set_stemmer(stemmer(line.language));
            parser.set_stemming_strategy(Xapian::QueryParser::STEM_SOME);
            parser.set_max_expansion(100);
            parser.add_boolean_prefix("type", "T");
            parser.add_boolean_prefix("language", "L");
            parser.add_boolean_prefix("country", "XO");
            parser.add_boolean_prefix("concept", "XC");
            Xapian::Enquire enquire(database);
            Xapian::Query parsed;
            try {
                parsed = parser.parse_query(line.text);
            } catch (const Xapian::QueryParserError &) {
                parsed = parser.parse_query(line.text, 0);  // as words alone
            }
            enquire.set_query(parsed);
            Xapian::ValueCountMatchSpy types(Slot::type), languages(Slot::language), countries(Slot::country);
            if (options.facets) {
                for (auto *spy : {&types, &languages, &countries}) enquire.add_matchspy(spy);
            }
            const Xapian::MSet found = enquire.get_mset(0, options.top, check);
            for (auto hit = found.begin(); hit != found.end(); ++hit) {
                bytes += hit.get_document().get_data().size();
                ++hits;
            }
            if (options.facets) {
                for (auto *spy : {&types, &languages, &countries}) {
                    for (auto value = spy->top_values_begin(20); value != spy->top_values_end(20); ++value) {
                        facet_values += (*value).size() != 0;
                    }
                }
            }
            milliseconds.push_back(seconds_since(begun) * 1000);
        }
    }
    const double seconds = seconds_since(start);
    std::sort(milliseconds.begin(), milliseconds.end());
    const auto quantile = [&](double q) {
        if (milliseconds.empty()) return 0.0;
        return milliseconds[std::min(milliseconds.size() - 1, size_t(q * double(milliseconds.size())))];
    };
    std::cout << json{{"queries", milliseconds.size()},
                      {"documents", documents},
                      {"facets", options.facets},
                      {"seconds", seconds},
                      {"cpu_seconds", cpu_seconds()},
                      {"p50_ms", quantile(0.5)},
                      {"p90_ms", quantile(0.9)},
                      {"p99_ms", quantile(0.99)},
                      {"max_ms", milliseconds.empty() ? 0.0 : milliseconds.back()},
                      {"hits", hits},
                      {"data_bytes", bytes},
                      {"facet_values", facet_values},
                      {"max_rss_kilobytes", max_rss_kilobytes()},
                      {"index_bytes", size_of(path)}}
              << "\n";
    return 0;
}

int usage() {
    std::cerr << "usage: yardstick index RECORDS.jsonl DATABASE [--compact] [--repeat N]\n"
                 "       yardstick query DATABASE QUERIES.txt [--facets] [--check N] [--top N] [--repeat N]\n";
    return 2;
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
        else if (option == "--facets") options.facets = true;
        else if (option == "--check") options.check = number();
        else if (option == "--top") options.top = Xapian::doccount(number());
        else if (option == "--repeat") options.repeat = int(number());
        else return usage();
    }
    try {
        if (command == "index") return index(first, second, compacts, std::max(1, options.repeat));
        if (command == "query") return query(first, second, options);
    } catch (const Xapian::Error &error) {
        std::cerr << "yardstick: " << error.get_description() << "\n";
        return 69;
    } catch (const std::exception &error) {
        std::cerr << "yardstick: " << error.what() << "\n";
        return 65;
    }
    return usage();
}
