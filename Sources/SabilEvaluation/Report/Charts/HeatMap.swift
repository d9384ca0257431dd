import Glibc

/// Counts of pairs as a square of cells: the rows have names and numbers, the columns the same numbers.
struct HeatMap {
    struct Cell: Hashable {
        let row: Int
        let column: Int
        let count: Int
    }

    let names: [String]
    /// One for a pair at most.
    let cells: [Cell]
    let rowTitle: String
    let columnTitle: String

    private static let side = 19.0
    private static let nameWidth = 150.0
    /// So many shades are told apart.
    private static let shades = 5

    /// From 1 to `shades`, by the logarithm: one pair is often far more frequent than the others.
    static func shade(_ count: Int, most: Int) -> Int {
        guard count > 0, most > 1 else { return 1 }
        return 1 + Int((log(Double(count)) / log(Double(most)) * Double(shades - 1)).rounded())
    }

    func chart(title: String, description: String) -> Chart {
        let left = Self.nameWidth + 26
        let top = 40.0
        let size = Double(names.count) * Self.side
        let most = cells.lazy.filter { $0.row != $0.column }.map(\.count).max() ?? 1
        var nodes: [Markup] = [
            .label(rowTitle, 2, top - 8, style: "soft"),
            .label(columnTitle, left, 12, style: "soft"),
            .rectangle(left, top, size, size, "field"),
        ]
        for (position, name) in names.enumerated() {
            let centre = (Double(position) + 0.5) * Self.side
            let number = "\(position + 1)"
            nodes.append(
                .label(
                    LabelPlacement.fitted(name, size: Chart.textSize, width: Self.nameWidth), 2, top + centre + 4,
                    style: "ink", isForeign: true))
            nodes.append(.label(number, left - 5, top + centre + 4, anchor: .end))
            nodes.append(.label(number, left + centre, top - 5, anchor: .middle))
            nodes.append(
                .rectangle(
                    left + centre - Self.side / 2, top + centre - Self.side / 2, Self.side, Self.side, "diagonal"))
        }
        for cell in cells
        where cell.count > 0 && names.indices.contains(cell.row) && names.indices.contains(cell.column) {
            let x = left + Double(cell.column) * Self.side
            let y = top + Double(cell.row) * Self.side
            if cell.row != cell.column {
                nodes.append(
                    .rectangle(
                        x + 0.5, y + 0.5, Self.side - 1, Self.side - 1, "heat h\(Self.shade(cell.count, most: most))"))
            }
            let style = cell.row == cell.column ? "small" : "small on\(Self.shade(cell.count, most: most))"
            let text = cell.count < 1000 ? "\(cell.count)" : "\(cell.count / 1000)k"
            nodes.append(.label(text, x + Self.side / 2, y + Self.side / 2 + 3.2, anchor: .middle, style: style))
        }
        return Chart(
            title: title, description: description, width: left + max(size, 150) + 4, height: top + size + 6,
            nodes: nodes)
    }
}
