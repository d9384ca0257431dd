/// A tree of HTML or SVG, written so that it is XML too.
///
/// Text and values of attributes are escaped when they are written, whoever they come from; names of elements and
/// attributes are only ever our own.
indirect enum Markup: Sendable, Hashable {
    case element(String, [Attribute], [Markup])
    case text(String)
    /// Rules of style, which are our own: browsers read no escapes in them.
    case rules(String)

    struct Attribute: Sendable, Hashable {
        let name: String
        let value: String

        init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Elements that HTML closes by itself: they must be written without an end tag.
    private static let empty: Set<String> = ["meta", "br", "hr", "col"]
    /// Elements of SVG that have no content here; written short.
    private static let shapes: Set<String> = ["path", "rect", "line", "circle", "polygon"]

    static func node(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ children: [Markup]) -> Markup
    {
        .element(name, attributes.map { Attribute($0.key, $0.value) }, children)
    }

    static func node(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ text: String) -> Markup {
        node(name, attributes, [.text(text)])
    }

    static func node(_ name: String, _ attributes: KeyValuePairs<String, String> = [:]) -> Markup {
        .element(name, attributes.map { Attribute($0.key, $0.value) }, [])
    }

    /// The tree as text.
    var written: String {
        var output = ""
        write(to: &output)
        return output
    }

    /// - Complexity: O(length of the output).
    func write(to output: inout String) {
        switch self {
        case .text(let text): output += Self.escaped(text)
        case .rules(let rules): output += rules
        case .element(let name, let attributes, let children):
            output += "<\(name)"
            for attribute in attributes { output += " \(attribute.name)=\"\(Self.escaped(attribute.value))\"" }
            if children.isEmpty, Self.empty.contains(name) || Self.shapes.contains(name) {
                output += "/>"
                return
            }
            output += ">"
            for child in children { child.write(to: &output) }
            output += "</\(name)>"
            if Self.blocks.contains(name) { output += "\n" }
        }
    }

    /// After these a new line, so that two versions of a report can be compared by line.
    private static let blocks: Set<String> = [
        "head", "title", "section", "header", "footer", "nav", "h1", "h2", "h3", "h4", "p", "ul", "li", "tr", "thead",
        "tbody", "table", "caption", "figure", "figcaption", "details", "summary", "div", "svg", "dl", "style",
    ]

    /// Signs of markup as references; what is invisible by name (see `VisibleText`).
    static func escaped(_ text: String) -> String {
        var output = ""
        for scalar in VisibleText.of(text).unicodeScalars {
            switch scalar {
            case "&": output += "&amp;"
            case "<": output += "&lt;"
            case ">": output += "&gt;"
            case "\"": output += "&quot;"
            case "'": output += "&#39;"
            default: output.unicodeScalars.append(scalar)
            }
        }
        return output
    }
}
