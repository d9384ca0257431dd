/// The version of the product, as `sabil --version` prints it.
enum Version {
    static let current = "0.1.0"
}
