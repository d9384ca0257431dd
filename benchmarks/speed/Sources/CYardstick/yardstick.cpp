// yardstick.cpp: what plain Xapian does with the same records, as its manual teaches it.
#include "CYardstick.h"

#include <sys/resource.h>
#include <xapian.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

using json = nlohmann::json;
using Clock = std::chrono::steady_clock;

struct yd_database {
    Xapian::Database database;
};

struct yd_analysis {
    Xapian::TermGenerator generator;
};

namespace {

enum Slot : Xapian::valueno { year, type, language, country, concept_ };

template <typename Body>
int guarded(char *error, Body body) noexcept {
    const auto say = [&](const char *what) {
        if (error) std::snprintf(error, YD_ERROR_BYTES, "%s", what);
        return 1;
    };
    try {
        body();
        return 0;
    } catch (const Xapian::Error &failure) {
        return say(failure.get_description().c_str());
    } catch (const std::exception &failure) {
        return say(failure.what());
    } catch (...) {
        return say("unknown failure");
    }
}

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

uint64_t size_of(const std::string &directory) {
    uint64_t bytes = 0;
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

void index_file(const std::string &records, const std::string &path, int repeat, yd_index_report &report) {
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
            ++report.documents;
            report.input_bytes += line.size();
        }
    }
    database.commit();
}

void compact(const std::string &path) {
    const std::string merged = path + ".compact";
    std::filesystem::remove_all(merged);
    Xapian::Database(path).compact(merged);
    std::filesystem::remove_all(path);
    std::filesystem::rename(merged, path);
}

Xapian::Query parsed(const Xapian::Database &database, const Xapian::Stem &stem, const char *text) {
    Xapian::QueryParser parser;
    parser.set_database(database);
    parser.set_stemmer(stem);
    parser.set_stemming_strategy(Xapian::QueryParser::STEM_SOME);
    parser.set_max_expansion(100);
    parser.add_boolean_prefix("type", "T");
    parser.add_boolean_prefix("language", "L");
    parser.add_boolean_prefix("country", "XO");
    parser.add_boolean_prefix("concept", "XC");
    try {
        return parser.parse_query(text);
    } catch (const Xapian::QueryParserError &) {
        return parser.parse_query(text, 0);  // as words alone
    }
}

void answer_question(const Xapian::Database &database, const yd_question &question, yd_answer &answer) {
    const Xapian::Stem stem = stemmer(question.language ? question.language : "");
    const bool facets = question.flags & YD_FACETS;
    const bool highlights = question.flags & YD_HIGHLIGHTS;
    Xapian::Enquire enquire(database);
    enquire.set_query(parsed(database, stem, question.text));
    Xapian::ValueCountMatchSpy types(Slot::type), languages(Slot::language), countries(Slot::country),
        concepts(Slot::concept_), years(Slot::year);
    const auto spies = {&types, &languages, &countries, &concepts, &years};
    if (facets) {
        for (auto *spy : spies) enquire.add_matchspy(spy);
    }
    const bool all = facets || question.check == UINT32_MAX;
    const Xapian::MSet found = enquire.get_mset(0, question.top, all ? database.get_doccount() : question.check);
    answer.matches = found.get_matches_estimated();
    for (auto hit = found.begin(); hit != found.end(); ++hit) {
        const std::string data = hit.get_document().get_data();
        answer.data_bytes += data.size();
        ++answer.hits;
        if (!highlights) continue;
        const json record = json::parse(data);
        for (const char *field : {"title", "abstract"}) {
            answer.snippet_bytes += found.snippet(text(record, field), 200, stem).size();
        }
    }
    if (!facets) return;
    for (auto *spy : spies) {
        for (auto value = spy->top_values_begin(20); value != spy->top_values_end(20); ++value) {
            answer.facet_values += (*value).size() != 0;
        }
    }
}

}  // namespace

extern "C" {

int yd_index(const char *records, const char *database, int compacts, int repeat, yd_index_report *report,
             char *error) noexcept {
    return guarded(error, [&] {
        const auto start = Clock::now();
        *report = yd_index_report{};
        index_file(records, database, std::max(1, repeat), *report);
        if (compacts) compact(database);
        report->seconds = seconds_since(start);
        report->cpu_seconds = yd_cpu_seconds();
        report->index_bytes = size_of(database);
        report->peak_kilobytes = yd_peak_kilobytes();
    });
}

int yd_open(const char *path, yd_database **database, char *error) noexcept {
    return guarded(error, [&] { *database = new yd_database{Xapian::Database(path)}; });
}

void yd_close(yd_database *database) noexcept { delete database; }

uint32_t yd_document_count(const yd_database *database) noexcept {
    uint32_t count = 0;
    guarded(nullptr, [&] { count = database->database.get_doccount(); });
    return count;
}

int yd_query(yd_database *database, const yd_question *question, yd_answer *answer, char *error) noexcept {
    return guarded(error, [&] {
        *answer = yd_answer{};
        answer_question(database->database, *question, *answer);
    });
}

int yd_analysis_open(const char *language, yd_analysis **analysis, char *error) noexcept {
    return guarded(error, [&] {
        Xapian::TermGenerator generator;
        generator.set_stemming_strategy(Xapian::TermGenerator::STEM_SOME);
        generator.set_stemmer(stemmer(language));
        *analysis = new yd_analysis{generator};
    });
}

int yd_analysis_run(yd_analysis *analysis, const char *text, size_t bytes, uint64_t *terms, char *error) noexcept {
    return guarded(error, [&] {
        Xapian::Document document;
        analysis->generator.set_document(document);
        analysis->generator.set_termpos(0);
        analysis->generator.index_text(Xapian::Utf8Iterator(text, bytes));
        *terms = document.termlist_count();
    });
}

void yd_analysis_close(yd_analysis *analysis) noexcept { delete analysis; }

const char *yd_xapian_version(void) noexcept { return Xapian::version_string(); }

double yd_cpu_seconds(void) noexcept {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval &time) { return double(time.tv_sec) + double(time.tv_usec) / 1e6; };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

// Of this program's memory alone: getrusage would count what the process was before exec, its parent's copy.
uint64_t yd_peak_kilobytes(void) noexcept {
    unsigned long long kilobytes = 0;
    if (FILE *status = std::fopen("/proc/self/status", "r")) {
        char line[256];
        while (std::fgets(line, sizeof line, status)) {
            if (std::sscanf(line, "VmHWM: %llu", &kilobytes) == 1) break;
        }
        std::fclose(status);
    }
    if (kilobytes == 0) {
        rusage used{};
        getrusage(RUSAGE_SELF, &used);
        kilobytes = static_cast<unsigned long long>(used.ru_maxrss);
    }
    return kilobytes;
}

}  // extern "C"
