// swift-tools-version: 6.0

import PackageDescription

// The Swift clients that are measured. `cargo xtask bench` builds it with our native library. Its
// folder cannot be called `swift`: SwiftPM takes two packages in folders of one name for the same.
let package = Package(
    name: "bench",
    platforms: [.macOS(.v12)],
    dependencies: [.package(name: "openint-swift", path: "../../../swift")],
    targets: [
        .executableTarget(
            name: "Bench",
            dependencies: [.product(name: "OpenintSDK", package: "openint-swift")])
    ],
    swiftLanguageModes: [.v6]
)
