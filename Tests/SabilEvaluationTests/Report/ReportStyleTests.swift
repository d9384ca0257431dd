import Testing

@testable import SabilEvaluation

/// Contrast by WCAG 2.2: 4.5 for words, 3 for lines and signs that carry meaning.
@Suite struct ReportStyleTests {
    private func channels(_ colour: String) throws -> [Double] {
        let value = try #require(UInt32(colour, radix: 16))
        return [16, 8, 0].map { Double(value >> $0 & 0xFF) / 255 }
    }

    private func luminance(_ channels: [Double]) -> Double {
        let linear = channels.map { channel -> Double in
            // The power of 2.4 by its logarithm would need a library: four Newton steps for the fifth root will do.
            guard channel > 0.03928 else { return channel / 12.92 }
            let base = (channel + 0.055) / 1.055
            var root = 1.0
            for _ in 0..<60 {
                root -= (root * root * root * root * root - base * base) / (5 * root * root * root * root)
            }
            return base * base * root
        }
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    private func contrast(_ one: [Double], _ other: [Double]) -> Double {
        let (a, b) = (luminance(one) + 0.05, luminance(other) + 0.05)
        return max(a, b) / min(a, b)
    }

    @Test func `the measure of contrast is right`() throws {
        #expect(abs(contrast(try channels("ffffff"), try channels("000000")) - 21) < 1e-9)
        // The grey known to be the lightest with enough contrast on white.
        #expect(abs(contrast(try channels("767676"), try channels("ffffff")) - 4.54) < 0.01)
    }

    @Test(arguments: [ReportStyle.light, ReportStyle.dark])
    func `words and signs stand out`(palette: ReportStyle.Palette) throws {
        for paper in [palette.paper, palette.wash] {
            for word in [palette.ink, palette.soft, palette.strong, palette.better, palette.worse] + palette.curves {
                #expect(contrast(try channels(word), try channels(paper)) >= 4.5, "\(word) on \(paper)")
            }
        }
        #expect(contrast(try channels(palette.onHead), try channels(palette.head)) >= 4.5)
    }

    @Test(arguments: [ReportStyle.light, ReportStyle.dark])
    func `numbers in a heat map stand out from every shade`(palette: ReportStyle.Palette) throws {
        for (position, share) in ReportStyle.heat.enumerated() {
            let cell = zip(try channels(palette.strong), try channels(palette.paper)).map {
                $0 * share + $1 * (1 - share)
            }
            let words = position + 1 >= ReportStyle.firstDarkShade ? palette.onHeat : palette.ink
            #expect(contrast(try channels(words), cell) >= 4.5, "shade \(position + 1)")
        }
    }

    @Test func `style holds no sign of markup`() {
        #expect(
            !ReportStyle.sheet.contains("<") && !ReportStyle.sheet.contains("&") && !ReportStyle.sheet.contains("url("))
    }
}
