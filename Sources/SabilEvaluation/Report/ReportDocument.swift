/// What a report says, before it is HTML or Markdown.
struct ReportDocument: Sendable, Hashable {
    var title: ReportText
    /// Below the title: what, when, from which commit.
    var facts: [ReportText]
    var sections: [ReportSection]
}

struct ReportSection: Sendable, Hashable {
    /// Name of the place in the page; ours, in ASCII letters and hyphens.
    var id: String
    var title: String
    var blocks: [ReportBlock]
}

enum ReportBlock: Sendable, Hashable {
    case heading(ReportText)
    case paragraph(ReportText)
    case list([ReportText])
    case table(ReportTable)
    /// Charts that may stand side by side.
    case figures([ReportFigure])
    /// Something for those who want to look closer, closed at first.
    case fold(ReportText, [ReportBlock])
}

struct ReportTable: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case text
        case number
    }

    struct Column: Sendable, Hashable {
        var title: String
        var kind: Kind

        static func text(_ title: String) -> Column { Column(title: title, kind: .text) }
        static func number(_ title: String) -> Column { Column(title: title, kind: .number) }
    }

    var caption: ReportText
    var columns: [Column]
    /// As many cells each as there are columns; the first names the row.
    var rows: [[ReportText]]

    init(_ caption: ReportText, columns: [Column], rows: [[ReportText]]) {
        self.caption = caption
        self.columns = columns
        self.rows = rows
    }
}

struct ReportFigure: Sendable, Hashable {
    /// Says what is seen, as a sentence or two.
    var caption: ReportText
    var chart: Chart
    /// The figures of the chart, where no table beside it has them.
    var table: ReportTable?
}
