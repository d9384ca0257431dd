import CXapianShim

/// The arrays of one search, checked and ready to be lent to the shim.
@safe struct SearchRequestBuffers {
    private var search = unsafe xs_search()
    private let nodes: [xs_node]
    private let text: [UInt8]
    private let sort: [xs_sort_key]
    private let afterKey: [UInt8]
    private let facets: [xs_facet]
    private let slots: [UInt32]

    init(_ query: IndexQuery, program: QueryProgram) throws(IndexError) {
        nodes = program.instructions.map {
            xs_node(
                op: $0.operation, count: $0.count, number: $0.number, text_length: $0.textLength,
                text_offset: $0.textOffset, low: $0.low, high: $0.high)
        }
        text = program.text
        sort = query.sort.map {
            xs_sort_key(
                slot: $0.slot, fallback_slot: $0.fallback ?? UInt32.max, descending: $0.descending ? 1 : 0)
        }
        facets = query.facets.map {
            xs_facet(slot: $0.slot, kind: Int32($0.kind == .list ? XS_FACET_LIST : XS_FACET_SINGLE))
        }
        slots = query.valueSlots
        afterKey = query.after?.key ?? []
        unsafe search.tie_slot = query.ties?.slot ?? UInt32.max
        unsafe search.ties_from = UInt32(clamping: query.ties?.from ?? 0)
        unsafe search.after_document = query.after?.documentID ?? 0

        func counted(_ number: Int, _ what: String) throws(IndexError) -> UInt32 {
            guard let count = UInt32(exactly: number), count < UInt32.max else {
                throw IndexError(
                    code: .invalidArgument, operation: "search", message: "the \(what) \(number) is out of range")
            }
            return count
        }
        unsafe search.offset = try counted(query.offset, "offset")
        unsafe search.limit = try counted(query.limit, "limit")
        switch query.checkAtLeast {
        case nil: unsafe search.check_at_least = query.facets.isEmpty ? 0 : UInt32.max
        case .max?: unsafe search.check_at_least = UInt32.max
        case let number?: unsafe search.check_at_least = try counted(number, "least number of matches to visit")
        }
        var flags = query.wantData ? XS_WANT_DATA : 0
        if query.wantLengths { flags |= XS_WANT_LENGTHS }
        if query.wantKeys { flags |= XS_WANT_KEYS }
        unsafe search.flags = UInt32(flags)
        let weighting = query.weighting
        unsafe search.weighting = xs_weighting(
            kind: weighting.scheme.kind, k1: weighting.k1, b: weighting.b,
            idf_exponent: weighting.idfExponent, minimum_normalised_length: weighting.minimumNormalisedLength,
            k3: weighting.k3)
        unsafe search.stream_slot = query.streamSlot ?? UInt32.max
        unsafe search.stream_candidates = UInt32(clamping: query.streamCandidates ?? 0)
        unsafe search.collapses = query.collapseSlot == nil ? 0 : 1
        unsafe search.collapse_slot = query.collapseSlot ?? 0
        unsafe search.soft_limit_seconds = query.timeLimitSeconds
        unsafe search.hard_limit_seconds = query.hardTimeLimitSeconds ?? (4 * query.timeLimitSeconds + 0.5)
    }

    /// Lends the request for one call.
    func withSearch(_ body: (UnsafePointer<xs_search>) -> xs_status) -> xs_status {
        var search = unsafe self.search
        return unsafe nodes.withUnsafeBufferPointer { nodes in
            unsafe text.withUnsafeBytes { text in
                unsafe sort.withUnsafeBufferPointer { sort in
                    unsafe facets.withUnsafeBufferPointer { facets in
                        unsafe slots.withUnsafeBufferPointer { slots in
                            unsafe search.nodes = nodes.baseAddress
                            unsafe search.node_count = nodes.count
                            unsafe search.text = text.bindMemory(to: CChar.self).baseAddress
                            unsafe search.text_length = text.count
                            unsafe search.sort = sort.baseAddress
                            unsafe search.sort_count = sort.count
                            unsafe search.facets = facets.baseAddress
                            unsafe search.facet_count = facets.count
                            unsafe search.value_slots = slots.baseAddress
                            unsafe search.value_slot_count = slots.count
                            return unsafe afterKey.withUnsafeBufferPointer { after in
                                unsafe search.after_key = after.baseAddress
                                unsafe search.after_key_length = after.count
                                return unsafe body(&search)
                            }
                        }
                    }
                }
            }
        }
    }
}

extension Weighting.Scheme {
    /// The border's number of the scheme.
    fileprivate var kind: Int32 {
        switch self {
        case .poweredBM25: Int32(XS_WEIGHT_POWERED_BM25)
        case .xapianBM25: Int32(XS_WEIGHT_XAPIAN_BM25)
        case .boolean: Int32(XS_WEIGHT_BOOLEAN)
        }
    }
}
