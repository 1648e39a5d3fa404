// swift-tools-version: 6.0

import Foundation
import PackageDescription

// The native library for Apple platforms, as the release of this version has it. Empty until there
// is one: `cargo xtask release swift` writes both lines.
let archive = ""
let checksum = ""

// `cargo xtask package swift` puts the same into the checkout, and then it is used.
let framework = "swift/COpenintFFI.xcframework"
let isBuilt = FileManager.default.fileExists(atPath: Context.packageDirectory + "/" + framework)

#if os(Linux) || os(Windows) || os(Android)
    let isReleased = false
#else
    let isReleased = !checksum.isEmpty
#endif

// Elsewhere the system's linker finds it: `swift build -Xlinker -L<folder>`.
let native: Target =
    isBuilt
    ? .binaryTarget(name: "COpenintFFI", path: framework)
    : isReleased
        ? .binaryTarget(name: "COpenintFFI", url: archive, checksum: checksum)
        : .systemLibrary(name: "COpenintFFI", path: "swift/Sources/COpenintFFI")

// Libraries that the static library of the XCFramework leaves to whoever links it.
let linkerSettings: [LinkerSetting] =
    isBuilt || isReleased
    ? [.linkedFramework("CoreFoundation"), .linkedFramework("Security")]
    : [.linkedLibrary("openint_uniffi")]

let package = Package(
    name: "openint-sdk",
    platforms: [.iOS(.v15), .macOS(.v12), .tvOS(.v15), .watchOS(.v8)],
    products: [
        .library(name: "OpenintSDK", targets: ["OpenintSDK"])
    ],
    targets: [
        native,
        .target(
            name: "OpenintSDK",
            dependencies: ["COpenintFFI"],
            path: "swift/Sources/OpenintSDK",
            linkerSettings: linkerSettings
        ),
        .executableTarget(
            name: "CreateConnection",
            dependencies: ["OpenintSDK"],
            path: "swift/Examples/CreateConnection"
        ),
        .executableTarget(
            name: "Walk",
            dependencies: ["OpenintSDK"],
            path: "swift/Examples/Walk"
        ),
        .executableTarget(
            name: "ConnectionTool",
            dependencies: ["OpenintSDK"],
            path: "swift/Examples/ConnectionTool"
        ),
        .testTarget(
            name: "OpenintSDKTests",
            dependencies: ["OpenintSDK"],
            path: "swift/Tests/OpenintSDKTests"
        ),
    ],
    swiftLanguageModes: [.v6]
)
