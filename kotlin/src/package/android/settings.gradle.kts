pluginManagement {
    repositories {
        google()
        mavenCentral()
    }
}

dependencyResolutionManagement {
    repositories {
        maven(providers.gradleProperty("openint.repository").get())
        google()
        mavenCentral()
    }
}

rootProject.name = "app"
