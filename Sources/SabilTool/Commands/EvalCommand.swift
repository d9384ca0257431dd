import ArgumentParser

/// `sabil eval`: how good are ranking and classification, and is a difference real.
struct EvalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval",
        abstract: "Measure ranking and classification on judged collections.",
        discussion: """
            Ranking, in two steps, so that any run of any engine can be scored and compared:

              sabil eval rank --beir DIR --run mine.trec
              sabil eval score --qrels DIR/qrels/test.tsv --run mine.trec --baseline lucene.trec

            Whether a change helped, for whom, and which queries it moved:

              sabil eval compare before.trec after.trec --qrels DIR/qrels/test.tsv --queries DIR/queries.jsonl --by lang

            Classification, in one:

              sabil eval classify --train train.jsonl --test test.jsonl --suggestions out.jsonl

            Both, as experiments in files, run again only when something has changed:

              sabil eval run benchmarks/experiments/*.yaml --available

            Has anything got worse than the accepted baseline:

              sabil eval gate
            """,
        subcommands: [
            EvalRankCommand.self, EvalScoreCommand.self, EvalCompareCommand.self, EvalClassifyCommand.self,
            EvalConsistencyCommand.self,
            EvalSpeedCommand.self, EvalScaleCommand.self, EvalReportCommand.self, EvalRunCommand.self,
            EvalTuneCommand.self, EvalGateCommand.self, EvalHistoryCommand.self,
        ])
}
