// swift-tools-version: 6.0

import Foundation
import PackageDescription

// For Apple platforms `cargo xtask package swift` puts the native library next to this file as an
// XCFramework. Elsewhere the system's linker finds it: `swift build -Xlinker -L<folder>`.
let framework = "COpenintFFI.xcframework"
let hasFramework = FileManager.default.fileExists(
    atPath: Context.packageDirectory + "/" + framework)

let native: Target =
    hasFramework
    ? .binaryTarget(name: "COpenintFFI", path: framework)
    : .systemLibrary(name: "COpenintFFI")

// Libraries that the static library of the XCFramework leaves to whoever links it.
let linkerSettings: [LinkerSetting] =
    hasFramework
    ? [.linkedFramework("CoreFoundation"), .linkedFramework("Security")]
    : [.linkedLibrary("openint_uniffi")]

let package = Package(
    name: "openint-swift",
    platforms: [.iOS(.v15), .macOS(.v12), .tvOS(.v15), .watchOS(.v8)],
    products: [
        .library(name: "OpenintSDK", targets: ["OpenintSDK"])
    ],
    targets: [
        native,
        .target(
            name: "OpenintSDK",
            dependencies: ["COpenintFFI"],
            linkerSettings: linkerSettings
        ),
        .executableTarget(
            name: "CreateConnection",
            dependencies: ["OpenintSDK"],
            path: "Examples/CreateConnection"
        ),
        .testTarget(name: "OpenintSDKTests", dependencies: ["OpenintSDK"]),
    ],
    swiftLanguageModes: [.v6]
)
