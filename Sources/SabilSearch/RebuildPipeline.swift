import SabilRecords
import XapianIndex

/// Batches of records on their way into a bulk build: analysed side by side, and written lane by lane in the order in which
/// they came.
///
/// No lane waits for another, only for its own batch before; so none stands still while another flushes or begins a shard. A
/// lane sees the same documents in the same order however fast the others are: the same records give the same index,
/// document numbers included.
struct RebuildPipeline {
    private typealias Write = Task<SearchError?, Never>

    private struct Batch {
        var analysed: Task<Analysed, Never>
        /// By lane.
        var writes: [Write]
    }

    private struct Analysed: Sendable {
        var documents: BulkIndexBuilder.PartedDocuments
        var report: BatchReport
    }

    private let builder: BulkIndexBuilder
    private let limit: Int
    private let analyse: @Sendable ([ResourceRecord]) -> ([IndexDocument], BatchReport)
    private var underWay: [Batch] = []
    private var total = BatchReport()
    private var failure: SearchError?

    /// - Parameters:
    ///   - batchesUnderWay: how many may be in memory at once; one or two more than are analysed and written at the same time
    ///     even out what takes longer.
    ///   - analyse: makes the documents of a batch; called for several batches at once.
    init(
        _ builder: BulkIndexBuilder, batchesUnderWay: Int,
        analyse: @escaping @Sendable ([ResourceRecord]) -> ([IndexDocument], BatchReport)
    ) {
        self.builder = builder
        limit = batchesUnderWay
        self.analyse = analyse
    }

    /// Whether there is no use in going on.
    var hasFailed: Bool { failure != nil }

    /// Takes one more batch; returns when there is room for the next.
    mutating func append(_ records: [ResourceRecord]) async {
        let (builder, analyse) = (builder, analyse)
        let analysed = Task {
            await offload {
                let (documents, report) = analyse(records)
                return Analysed(documents: builder.parted(documents), report: report)
            }
        }
        let writes = (0..<builder.laneCount).map { lane in
            let before = underWay.last?.writes[lane]
            return Write {
                // A failure of a lane fails all that follows in it.
                if let error = await before?.value { return error }
                let documents = await analysed.value.documents
                do throws(IndexError) {
                    try await builder.add(documents, lane: lane)
                    return nil
                } catch {
                    return SearchError(error)
                }
            }
        }
        underWay.append(Batch(analysed: analysed, writes: writes))
        if underWay.count >= limit { await settleFirst() }
    }

    /// Waits for all that is under way.
    /// - Returns: what the batches reported, or the first failure.
    mutating func finish() async -> Result<BatchReport, SearchError> {
        while !underWay.isEmpty { await settleFirst() }
        if let failure { return .failure(failure) }
        return .success(total)
    }

    private mutating func settleFirst() async {
        let batch = underWay.removeFirst()
        for write in batch.writes {
            if let error = await write.value { failure = failure ?? error }
        }
        total.add(await batch.analysed.value.report)
    }
}

/// Runs work on the pool's threads, away from the caller.
@concurrent
func offload<Answer: Sendable>(_ body: @Sendable () -> Answer) async -> Answer { body() }

/// What one batch adds to the report and to the index's metadata.
struct BatchReport: Sendable {
    var report = IndexingReport()
    var organisations: [UInt32: String] = [:]
    /// Of the public records as they came in.
    var works = MetWorks()

    mutating func add(_ other: BatchReport) {
        report.add(other.report)
        // Batches settle in the order they came in: the first spelling of a name stays.
        organisations.merge(other.organisations) { first, _ in first }
    }
}

/// Which works came more than once: eight bytes a work.
struct MetWorks: Sendable {
    private var met: Set<UInt64> = []
    private(set) var repeated: Set<String> = []

    mutating func note(_ work: WorkID) {
        if !met.insert(Digest.of(work.rawValue)).inserted { repeated.insert(work.rawValue) }
    }
}
