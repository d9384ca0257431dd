import Glibc

/// How a cost grows with the number of records: the exponent b of cost = a · recordsᵇ.
///
/// Least squares of the logarithms; the standard error is that of the slope, with n − 2 degrees of freedom. Source: any text on
/// simple regression, e.g. Draper & Smith 1998, §1.4. With four sizes it has two degrees of freedom: an interval of 95 % is
/// ± 4.3 standard errors.
public struct GrowthExponent: Sendable, Hashable {
    public let exponent: Double
    /// `nil` for two points, which a line meets exactly.
    public let standardError: Double?

    /// - Parameter points: sizes and costs; what has no logarithm is left out.
    /// - Returns: `nil` when fewer than two different sizes are left.
    public init?(_ points: some Sequence<(size: Double, cost: Double)>) {
        let logs = points.filter { $0.size > 0 && $0.cost > 0 && $0.size.isFinite && $0.cost.isFinite }
            .map { (x: log($0.size), y: log($0.cost)) }
        let count = Double(logs.count)
        guard logs.count >= 2 else { return nil }
        let x = logs.reduce(0) { $0 + $1.x } / count
        let y = logs.reduce(0) { $0 + $1.y } / count
        let squares = logs.reduce(0) { $0 + ($1.x - x) * ($1.x - x) }
        guard squares > 1e-9 else { return nil }
        let slope = logs.reduce(0) { $0 + ($1.x - x) * ($1.y - y) } / squares
        exponent = slope
        guard logs.count > 2 else {
            standardError = nil
            return
        }
        let rest = logs.reduce(0) { sum, point in
            let difference = point.y - y - slope * (point.x - x)
            return sum + difference * difference
        }
        standardError = (rest / (count - 2) / squares).squareRoot()
    }
}
