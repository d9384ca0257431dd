public import ArgumentParser
public import Logging
public import SabilEvaluation
public import SabilExperiments
public import SabilSearch
public import SabilServer

// Values of the layers below that are read from the command line as they are written there.
extension SabilSearch.SortOrder: ExpressibleByArgument {}
extension ComparisonReport.Format: ExpressibleByArgument {}
extension SpellingMode: ExpressibleByArgument {}
extension Expansion: ExpressibleByArgument {}
extension ParameterSearch.Method: ExpressibleByArgument {}
extension QueryHalf: ExpressibleByArgument {}
extension ServerConfiguration.Curation: ExpressibleByArgument {}
extension Logger.Level: @retroactive ExpressibleByArgument {}
