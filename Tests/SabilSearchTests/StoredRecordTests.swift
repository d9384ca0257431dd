import SabilRecords
import Testing

@testable import SabilSearch

@Suite struct StoredRecordTests {
    private let stored = StoredRecord(taxonomy: SearchFixture.taxonomy, contentTypes: SearchFixture.contentTypes)

    @Test func `records are read in both forms that indexes have held`() throws {
        for record in SearchFixture.records.prefix(200) {
            #expect(try stored.decode(StoredRecord.data(of: record)) == record)
            #expect(try stored.decode(record.jsonLine()) == record)
        }
    }

    @Test(arguments: [
        ([], "it is empty"), (Array("{\"id\":".utf8), "no JSON"), (Array("{}".utf8), "\"id\" is missing"),
        ([1, 0, 0, 9], "cut off (byte 4 of 4)"), ([9], "another version"),
    ])
    func `what is no record says why, and names the remedy`(data: [UInt8], words: String) {
        let error = #expect(throws: SearchError.self) { _ = try stored.decode(data) }
        #expect(error?.code == .unreadableRecord)
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
        #expect(error?.message.lowercased().contains("rebuild the index") == true)
    }
}
