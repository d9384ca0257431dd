import Glibc
public import SabilRecords

extension PartialDate {
    /// The day it is now, in universal time.
    public static func today() -> PartialDate { day(secondsSince1970: time(nil)) }

    /// The day of an instant in universal time.
    ///
    /// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2014), `civil_from_days`.
    static func day(secondsSince1970 seconds: Int) -> PartialDate {
        let days = (seconds - (seconds % 86_400 + 86_400) % 86_400) / 86_400 + 719_468
        let era = (days >= 0 ? days : days - 146_096) / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        let day = dayOfYear - (153 * shifted + 2) / 5 + 1
        return PartialDate(year: min(max(year, 1), 9_999), month: month, day: day) ?? PartialDate.first
    }

    private static let first: PartialDate = {
        guard let first = PartialDate(year: 1, month: 1, day: 1) else { preconditionFailure("the first day is a day") }
        return first
    }()
}
