import Foundation
import SabilClassification
import SabilEvaluation
import SabilExperiments
import SabilRecords
import SabilReview
import SabilSearch
import SabilServer
import SabilTaxonomy
import XapianIndex

/// What the command answers to the shell: the numbers of sysexits.h that scripts rely on.
enum ExitStatus: Int32 {
    case success = 0
    /// A check ran and found something: a record was refused, a quality gate failed.
    case checkFailed = 1
    /// Wrong use of the command line (EX_USAGE).
    case usage = 64
    /// Input that is not what its format asks for (EX_DATAERR).
    case data = 65
    /// Something needed is not there or busy: an index, a model, a lock, a port (EX_UNAVAILABLE).
    case unavailable = 69
    /// A defect of Sabil itself (EX_SOFTWARE).
    case internalError = 70
    /// Reading or writing failed: missing file, full disk (EX_IOERR).
    case inputOutput = 74
}

/// An error of the tool that brings its sentence and its exit status.
protocol ReportsExitStatus: Error {
    var sentence: String { get }
    var exitStatus: ExitStatus { get }
}

/// A failure of a command, said in one sentence.
struct CommandError: ReportsExitStatus {
    let exitStatus: ExitStatus
    let sentence: String

    init(_ exitStatus: ExitStatus, _ sentence: String) {
        self.exitStatus = exitStatus
        self.sentence = sentence
    }
}

extension ExitStatus {
    /// The one map from errors to exit statuses; `nil` for errors of the argument parser, which brings its own.
    init?(of error: any Error) {
        switch error {
        case let error as any ReportsExitStatus: self = error.exitStatus
        case let error as RecordError: self = Self.of(error.code)
        case let error as TaxonomyError: self = error.code == .unreadable ? .inputOutput : .data
        case let error as EvaluationError:
            self = error.code == .notFound || error.code == .unreadable ? .inputOutput : .data
        case let error as ExperimentError: self = Self.of(error.code)
        case let error as SearchError: self = Self.of(error)
        case let error as IndexError: self = Self.of(error.code)
        case let error as ModelError: self = Self.of(error.code)
        case let error as ReviewError: self = Self.of(error.code)
        case is MissingPages: self = .unavailable
        case is CocoaError, is POSIXError: self = .inputOutput
        default: return nil
        }
    }

    /// The sentence to show for an error.
    static func sentence(of error: any Error) -> String {
        switch error {
        case let error as any ReportsExitStatus: error.sentence
        case is CocoaError, is POSIXError: "reading or writing failed: \(reason(of: error))"
        default: "\(error)"
        }
    }

    /// What the operating system said, in its words, where Foundation has only a number.
    static func reason(of error: any Error) -> String {
        switch (error as? CocoaError)?.code {
        case .fileReadNoSuchFile, .fileNoSuchFile: return "there is no such file or folder"
        default: break
        }
        let outer = error as NSError
        let inner = outer.userInfo[NSUnderlyingErrorKey] as? NSError ?? outer
        guard inner.domain == NSPOSIXErrorDomain else { return error.localizedDescription }
        return String(cString: strerror(Int32(inner.code)))
    }

    private static func of(_ code: RecordError.Code) -> ExitStatus {
        code == .invalidCatalogue ? .data : .inputOutput
    }

    private static func of(_ code: ExperimentError.Code) -> ExitStatus {
        switch code {
        case .invalidExperiment, .otherSearch, .invalidBaseline: .data
        case .invalidRequest: .usage
        case .unreadable, .unwritable: .inputOutput
        case .changed: .unavailable
        default: .internalError
        }
    }

    private static func of(_ error: SearchError) -> ExitStatus {
        // What lies beneath says more: a corrupt index and a missing file of records are both `index` or `source` here.
        if let underlying = error.underlying, let status = ExitStatus(of: underlying) { return status }
        switch error.code {
        case .notFound, .locked, .overloaded, .timedOut, .cancelled: return .unavailable
        case .mismatch, .unreadableRecord, .source, .invalidPlacements, .invalidBoosts: return .data
        case .diskFull: return .inputOutput
        case .invalidRequest, .invalidCursor: return .usage
        case .staleCursor: return .unavailable
        default: return .internalError
        }
    }

    private static func of(_ code: IndexError.Code) -> ExitStatus {
        switch code {
        case .locked, .notFound, .timedOut, .overloaded, .cancelled, .modifiedDuringRead: .unavailable
        case .schemaMismatch, .corrupt: .data
        case .outdated: .checkFailed
        case .diskFull, .denied: .inputOutput
        // Paths and numbers of the command line.
        case .notAnIndex, .invalidArgument: .usage
        default: .internalError
        }
    }

    private static func of(_ code: ModelError.Code) -> ExitStatus {
        switch code {
        case .notFound, .missingManifest, .missingWeights, .cannotLearn: .unavailable
        case .emptyTrainingSet, .malformedManifest, .otherFormat, .otherFingerprint, .otherTaxonomy, .wrongMagic,
            .otherWeightsVersion, .truncatedWeights, .corruptWeights:
            .data
        case .unreadable, .unwritable: .inputOutput
        case .invalidOptions, .invalidRules: .usage
        default: .internalError
        }
    }

    private static func of(_ code: ReviewError.Code) -> ExitStatus {
        switch code {
        case .invalidDecision, .conflict, .corrupt, .newerSchema, .invalidMap: .data
        case .locked, .cancelled: .unavailable
        case .readOnly, .unreadable, .diskFull: .inputOutput
        default: .internalError
        }
    }
}
