// An app with the AAR, shrunk by R8: .github/workflows/android.yml builds it and runs it on the
// emulator.
plugins {
    id("com.android.application") version "8.13.0"
}

android {
    namespace = "example"
    compileSdk = 36
    defaultConfig {
        applicationId = "example"
        minSdk = 26
        targetSdk = 36
        versionCode = 1
        versionName = "1"
    }
    buildTypes {
        release {
            isMinifyEnabled = true
            isShrinkResources = true
            proguardFiles(getDefaultProguardFile("proguard-android-optimize.txt"))
            signingConfig = signingConfigs.getByName("debug")
        }
    }
    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_11
        targetCompatibility = JavaVersion.VERSION_11
    }
}

dependencies {
    implementation("dev.openint:openint-sdk-android:${providers.gradleProperty("openint.version").get()}")
}
