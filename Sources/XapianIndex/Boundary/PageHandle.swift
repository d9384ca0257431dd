import CXapianShim

/// Sole owner of a page of the shim; everything is copied out of it before it goes.
@safe struct PageHandle: ~Copyable {
    private let raw: OpaquePointer
    private let view: xs_page_view

    init(
        _ operation: @autoclosure () -> String,
        _ body: (UnsafeMutablePointer<OpaquePointer?>, UnsafeMutablePointer<xs_error>) -> xs_status
    ) throws(IndexError) {
        var made: OpaquePointer?
        try unsafe callShim(operation()) { error in
            unsafe withUnsafeMutablePointer(to: &made) { unsafe body($0, error) }
        }
        guard let raw = unsafe made else {
            throw IndexError(code: .engine, operation: operation(), message: "no page was given")
        }
        unsafe self.raw = raw
        var view = unsafe xs_page_view()
        unsafe xs_page_read(raw, &view)
        unsafe self.view = view
    }

    deinit { unsafe xs_page_close(raw) }

    /// The data of a page without hits.
    func data(_ row: Int = 0) -> [UInt8] { unsafe bytes(view.data, view.data_pieces, row) }

    func lexicon() -> Lexicon {
        let count = unsafe view.lexicon_count
        let frequencies = unsafe view.lexicon_frequency
        return unsafe Lexicon(
            terms: lexiconTable(), documentFrequencies: frequencies == nil ? [] : integers(frequencies, count),
            isCut: view.cut_prefixes != 0)
    }

    func resultPage(for query: IndexQuery) -> ResultPage {
        var page = ResultPage()
        let hitCount = unsafe view.hit_count
        page.values = values(slots: query.valueSlots)
        page.hits.reserveCapacity(hitCount)
        for row in 0..<hitCount {
            let hit = unsafe view.hits[row]
            page.hits.append(
                Hit(
                    documentID: hit.document_id, score: hit.score, percent: Int(hit.percent),
                    data: query.wantData ? data(row) : [], values: HitValues(page: page.values, hit: row),
                    collapseCount: Int(hit.collapse_count), length: Int(hit.document_length),
                    sortKey: query.wantKeys ? unsafe bytes(view.keys, view.key_pieces, row) : []))
        }
        page.facets = query.facets.enumerated().map { facet($0.offset, kind: $0.element.kind) }
        unsafe page.total = MatchTotal(
            lower: Int(view.lower_bound), estimate: Int(view.estimate), upper: Int(view.upper_bound))
        unsafe page.uncollapsedTotal = MatchTotal(
            lower: Int(view.uncollapsed_lower_bound), estimate: Int(view.uncollapsed_estimate),
            upper: Int(view.uncollapsed_upper_bound))
        unsafe page.revision = IndexRevision(rawValue: view.revision)
        unsafe page.documentCount = Int(view.documents)
        unsafe page.averageLength = view.average_length
        page.timedOut = timedOut
        unsafe page.cutPrefixes = Int(view.cut_prefixes)
        unsafe page.cutsStreams = view.cut_streams != 0
        return page
    }

    /// Whether not every match was seen.
    var timedOut: Bool { unsafe view.timed_out != 0 }

    /// The numbers of the documents found, in order.
    func documentIDs() -> [UInt64] {
        unsafe (0..<view.hit_count).map { unsafe view.hits[$0].document_id }
    }

    private func values(slots: [UInt32]) -> PageValues {
        let count = unsafe view.hit_count * slots.count
        var pieces: [Range<Int>] = []
        pieces.reserveCapacity(count)
        for row in 0..<count {
            let piece = unsafe view.value_pieces[row]
            pieces.append(piece.offset..<piece.offset + piece.length)
        }
        return PageValues(
            slots: slots, bytes: unsafe array(view.values, 0..<view.values_length), pieces: pieces)
    }

    private func facet(_ index: Int, kind: FacetRequest.Kind) -> FacetResult {
        let range = unsafe view.facet_offsets[index]..<view.facet_offsets[index + 1]
        var counts: [FacetCount] = []
        counts.reserveCapacity(range.count)
        for row in range {
            let entry = unsafe view.facet_counts[row]
            let value: FacetValue
            switch kind {
            case .list:
                value = .number(entry.number)
            case .single:
                let start = entry.value_offset
                value = .bytes(
                    unsafe array(view.facet_bytes, start..<start + Int(entry.value_length)))
            }
            counts.append(FacetCount(value: value, count: Int(entry.count)))
        }
        // The shim gives them by value and this sort is stable, so equal counts stay in that order.
        counts.sort { $0.count > $1.count }
        return unsafe FacetResult(
            counts: counts, documentsWithValue: Int(view.facet_documents[index]),
            malformedLists: Int(view.facet_malformed[index]))
    }

    private func lexiconTable() -> TermTable {
        let offsets = unsafe offsets(view.lexicon_offsets, view.lexicon_count)
        return TermTable(storage: unsafe array(view.lexicon, 0..<(offsets.last ?? 0)), offsets: offsets)
    }

    private func bytes(_ storage: UnsafePointer<UInt8>?, _ pieces: UnsafePointer<xs_piece>?, _ row: Int) -> [UInt8] {
        guard let pieces = unsafe pieces else { return [] }
        let piece = unsafe pieces[row]
        return unsafe array(storage, piece.offset..<piece.offset + piece.length)
    }

    private func array<Element>(_ start: UnsafePointer<Element>?, _ range: Range<Int>) -> [Element] {
        guard let start = unsafe start, !range.isEmpty else { return [] }
        return unsafe [Element](UnsafeBufferPointer(start: start + range.lowerBound, count: range.count))
    }

    private func offsets(_ start: UnsafePointer<Int>?, _ rows: Int) -> [Int] {
        guard let start = unsafe start else { return [0] }
        return unsafe array(start, 0..<rows + 1)
    }

    private func integers(_ start: UnsafePointer<UInt64>?, _ count: Int) -> [Int] {
        unsafe array(start, 0..<count).map { Int(clamping: $0) }
    }
}
