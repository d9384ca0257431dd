"""Puts switches for planted regressions into a checkout, for trials.sh. Never run it on sources that are to be kept.

Usage: plant.py CHECKOUT

The environment variable SABIL_PLANT of the program that is then built takes one of:
  stemmer:ar       words of that language keep their endings (also en, fr, es)
  prefixes:ar      Arabic prefixes stay on
  stopwords:en     function words of that language are words like others
  elisions:fr      l’, d’ and the like stay on
  exceptions:en    stems given for single words are left to the stemmer
  respellings:fr   endings without accents are left as they are
  slow:30          every search takes 30 % longer
Without the variable the program does what it did.
"""

import pathlib
import sys

PLANTS = [
    (
        "Sources/SabilAnalysis/LanguageProfile.swift",
        "    package static func profile(of language: Language) -> LanguageProfile {\n",
        """    package static func profile(of language: Language) -> LanguageProfile {
        guard planted.count == 2, planted[1] == language.rawValue else { return sound(of: language) }
        var profile = sound(of: language)
        let plant = planted
        switch plant[0] {
        case "stemmer": profile.stemmer = nil
        case "prefixes": profile.stripsArabicPrefixes = false
        case "stopwords": profile.stopwords = ""
        case "elisions": profile.elisions = ""
        case "exceptions": profile.stemExceptions = ""
        case "respellings": profile.respellings = []
        default: break
        }
        return profile
    }

    // Read once: a program without a plant is as fast as one that cannot have any.
    private static let planted = (getenv("SABIL_PLANT").map { String(cString: $0) } ?? "").split(separator: ":")
        .map(String.init)

    private static func sound(of language: Language) -> LanguageProfile {
""",
        "import Glibc\n",
    ),
    (
        "Sources/SabilSearch/SearchService.swift",
        "        page.elapsed = clock.now - start\n",
        """        if let percent = plantedPercent {
            let end = clock.now + (clock.now - start) * (percent / 100)
            while clock.now < end {}
        }
        page.elapsed = clock.now - start
""",
        """import Glibc

private let plantedPercent = getenv("SABIL_PLANT").map { String(cString: $0) }
    .flatMap { $0.hasPrefix("slow:") ? Double($0.dropFirst(5)) : nil }

""",
    ),
]


def main():
    root = pathlib.Path(sys.argv[1])
    for name, anchor, replacement, head in PLANTS:
        path = root / name
        text = path.read_text(encoding="utf-8")
        if text.count(anchor) != 1:
            sys.exit(f"{path}: the line to plant at stands there {text.count(anchor)} times:\n{anchor}Mend plant.py.")
        path.write_text(head + text.replace(anchor, replacement), encoding="utf-8")


if __name__ == "__main__":
    main()
