import SabilSearch

/// The parameters that a search may change, and within which bounds.
public struct ParameterSpace: Sendable, Hashable {
    public struct Axis: Sendable, Hashable {
        public let name: String
        public let range: ClosedRange<Double>
        public let isWhole: Bool

        /// The value of a share of the range, 0…1; a whole number where the parameter needs one.
        ///
        /// Rounded to a thousandth of the range, so that a winner can be written down.
        func value(at share: Double) -> Double {
            let width = range.upperBound - range.lowerBound
            let value = range.lowerBound + min(1, max(0, share)) * width
            let unit = isWhole ? 1 : Self.unit(for: width)
            let rounded = (value / unit).rounded() * unit
            // A decimal as it is written, not a sum of binary fractions.
            let decimal = isWhole ? rounded : (rounded * 1e9).rounded() / 1e9
            return min(range.upperBound, max(range.lowerBound, decimal))
        }

        func share(of value: Double) -> Double {
            let width = range.upperBound - range.lowerBound
            return width > 0 ? (value - range.lowerBound) / width : 0
        }

        /// The power of ten that is at most a thousandth of the range.
        private static func unit(for width: Double) -> Double {
            var unit = 1.0
            while unit > width / 1_000, unit > 1e-9 { unit /= 10 }
            return unit
        }
    }

    /// In the order given.
    public let axes: [Axis]

    /// Reads `k1=0.6:1.6,b=0.3:1`.
    ///
    /// - Throws: `invalidRequest` for a part of another form, an unknown parameter or bounds outside of what it can have.
    public init(_ text: String) throws(ExperimentError) {
        func fault(_ what: String) -> ExperimentError {
            ExperimentError(
                code: .invalidRequest, operation: "read parameters",
                message:
                    "Reading the parameters \"\(text)\" failed: \(what)\(what.hasSuffix(".") || what.hasSuffix("?") ? "" : ".") "
                    + "Write them like k1=0.6:1.6,b=0.3:1.")
        }
        var axes: [Axis] = []
        for part in text.split(separator: ",") {
            let sides = part.split(separator: "=", omittingEmptySubsequences: false)
            let bounds = sides.count == 2 ? sides[1].split(separator: ":", omittingEmptySubsequences: false) : []
            guard bounds.count == 2, let low = Double(bounds[0]), let high = Double(bounds[1]), low.isFinite,
                high.isFinite, low < high
            else { throw fault("\"\(part)\" is not a name with a lower and a higher bound") }
            let name = String(sides[0])
            var parameters = RankingParameters.standard
            for bound in [low, high] {
                do {
                    try parameters.set(name, to: bound)
                } catch {
                    throw fault(error.message)
                }
            }
            guard !axes.contains(where: { $0.name == name }) else { throw fault("\(name) is given twice") }
            let isWhole = RankingParameters.names.first { $0.name == name }?.isWhole ?? false
            axes.append(Axis(name: name, range: low...high, isWhole: isWhole))
        }
        guard !axes.isEmpty else { throw fault("it names none") }
        self.axes = axes
    }

    /// As it was read.
    public var text: String {
        axes.map { "\($0.name)=\($0.range.lowerBound):\($0.range.upperBound)" }.joined(separator: ",")
    }
}
