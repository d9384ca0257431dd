import Foundation
import HTTPTypes
import Hummingbird
import Mustache
import NIOCore
import SabilRecords

/// Puts values into the templates of the pages, in the reader's language.
struct PageRenderer: Sendable {
    private let library: MustacheLibrary
    /// Text of the pages: key → language → text.
    private let strings: [String: [String: String]]
    private let groups: [Language: PageValue]
    let stylesheet: ByteBuffer
    let completionScript: ByteBuffer
    let openAPI: ByteBuffer

    /// Reads templates, texts and style from the resources of the program.
    ///
    /// - Parameter folders: where their folder may lie, the first that holds it is taken.
    /// - Throws: ``MissingPages`` if none does; what reading throws if a file is missing or broken: the program was not
    ///   installed whole.
    init(in folders: [URL] = ProgramFolders.all) async throws {
        let places = folders.map { $0.appendingPathComponent(MissingPages.folder) }
        guard let resources = places.first(where: { FileManager.default.fileExists(atPath: $0.path) }) else {
            throw MissingPages(looked: folders.map(\.path))
        }
        let templates = resources.appendingPathComponent("Templates")
        library = try await MustacheLibrary(directory: templates.path)
        let strings = try JSONDecoder().decode(
            [String: [String: String]].self,
            from: try Data(contentsOf: templates.appendingPathComponent("strings.json")))
        self.strings = strings
        let statics = resources.appendingPathComponent("Static")
        stylesheet = ByteBuffer(bytes: try Data(contentsOf: statics.appendingPathComponent("sabil.css")))
        completionScript = ByteBuffer(bytes: try Data(contentsOf: statics.appendingPathComponent("complete.js")))
        openAPI = ByteBuffer(bytes: try Data(contentsOf: statics.appendingPathComponent("openapi.json")))
        var groups: [Language: PageValue] = [:]
        for language in Language.known {
            groups[language] = .group(strings.mapValues { .text($0[language.rawValue] ?? $0["en"] ?? "") })
        }
        self.groups = groups
    }

    /// A text of the pages; the key itself if there is none, so that a slip is seen.
    func string(_ key: String, _ language: Language) -> String {
        strings[key]?[language.rawValue] ?? strings[key]?["en"] ?? key
    }

    func hasString(_ key: String) -> Bool { strings[key] != nil }

    static func name(of language: Language) -> String {
        switch language {
        case .english: "English"
        case .french: "Français"
        case .spanish: "Español"
        case .arabic: "العربية"
        case .undetermined: "–"
        }
    }

    /// A page as a response.
    ///
    /// - Parameters:
    ///   - address: of this page in a language of the page, for the links in its head.
    ///   - reviewLink: address of the review, if it is open.
    func page(
        _ template: String, title: String, reader: Language, reviewLink: String? = nil,
        status: HTTPResponse.Status = .ok, address: (Language) -> String, values: [String: PageValue]
    ) -> Response {
        var values = values
        values["lang"] = .text(reader.rawValue)
        values["dir"] = reader.isRightToLeft ? "rtl" : "ltr"
        values["ui"] = values["lang"]
        values["ui_dir"] = values["dir"]
        values["page_title"] = .text(title)
        values["home"] = .text("/?ui=\(reader.rawValue)")
        values["t"] = groups[reader] ?? groups[.english] ?? [:]
        if let reviewLink { values["review_link"] = .text(reviewLink) }
        values["language_links"] = .list(
            Language.known.map { language in
                [
                    "code": .text(language.rawValue), "name": .text(Self.name(of: language)),
                    "address": .text(address(language)), "current": .flag(language == reader),
                ]
            })
        let html = library.render(PageValue.group(values).rendered, withTemplate: template) ?? ""
        return Response(
            status: status,
            headers: [
                .contentType: "text/html; charset=utf-8", .cacheControl: "private, no-cache",
                .contentLanguage: reader.rawValue, .vary: "Accept-Language",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
    }

    /// The page that says what went wrong.
    func errorPage(_ problem: Problem, requestID: String, reader: Language) -> Response {
        let key =
            switch problem.kind {
            case .recordNotFound: "error_record"
            case .curationClosed: "error_closed"
            default:
                switch problem.kind.status {
                case 403: "error_403"
                case 404, 405: "error_404"
                case 409, 422: "error_422"
                case 503, 507: "error_503"
                case 400..<500: "error_400"
                default: "error_500"
                }
            }
        var response = page(
            "error", title: string("error", reader), reader: reader, status: problem.status,
            address: { "/?ui=\($0.rawValue)" },
            values: [
                "message": .text(string(key, reader)), "detail": .text(problem.detail), "request": .text(requestID),
            ])
        for field in problem.headers { response.headers[field.name] = field.value }
        return response
    }
}

extension Request {
    /// The language of the page: as the address says, else as the browser prefers, else English.
    func reader(_ wanted: Language? = nil) -> Language {
        if let wanted { return wanted }
        var best: (language: Language, weight: Double)?
        for part in (headers[.acceptLanguage] ?? "").split(separator: ",").prefix(20) {
            let sides = part.split(separator: ";")
            guard let tag = sides.first, let language = Language(bcp47: tag.trimmingCharacters(in: .whitespaces)),
                Language.known.contains(language)
            else { continue }
            let quality = sides.dropFirst().first { $0.trimmingCharacters(in: .whitespaces).hasPrefix("q=") }
            let weight = quality.flatMap { Double($0.trimmingCharacters(in: .whitespaces).dropFirst(2)) } ?? 1
            if weight > best?.weight ?? 0 { best = (language, weight) }
        }
        return best?.language ?? .english
    }
}
