public import SabilAnalysis
import SabilRecords

extension ConceptClassifier {
    static let manifestName = "manifest.json"
    static let weightsName = "weights.bin"

    /// Names a model by its content: digest of the weights and of the rest of the manifest.
    convenience init(
        sealing content: ModelContent, manifest: ModelManifest, analyzer: Analyzer, retired: Set<String> = [],
        successors: [String: String] = [:]
    ) throws(ModelError) {
        var manifest = manifest
        var weights = Digest()
        try content.archive { weights.add(bytes: $0) }
        manifest.weightsDigest = weights.hexadecimal
        manifest.id = ModelID("")
        var whole = Digest()
        whole.add(bytes: try ModelJSON.encode(manifest))
        manifest.id = ModelID(whole.hexadecimal)
        self.init(
            manifest: manifest, content: content, analyzer: analyzer, retired: retired, successors: successors)
    }

    /// Writes `manifest.json` and `weights.bin` into a folder: to a temporary one beside it, synced, then renamed.
    ///
    /// A model that is there already is moved aside, removed after, and put back if the new one cannot take its place: use ``ModelStore`` where a reader must always find one.
    /// - Throws: `unwritable`.
    public func save(to directory: String) throws(ModelError) {
        let temporary = "\(directory).writing-\(DurableFiles.processID())-\(id.rawValue)"
        let old = temporary + "-old"
        do throws(FileFailure) {
            try DurableFiles.makeFolder(DurableFiles.parent(of: directory))
            try DurableFiles.makeFolder(temporary)
        } catch {
            throw Self.unwritable(directory, error)
        }
        defer { Self.removeModelFolder(temporary) }
        let manifest = try ModelJSON.encode(manifest, pretty: true)
        let weights: DurableFile
        do throws(FileFailure) {
            weights = try DurableFile(temporary + "/" + Self.weightsName)
        } catch {
            throw Self.unwritable(directory, error)
        }
        try content.archive(to: weights.write)
        do throws(FileFailure) {
            try weights.finish()
            try DurableFiles.write(manifest, to: temporary + "/" + Self.manifestName)
            try DurableFiles.syncFolder(temporary)
        } catch {
            throw Self.unwritable(directory, error)
        }
        let replaces = DurableFiles.isFolder(directory)
        do throws(FileFailure) {
            if replaces { try DurableFiles.rename(directory, to: old) }
        } catch {
            throw Self.unwritable(directory, error)
        }
        do throws(FileFailure) {
            try DurableFiles.rename(temporary, to: directory)
        } catch {
            guard replaces else { throw Self.unwritable(directory, error) }
            do throws(FileFailure) { try DurableFiles.rename(old, to: directory) } catch _ {
                throw Self.unwritable(directory, error, kept: old)
            }
            throw Self.unwritable(directory, error)
        }
        if replaces { Self.removeModelFolder(old) }
        do throws(FileFailure) {
            try DurableFiles.syncFolder(DurableFiles.parent(of: directory))
        } catch {
            throw Self.unwritable(directory, error)
        }
    }

    private static func removeModelFolder(_ path: String) {
        DurableFiles.removeFile(path + "/" + manifestName)
        DurableFiles.removeFile(path + "/" + weightsName)
        DurableFiles.removeFolder(path)
    }

    /// - Parameter old: where the model lies that was there before, if it could not be put back.
    private static func unwritable(
        _ directory: String, _ failure: FileFailure, kept old: String? = nil
    ) -> ModelError {
        ModelError(
            code: .unwritable, operation: "save the model to \(directory)",
            message: failure.reason + "; check the disk and the rights of the folder"
                + (old.map { ", and rename \($0), which is the model that was there, to \(directory)." } ?? "."))
    }

    /// Reads a model folder, checking format, analyzer, taxonomy, magic, version and content in that order.
    ///
    /// - Parameter taxonomy: the version in use; `nil` takes whatever the model has.
    /// - Throws: `missingManifest`, `malformedManifest`, `otherFormat`, `otherFingerprint`, `otherTaxonomy`, `missingWeights`,
    ///   `wrongMagic`, `otherWeightsVersion`, `truncatedWeights`, `corruptWeights`, `unreadable`.
    public static func load(
        from directory: String, taxonomy: String? = nil, analyzer: Analyzer = Analyzer()
    ) throws(ModelError) -> ConceptClassifier {
        let operation = "load the model in \(directory)"
        let manifest = try manifest(in: directory, operation: operation)
        guard manifest.analyzer == analyzer.fingerprint else {
            throw ModelError(
                code: .otherFingerprint, operation: operation,
                message: "it was trained with analyzer \(manifest.analyzer), this build has \(analyzer.fingerprint); "
                    + "train anew with this build.")
        }
        if let taxonomy, manifest.taxonomy != taxonomy {
            throw ModelError(
                code: .otherTaxonomy, operation: operation,
                message: "it was trained with taxonomy \(manifest.taxonomy ?? "none"), in use is \(taxonomy); "
                    + "train anew with the taxonomy in use.")
        }
        let source: WeightsSource
        do throws(FileFailure) {
            source = try WeightsSource(path: directory + "/" + weightsName)
        } catch {
            throw failure(
                error, missing: .missingWeights, operation,
                "there is no weights.bin beside the manifest; copy the model again or train anew.")
        }
        let reader = try WeightsReader(source, operation: operation)
        let content = try content(reader, digest: manifest.weightsDigest, of: source, operation: operation)
        return ConceptClassifier(manifest: manifest, content: content, analyzer: analyzer)
    }

    /// Reads the content while another thread works out the digest, which is checked first.
    private static func content(
        _ reader: WeightsReader, digest: String, of source: WeightsSource, operation: String
    ) throws(ModelError) -> ModelContent {
        enum Part: Sendable {
            case digest(Digest)
            case content(Result<ModelContent, ModelError>)
        }
        let parts = try Parallel.map(2, threads: 2) { (part: Int) throws(ModelError) -> Part in
            if part == 0 { return .digest(source.digest()) }
            do throws(ModelError) {
                return .content(.success(try ModelContent(reader, operation: operation)))
            } catch {
                return .content(.failure(error))
            }
        }
        guard case .digest(let found) = parts[0], found.hexadecimal == digest, case .content(let content) = parts[1]
        else {
            throw ModelError(
                code: .corruptWeights, operation: operation,
                message: "weights.bin is not the one the manifest was written for; copy the model again or train anew.")
        }
        return try content.get()
    }

    /// What a model folder says about itself.
    /// - Throws: `missingManifest`, `malformedManifest`, `otherFormat`, `unreadable`.
    static func manifest(in directory: String, operation: String) throws(ModelError) -> ModelManifest {
        let manifestBytes = try read(
            directory + "/" + manifestName, missing: .missingManifest, operation,
            "there is no manifest.json; it is no model folder, or was never finished: train a model first.")
        let head: FormatHead = try ModelJSON.decode(
            manifestBytes, code: .malformedManifest, operation: operation, what: manifestName)
        guard head.format == ModelManifest.currentFormat else {
            throw ModelError(
                code: .otherFormat, operation: operation,
                message: "it has format \(head.format), this build reads \(ModelManifest.currentFormat); "
                    + "train anew or use the build that wrote it.")
        }
        return try ModelJSON.decode(
            manifestBytes, code: .malformedManifest, operation: operation, what: manifestName)
    }

    private struct FormatHead: Decodable { var format: Int }

    private static func read(
        _ path: String, missing: ModelError.Code, _ operation: String, _ message: String
    ) throws(ModelError) -> [UInt8] {
        do throws(FileFailure) {
            return try DurableFiles.read(path)
        } catch {
            throw failure(error, missing: missing, operation, message)
        }
    }

    private static func failure(
        _ failure: FileFailure, missing: ModelError.Code, _ operation: String, _ message: String
    ) -> ModelError {
        failure.isMissing
            ? ModelError(code: missing, operation: operation, message: message)
            : ModelError(
                code: .unreadable, operation: operation,
                message: failure.reason + "; check the disk and the rights of the folder.")
    }
}
