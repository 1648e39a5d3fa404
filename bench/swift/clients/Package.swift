// swift-tools-version: 6.0

import PackageDescription

// The Swift clients that are measured. `cargo xtask bench` builds it with our native library.
let package = Package(
    name: "bench",
    platforms: [.macOS(.v12)],
    dependencies: [.package(name: "openint-sdk", path: "../../..")],
    targets: [
        .executableTarget(
            name: "Bench",
            dependencies: [.product(name: "OpenintSDK", package: "openint-sdk")])
    ],
    swiftLanguageModes: [.v6]
)
