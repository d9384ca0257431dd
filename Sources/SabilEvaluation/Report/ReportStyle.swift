/// The look of a page: two palettes, and rules that name their colours.
enum ReportStyle {
    /// Colours by role, as six hexadecimal digits. Tests compute their contrasts.
    struct Palette: Sendable, Hashable {
        var paper: String
        /// Behind charts and heads of tables.
        var wash: String
        var ink: String
        /// Words that matter less.
        var soft: String
        var line: String
        /// Lines and signs of charts, links.
        var strong: String
        var better: String
        var worse: String
        /// Second, third and fourth line of a chart.
        var curves: [String]
        /// Words on the darkest cells of a heat map.
        var onHeat: String
        /// Behind the title.
        var head: String
        var onHead: String
    }

    static let light = Palette(
        paper: "ffffff", wash: "f4f7f8", ink: "1b2530", soft: "4c5a68", line: "cfd8df", strong: "0b5563",
        better: "0b6638",
        worse: "a3321b", curves: ["9a4f00", "6b3fa0", "51606b"], onHeat: "ffffff", head: "073c46", onHead: "ffffff")

    static let dark = Palette(
        paper: "12191f", wash: "1a232b", ink: "e8eef1", soft: "aab7c1", line: "36434e", strong: "6cc6d6",
        better: "74d39c",
        worse: "f39a83", curves: ["eab464", "c3a4ee", "b4c0c9"], onHeat: "0b1013", head: "0a2e36", onHead: "ffffff")

    /// Shares of the strong colour in the cells of a heat map, from rare to frequent.
    static let heat = [0.1, 0.24, 0.4, 0.88, 1]
    /// From this shade on words are written in the other colour.
    static let firstDarkShade = 4

    static var sheet: String {
        """

        :root { color-scheme: light dark; \(variables(light)) }
        @media screen and (prefers-color-scheme: dark) { :root { \(variables(dark)) } }
        \(rules)
        \(heat.enumerated().map { ".heat.h\($0 + 1) { fill-opacity: \($1) }" }.joined(separator: "\n"))

        """
    }

    private static func variables(_ palette: Palette) -> String {
        let pairs = [
            ("paper", palette.paper), ("wash", palette.wash), ("ink", palette.ink), ("soft", palette.soft),
            ("line", palette.line), ("strong", palette.strong), ("better", palette.better), ("worse", palette.worse),
            ("on-heat", palette.onHeat), ("head", palette.head), ("on-head", palette.onHead),
        ]
        return (pairs + palette.curves.enumerated().map { ("curve\($0 + 1)", $1) })
            .map { "--\($0): #\($1);" }.joined(separator: " ")
    }

    /// No sign of markup may stand here: browsers read it as it is, XML does not.
    private static let rules = """
        * { box-sizing: border-box; }
        html { font: 100%/1.55 system-ui, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Arabic", "Noto Naskh Arabic", sans-serif;
          font-variant-numeric: tabular-nums lining-nums; -webkit-text-size-adjust: 100%; }
        body { margin: 0; color: var(--ink); background: var(--paper); overflow-wrap: break-word; }
        .wide { max-width: 74rem; margin-inline: auto; padding-inline: 1rem; }
        header { background: var(--head); color: var(--on-head); padding-block: 1.1rem 1.2rem; }
        header p { margin: .2rem 0; max-width: 56rem; font-size: .95rem; }
        .brand { font-weight: 700; letter-spacing: .02em; }
        h1 { font-size: 1.65rem; line-height: 1.25; margin: .2rem 0 .7rem; text-wrap: balance; }
        h2 { font-size: 1.35rem; line-height: 1.3; margin: 2.4rem 0 .8rem; padding-block-end: .3rem; border-block-end: 2px solid var(--strong); }
        h3 { font-size: 1.1rem; line-height: 1.35; margin: 2.4rem 0 .4rem; overflow-wrap: anywhere; }
        p, li { max-width: 56rem; }
        ul { padding-inline-start: 1.25rem; }
        li { margin-block: .35rem; }
        a { color: var(--strong); text-underline-offset: .15em; }
        :focus-visible { outline: 3px solid #d98500; outline-offset: 2px; border-radius: 2px; }
        nav { font-size: .95rem; margin-block: 1rem; }
        nav ul { list-style: none; padding: 0; margin: .2rem 0; display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; }
        nav li { margin: 0; }
        nav li ul { padding-inline-start: 1rem; }
        nav .contents { flex-direction: column; }
        .scroll { overflow-x: auto; margin-block: .3rem 1.2rem; -webkit-overflow-scrolling: touch; }
        table { border-collapse: collapse; font-size: .9rem; line-height: 1.4; }
        .caption { color: var(--soft); font-size: .9rem; margin-block: 1rem .3rem; }
        th, td { padding: .3rem .4rem .3rem 0; text-align: start; vertical-align: baseline; border-block-end: 1px solid var(--line); }
        th + th, th + td, td + td { padding-inline-start: .4rem; }
        thead th { font-weight: 600; color: var(--soft); border-block-end: 2px solid var(--line); vertical-align: bottom; }
        tbody th { font-weight: 500; }
        tbody th, .long { min-width: 8.5rem; max-width: 30rem; overflow-wrap: break-word; }
        .long { min-width: 15rem; }
        .n { text-align: end; white-space: nowrap; }
        thead .n { white-space: normal; }
        tbody th.n { min-width: 0; }
        .verdict { white-space: nowrap; font-weight: 600; }
        .verdict.better { color: var(--better); }
        .verdict.worse { color: var(--worse); }
        .verdict.unclear { color: var(--soft); font-weight: 400; }
        .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 29rem)); gap: 1rem; margin-block: 1rem; align-items: start; }
        figure { margin: 0; min-width: 0; background: var(--wash); border: 1px solid var(--line); border-radius: .5rem; padding: .8rem; }
        figcaption { font-size: .9rem; margin-block-end: .5rem; }
        details { margin-block: .6rem; }
        summary { cursor: pointer; color: var(--strong); padding-block: .2rem; }
        figure details { font-size: .9rem; margin-block: .5rem 0; }
        footer { color: var(--soft); font-size: .9rem; border-block-start: 1px solid var(--line); margin-block-start: 3rem; padding-block: 1rem 2rem; }

        .chart { display: block; width: 100%; height: auto; font-size: 11px; }
        .chart text { fill: var(--soft); }
        .chart .ink, .chart .number { fill: var(--ink); }
        .chart .strong { fill: var(--ink); font-weight: 700; }
        .chart .small { font-size: 9px; fill: var(--ink); }
        .chart .halo { paint-order: stroke; stroke: var(--wash); stroke-width: 4px; stroke-linejoin: round; }
        .chart .on4, .chart .on5 { fill: var(--on-heat); }
        .grid { stroke: var(--line); stroke-width: 1; }
        .zero { stroke: var(--soft); stroke-width: 1; }
        .ideal { fill: none; stroke: var(--soft); stroke-width: 1.2; stroke-dasharray: 5 4; }
        .gap { stroke: var(--soft); stroke-width: 1.2; stroke-dasharray: 1.5 2.5; }
        .whisker { stroke-width: 1.6; }
        .whisker.better { stroke: var(--better); } .whisker.worse { stroke: var(--worse); } .whisker.unclear { stroke: var(--soft); }
        .mark.better, .area.better { fill: var(--better); } .mark.worse, .area.worse { fill: var(--worse); }
        .ring { fill: var(--wash); stroke: var(--soft); stroke-width: 1.8; }
        .lozenge { fill: var(--ink); }
        .bar { fill: var(--strong); }
        .field { fill: var(--paper); stroke: var(--line); }
        .diagonal { fill: var(--line); fill-opacity: .55; }
        .heat { fill: var(--strong); }
        .curve { fill: none; stroke-width: 1.9; stroke-linejoin: round; }
        .curve.s0 { stroke: var(--strong); } .sign.s0, .band.s0 { fill: var(--strong); }
        .curve.s1 { stroke: var(--curve1); stroke-dasharray: 6 3; } .sign.s1, .band.s1 { fill: var(--curve1); }
        .curve.s2 { stroke: var(--curve2); stroke-dasharray: 2 3; } .sign.s2, .band.s2 { fill: var(--curve2); }
        .curve.s3 { stroke: var(--curve3); stroke-dasharray: 8 3 2 3; } .sign.s3 { stroke: var(--curve3); } .band.s3 { fill: var(--curve3); }
        .sign.open { fill: var(--wash); stroke-width: 1.6; }
        .band { fill-opacity: .18; }
        .focus { fill: none; stroke: var(--ink); stroke-width: 1.6; }
        .chart .name.s0 { fill: var(--strong); } .chart .name.s1 { fill: var(--curve1); } .chart .name.s2 { fill: var(--curve2); } .chart .name.s3 { fill: var(--curve3); }

        @media (min-width: 60rem) { tbody th:not(.long) { white-space: nowrap; } }
        @media (min-width: 64rem) { figure:has(> .scroll) { grid-column: span 2; } }
        @media (max-width: 40rem) {
          h1 { font-size: 1.4rem; }
          .wide { padding-inline: .8rem; }
          figure { padding: .6rem; }
          .long { min-width: 12rem; }
        }
        @media print {
          @page { margin: 14mm; }
          html { font-size: 9.5pt; }
          header { background: none; color: var(--ink); padding-block: 0; border-block-end: 2px solid var(--strong); }
          nav { display: none; }
          .scroll { overflow: visible; }
          .wide { padding-inline: 0; max-width: none; }
          table { font-size: 7pt; }
          th, td { padding: .15rem .3rem .15rem 0; }
          th + th, th + td, td + td { padding-inline-start: .3rem; }
          tbody th, .long { min-width: 0; }
          thead { display: table-header-group; }
          tr, figure { break-inside: avoid; }
          h2, h3, figcaption, .caption { break-after: avoid; }
          .figures { grid-template-columns: 1fr 1fr; }
          details::details-content { content-visibility: visible; display: block; height: auto; }
          figure, .chart, .verdict { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
          figure details { display: none; }
        }
        """
}
