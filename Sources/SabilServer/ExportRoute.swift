import HTTPTypes
import Hummingbird
import NIOCore
import SabilRecords
import SabilSearch

/// A whole result as a file, written while it is read: memory does not grow with it, and nothing is cut.
struct ExportRoute: Sendable {
    let services: ServerServices

    /// The parameters, apart from `filter[…]` and `all[…]`: those of a search that say what is found and in which order.
    static let names = [
        "q", "lang", "sort", "collapse", "expand", "spelling", "placements", "boost", "ui", "format",
    ]
    private static let total = HTTPField.Name("X-Total-Count")

    var endpoint: Endpoint {
        Endpoint(.get, "/v1/export") { request, _ in
            let parameters = try request.parameters()
            try parameters.refuseUnknown(known: Self.names, prefixes: SearchQuery.prefixes)
            let format = try parameters.choice("format", of: ExportFormat.allCases) ?? .csv
            let query = try SearchQuery(QueryParameters(parameters.pairs.filter { $0.name != "format" }))
            let reader = request.reader(query.reader)
            let stream = try await services.index.records(
                matching: query.request(reader: reader, facets: [], visibility: services.configuration.visibility))
            let writer = ExportWriter(
                format, taxonomy: services.taxonomy, contentTypes: services.contentTypes, reader: reader)
            var headers: HTTPFields = [
                .contentType: format.mediaType, .cacheControl: "no-store",
                .contentDisposition: "attachment; filename=\"sabil.\(format.fileExtension)\"",
            ]
            if let total = Self.total { headers[total] = String(stream.count) }
            return Response(status: .ok, headers: headers, body: Self.body(stream, writer))
        }
    }

    /// A failure in the middle ends the answer without its last chunk, so that a client knows it is not whole.
    private static func body(_ stream: RecordStream, _ writer: ExportWriter) -> ResponseBody {
        ResponseBody { output in
            var stream = stream
            var buffer = ByteBuffer(bytes: writer.beginning)
            while let records = try await stream.next() {
                for record in records { buffer.writeBytes(writer.bytes(of: record)) }
                try await output.write(buffer)
                buffer.clear()
            }
            if buffer.readableBytes > 0 { try await output.write(buffer) }
            try await output.finish(nil)
        }
    }
}

extension SearchQuery {
    /// The address of everything that this search finds, as a file.
    func export(_ format: ExportFormat) -> String {
        let pairs = parameters.pairs.filter { pair in
            ExportRoute.names.contains(pair.name) || Self.prefixes.contains { pair.name.hasPrefix($0) }
        }
        return "/v1/export?" + QueryParameters(pairs + [("format", format.rawValue)]).encoded
    }
}

extension ExportFormat {
    /// What it is called on the pages, the same in all languages.
    var title: String {
        switch self {
        case .csv: "CSV"
        case .jsonLines: "JSON Lines"
        case .ris: "RIS"
        case .bibTeX: "BibTeX"
        }
    }
}
