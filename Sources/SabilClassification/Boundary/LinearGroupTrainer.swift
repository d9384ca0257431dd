import CLinearShim

/// One thread's training of several labels at once that learn from the same rows, over a matrix that threads share.
///
/// A label's weights differ from those of ``LinearTrainer`` only as far as the tolerance leaves open.
/// Source: Hsieh et al. 2008, "A dual coordinate descent method for large-scale linear SVM".
@safe struct LinearGroupTrainer: ~Copyable {
    // Holds the arrays whose addresses the C side reads: the pointers below are valid as long as this box lives.
    private let storage: MatrixStorage
    private let handle: OpaquePointer

    /// How many labels a group has at most.
    static let labelLimit = Int(CLINEAR_GROUP_LABELS)

    /// - Throws: `solver` when there is no memory.
    init(_ storage: MatrixStorage) throws(ModelError) {
        self.storage = storage
        var matrix = unsafe storage.matrix
        guard let handle = unsafe clinear_group_new(&matrix) else {
            throw ModelError(
                code: .solver, operation: "open the linear solver",
                message: "there is not enough memory for it, or the feature matrix is malformed; "
                    + "train on fewer examples or raise minimumDocumentFrequency.")
        }
        unsafe self.handle = handle
    }

    deinit { unsafe clinear_group_free(handle) }

    /// Takes the rows that the labels set next learn from, and forgets those before.
    mutating func begin(rows: [Int32]) throws(ModelError) {
        try check(unsafe clinear_group_begin(handle, rows, Int64(rows.count)))
    }

    /// Gives a label of the group its targets: per row +1, -1, or 0 where it does not learn from the row.
    /// - Parameter scale: per column the factor on its values.
    mutating func set(label: Int, targets: [Int8], scale: [Float]) throws(ModelError) {
        precondition(scale.count == storage.columnCount)
        try check(unsafe clinear_group_set(handle, Int32(label), targets, scale))
    }

    /// Trains all labels set.
    /// - Complexity: O(sweeps × entries of the rows × ``labelLimit``), a cache line an entry; the sweeps are those of the label
    ///   that takes longest.
    mutating func train(cost: Double, tolerance: Double, seed: UInt64) throws(ModelError) {
        try check(unsafe clinear_group_train(handle, cost, tolerance, seed))
    }

    /// Weights for unscaled values, and the bias.
    func trained(label: Int) throws(ModelError) -> (weights: [Float], bias: Double) {
        var weights = [Float](repeating: 0, count: storage.columnCount)
        var bias = 0.0
        try check(unsafe clinear_group_get(handle, Int32(label), &weights, &bias))
        return (weights, bias)
    }

    private func check(_ status: clinear_status) throws(ModelError) {
        guard status != CLINEAR_OK else { return }
        throw ModelError(
            code: .solver, operation: "train linear models together",
            message: status == CLINEAR_OUT_OF_MEMORY
                ? "the memory did not suffice; train on fewer examples or raise minimumDocumentFrequency."
                : "the solver refused (status \(status.rawValue)); this is a defect, please report it.")
    }
}
