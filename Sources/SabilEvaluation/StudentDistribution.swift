import Glibc

/// Student's t, for the planning of paired tests.
struct StudentDistribution {
    /// At least 1.
    let degreesOfFreedom: Int

    /// The probability of a value of at most t.
    ///
    /// Finite series for whole degrees of freedom: Abramowitz, Stegun 1964, 26.7.3 and 26.7.4.
    /// - Complexity: O(degrees of freedom), fewer when the series ends in rounding.
    func cumulative(_ t: Double) -> Double {
        let freedom = Double(degreesOfFreedom)
        let angle = atan(t / freedom.squareRoot())
        let cosine = cos(angle)
        let isOdd = degreesOfFreedom % 2 == 1
        var term = isOdd ? cosine : 1
        var sum = degreesOfFreedom == 1 ? 0 : term
        var step = isOdd ? 3 : 2
        while step <= degreesOfFreedom - 2, term > 1e-18 {
            term *= cosine * cosine * Double(step - 1) / Double(step)
            sum += term
            step += 2
        }
        let within = isOdd ? 2 / Double.pi * (angle + sin(angle) * sum) : sin(angle) * sum
        return (1 + within) / 2
    }

    /// The value below which the given share lies, by bisection, to about 10⁻¹³ of the value.
    ///
    /// - Precondition: 0 < share < 1.
    func quantile(_ share: Double) -> Double {
        precondition(share > 0 && share < 1, "a quantile lies between 0 and 1")
        if share < 0.5 { return -quantile(1 - share) }
        var low = 0.0
        var high = 1.0
        while cumulative(high) < share, high < 1e15 { high *= 2 }
        for _ in 0..<100 {
            let middle = (low + high) / 2
            if cumulative(middle) < share { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}
