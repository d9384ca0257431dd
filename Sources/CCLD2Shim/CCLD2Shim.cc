#include "CCLD2Shim.h"

#include <climits>
#include <cstdio>
#include <cstring>

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

namespace {
// Scores every quadgram, which helps on text below some 200 bytes (CLD2's kCLDFlagBestEffort).
constexpr int best_effort = 0x4000;
}  // namespace

extern "C" void cld2s_detect(const char *text, size_t length, int32_t is_short, cld2s_guess *out) {
    std::memset(out, 0, sizeof *out);
    if (length == 0) return;
    const int bytes = length > INT_MAX ? INT_MAX : static_cast<int>(length);
    const CLD2::CLDHints hints = {nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
    CLD2::Language languages[3] = {CLD2::UNKNOWN_LANGUAGE, CLD2::UNKNOWN_LANGUAGE, CLD2::UNKNOWN_LANGUAGE};
    int percents[3] = {0, 0, 0};
    double scores[3] = {0, 0, 0};
    int text_bytes = 0;
    bool reliable = false;
    try {
        CLD2::ExtDetectLanguageSummary(
            text, bytes, true, &hints, is_short ? best_effort : 0, languages, percents, scores, nullptr, &text_bytes,
            &reliable);
    } catch (...) {
        return;
    }
    int slot = 0;
    for (int i = 0; i < 3; ++i) {
        if (languages[i] == CLD2::UNKNOWN_LANGUAGE || percents[i] <= 0) continue;
        std::snprintf(out->code[slot], sizeof out->code[slot], "%s", CLD2::LanguageCode(languages[i]));
        out->percent[slot] = percents[i];
        ++slot;
    }
    out->text_bytes = text_bytes;
    out->is_reliable = reliable ? 1 : 0;
}
