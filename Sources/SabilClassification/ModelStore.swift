public import SabilAnalysis
public import SabilRecords

/// A folder of model folders, one of them promoted: the file `current` is swapped by a rename, so readers see old or new.
public struct ModelStore: Sendable {
    public let directory: String

    public init(directory: String) { self.directory = directory }

    private var pointer: String { directory + "/current" }
    private func folder(_ id: ModelID) -> String { directory + "/" + id.rawValue }

    /// An id is a folder's name: sixteen hexadecimal digits and nothing that leads elsewhere.
    private static func isID(_ name: String) -> Bool {
        name.utf8.count == 16 && name.utf8.allSatisfy { 48...57 ~= $0 || 97...102 ~= $0 }
    }

    /// Saves a model under its id; a model that is there already is left as it is.
    /// - Throws: `unwritable`.
    @discardableResult
    public func add(_ model: ConceptClassifier) throws(ModelError) -> ModelID {
        if !DurableFiles.exists(folder(model.id) + "/" + ConceptClassifier.manifestName) {
            try model.save(to: folder(model.id))
        }
        return model.id
    }

    /// Makes a stored model the current one.
    /// - Throws: `notFound`, `unwritable`.
    public func promote(_ id: ModelID) throws(ModelError) {
        try requireModel(id, operation: "promote the model \(id)")
        let temporary = pointer + ".writing-\(DurableFiles.processID())"
        do throws(FileFailure) {
            try DurableFiles.write(Array((id.rawValue + "\n").utf8), to: temporary)
            try DurableFiles.rename(temporary, to: pointer)
            try DurableFiles.syncFolder(directory)
        } catch {
            DurableFiles.removeFile(temporary)
            throw ModelError(
                code: .unwritable, operation: "promote the model \(id)",
                message: error.reason + "; check the disk and the rights of the folder.")
        }
    }

    /// The id of the current model; `nil` when none was promoted.
    /// - Throws: `unreadable`, also when the pointer's content is no id.
    public func current() throws(ModelError) -> ModelID? {
        let operation = "find the current model in \(directory)"
        do throws(FileFailure) {
            let text = String(decoding: try DurableFiles.read(pointer), as: UTF8.self)
            let name = String(text.prefix { !$0.isWhitespace })
            if Self.isID(name) { return ModelID(name) }
        } catch {
            if error.isMissing { return nil }
            throw ModelError(code: .unreadable, operation: operation, message: error.reason + "; check its rights.")
        }
        throw ModelError(
            code: .unreadable, operation: operation,
            message: "the file current names no model; choose one with `sabil model use`.")
    }

    /// The ids of all stored models, sorted.
    /// - Throws: `unreadable`.
    public func models() throws(ModelError) -> [ModelID] {
        do throws(FileFailure) {
            return try DurableFiles.names(in: directory).filter {
                Self.isID($0) && DurableFiles.exists(directory + "/" + $0 + "/" + ConceptClassifier.manifestName)
            }.map { ModelID($0) }
        } catch {
            if error.isMissing { return [] }
            throw ModelError(
                code: .unreadable, operation: "list the models in \(directory)",
                message: error.reason + "; check its rights.")
        }
    }

    /// What a stored model says about itself, without its weights.
    /// - Throws: `notFound`, `malformedManifest`, `otherFormat`, `unreadable`.
    public func manifest(of id: ModelID) throws(ModelError) -> ModelManifest {
        let operation = "read what the model \(id) says of itself"
        try requireModel(id, operation: operation)
        return try ConceptClassifier.manifest(in: folder(id), operation: operation)
    }

    /// Loads a model; the current one if `id` is `nil`.
    /// - Throws: `notFound`, and what ``ConceptClassifier/load(from:taxonomy:analyzer:)`` throws.
    public func load(
        _ id: ModelID? = nil, taxonomy: String? = nil, analyzer: Analyzer = Analyzer()
    ) throws(ModelError) -> ConceptClassifier {
        var wanted = id
        if wanted == nil { wanted = try current() }
        guard let wanted else {
            throw ModelError(
                code: .notFound, operation: "load the current model of \(directory)",
                message: "none is in force yet; train one with `sabil train`, or choose a kept one with "
                    + "`sabil model use`.")
        }
        try requireModel(wanted, operation: "load the model \(wanted)")
        return try ConceptClassifier.load(from: folder(wanted), taxonomy: taxonomy, analyzer: analyzer)
    }

    private func requireModel(_ id: ModelID, operation: String) throws(ModelError) {
        guard Self.isID(id.rawValue), DurableFiles.isFolder(folder(id)) else {
            throw ModelError(
                code: .notFound, operation: operation,
                message: "\(directory) holds no such model; `sabil model list` names those it holds.")
        }
    }
}
