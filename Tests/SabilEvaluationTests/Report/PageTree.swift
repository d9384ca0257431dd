import Foundation
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// A page read by a parser of XML that knows nothing of how it was written.
final class PageTree: NSObject, XMLParserDelegate {
    final class Element {
        let name: String
        let attributes: [String: String]
        var children: [Element] = []
        /// The text of this element and of all within it.
        var text = ""

        init(name: String, attributes: [String: String]) {
            self.name = name
            self.attributes = attributes
        }

        /// All elements within, in the order of the page.
        var all: [Element] { children.flatMap { [$0] + $0.all } }
        func all(_ name: String) -> [Element] { all.filter { $0.name == name } }
        func first(_ name: String, id: String) -> Element? { all(name).first { $0.attributes["id"] == id } }
    }

    let root = Element(name: "", attributes: [:])
    private var open: [Element] = []

    /// Fails the test where the page is not well-formed.
    init(_ page: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        super.init()
        open = [root]
        let parser = XMLParser(data: Data(page.utf8))
        parser.delegate = self
        let isRead = parser.parse()
        try #require(
            isRead, "line \(parser.lineNumber): \(parser.parserError.map { "\($0)" } ?? "?")",
            sourceLocation: sourceLocation)
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        let element = Element(name: name, attributes: attributes)
        open.last?.children.append(element)
        open.append(element)
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        let element = open.removeLast()
        open.last?.text += element.text
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) { open.last?.text += text }

    /// The tables with their captions: names of the columns, then the rows.
    var tables: [(caption: String, columns: [String], rows: [[String]])] {
        root.all("table").map { table in
            let caption = root.all.first { $0.attributes["id"] == table.attributes["aria-labelledby"] }?.text ?? ""
            let rows = table.all("tr").map { row in row.children.map(\.text) }
            return (caption, rows.first ?? [], Array(rows.dropFirst()))
        }
    }
}
