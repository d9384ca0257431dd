import CLinearShim

/// One thread's use of liblinear over a matrix that threads share.
@safe struct LinearTrainer: ~Copyable {
    // Holds the arrays whose addresses the C side reads: the pointers below are valid as long as this box lives.
    private let storage: MatrixStorage
    private let handle: OpaquePointer

    /// - Throws: `solver` when there is no memory.
    init(_ storage: MatrixStorage) throws(ModelError) {
        self.storage = storage
        var matrix = unsafe storage.matrix
        guard let handle = unsafe clinear_trainer_new(&matrix) else {
            throw ModelError(
                code: .solver, operation: "open the linear solver",
                message: "there is not enough memory for it, or the feature matrix is malformed; "
                    + "train on fewer examples or raise minimumDocumentFrequency.")
        }
        unsafe self.handle = handle
    }

    deinit { unsafe clinear_trainer_free(handle) }

    /// Trains one label against the rest; see `clinear_train` in the shim.
    /// - Returns: weights for unscaled values, and the bias.
    mutating func train(
        rows: [Int32], targets: [Int8], scale: [Float], cost: Double, tolerance: Double, seed: UInt64
    ) throws(ModelError) -> (weights: [Float], bias: Double) {
        precondition(rows.count == targets.count && scale.count == storage.columnCount)
        var weights = [Float](repeating: 0, count: storage.columnCount)
        var bias = 0.0
        let status = unsafe clinear_train(
            handle, rows, targets, Int64(rows.count), scale, cost, tolerance, seed, &weights, &bias)
        guard status == CLINEAR_OK else {
            throw ModelError(
                code: .solver, operation: "train a linear model on \(rows.count) examples",
                message: status == CLINEAR_OUT_OF_MEMORY
                    ? "the memory did not suffice; train on fewer examples or raise minimumDocumentFrequency."
                    : "liblinear refused or failed (status \(status.rawValue)); this is a defect, please report it.")
        }
        return (weights, bias)
    }

    /// liblinear's version number, such as 230.
    static var libraryVersion: Int { Int(clinear_library_version()) }
}

/// A sparse matrix at fixed addresses, for C to read from several threads.
@safe final class MatrixStorage: Sendable {
    let columnCount: Int
    // All three are allocated and filled in init, only read afterwards, and freed in deinit.
    private nonisolated(unsafe) let rowStarts: UnsafeMutablePointer<Int64>  // Safety: only read after init.
    private nonisolated(unsafe) let columns: UnsafeMutablePointer<Int32>  // Safety: only read after init.
    private nonisolated(unsafe) let values: UnsafeMutablePointer<Float>  // Safety: only read after init.
    private let rowCount: Int

    init(_ matrix: SparseMatrix) {
        columnCount = matrix.columnCount
        rowCount = matrix.rowCount
        unsafe rowStarts = .allocate(capacity: matrix.rowStarts.count)
        unsafe columns = .allocate(capacity: max(1, matrix.columns.count))
        unsafe values = .allocate(capacity: max(1, matrix.values.count))
        for (index, start) in matrix.rowStarts.enumerated() { unsafe rowStarts[index] = Int64(start) }
        for (index, column) in matrix.columns.enumerated() { unsafe columns[index] = column }
        for (index, value) in matrix.values.enumerated() { unsafe values[index] = value }
    }

    deinit {
        unsafe rowStarts.deallocate()
        unsafe columns.deallocate()
        unsafe values.deallocate()
    }

    /// The matrix as C sees it; valid as long as this storage lives.
    var matrix: clinear_matrix {
        unsafe clinear_matrix(
            row_count: Int64(rowCount), column_count: Int32(columnCount), row_starts: rowStarts, columns: columns,
            values: values)
    }
}
