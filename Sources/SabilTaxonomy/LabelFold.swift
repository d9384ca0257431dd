/// Brings labels that a reader takes for the same to the same form, to find clashes.
///
/// Coarser than the analysis of text and not meant for it: case, accents of Latin letters, Arabic vowel signs, tatweel,
/// forms of alef, yeh and teh marbuta, kinds of apostrophe and dash, and the width of spaces do not count.
enum LabelFold {
    static func fold(_ label: String) -> String {
        var folded = String.UnicodeScalarView()
        var spaceIsDue = false
        for scalar in label.lowercased().unicodeScalars {
            if scalar.properties.isWhitespace || dashes.contains(scalar) {
                spaceIsDue = !folded.isEmpty
                continue
            }
            // Marks first: a decomposed accent folds like a composed one.
            if scalar.properties.generalCategory == .nonspacingMark || scalar == tatweel { continue }
            if spaceIsDue {
                folded.append(" ")
                spaceIsDue = false
            }
            if let plain = plain[scalar] {
                folded.append(contentsOf: plain.unicodeScalars)
            } else {
                folded.append(scalar)
            }
        }
        return String(folded)
    }

    private static let tatweel: Unicode.Scalar = "\u{640}"
    private static let dashes: Set<Unicode.Scalar> = ["-", "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2014}"]

    private static let plain: [Unicode.Scalar: String] = {
        let groups: [(String, String)] = [
            ("a", "àáâãäåā"), ("c", "çćč"), ("e", "èéêëē"), ("i", "ìíîïī"), ("n", "ñń"), ("o", "òóôõöøō"), ("s", "šş"),
            ("u", "ùúûüū"), ("y", "ýÿ"), ("z", "žż"), ("oe", "œ"), ("ae", "æ"), ("'", "’ʼ‘"), ("ا", "أإآٱ"),
            ("ي", "ىی"), ("ه", "ة"), ("ك", "ک"),
        ]
        var plain: [Unicode.Scalar: String] = [:]
        for (base, variants) in groups {
            for scalar in variants.unicodeScalars { plain[scalar] = base }
        }
        return plain
    }()
}
