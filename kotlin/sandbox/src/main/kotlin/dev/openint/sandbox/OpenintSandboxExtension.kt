package dev.openint.sandbox

import dev.openint.sdk.Openint
import dev.openint.sdk.OpenintBlocking
import dev.openint.sdk.OpenintClient
import dev.openint.sdk.OpenintOptions
import org.junit.jupiter.api.extension.BeforeEachCallback
import org.junit.jupiter.api.extension.ExtensionContext
import org.junit.jupiter.api.extension.ExtensionContext.Namespace
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource
import org.junit.jupiter.api.extension.ParameterContext
import org.junit.jupiter.api.extension.ParameterResolver

/**
 * Gives tests of JUnit 5 a local OpenInt server and clients of it.
 *
 * A test, or a method before it, takes them as parameters: [Sandbox], [OpenintClient] or
 * [OpenintBlocking], [Openint], [OpenintOptions]. One server serves the whole run and begins anew
 * with each test; clients are closed after the test. Tests that run at the same time in one JVM
 * would share the server: keep them in one thread, which is JUnit's preset.
 *
 * ```java
 * @ExtendWith(OpenintSandboxExtension.class)
 * class ConnectTest {
 *     @Test
 *     void connects(OpenintClient client, Sandbox sandbox) { … }
 * }
 * ```
 */
public class OpenintSandboxExtension :
    BeforeEachCallback,
    ParameterResolver {
    override fun beforeEach(context: ExtensionContext) {
        sandbox(context).reset()
    }

    override fun supportsParameter(parameter: ParameterContext, context: ExtensionContext): Boolean =
        parameter.parameter.type in TYPES

    override fun resolveParameter(parameter: ParameterContext, context: ExtensionContext): Any {
        val sandbox = sandbox(context)
        return when (parameter.parameter.type) {
            Sandbox::class.java -> sandbox
            OpenintOptions::class.java -> sandbox.options()
            Openint::class.java -> closed(context, Openint(sandbox.options()))
            else -> closed(context, OpenintBlocking(sandbox.options()))
        }
    }

    private fun sandbox(context: ExtensionContext): Sandbox =
        context.root
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(Server::class.java, { Server(Sandbox.start()) }, Server::class.java)
            .sandbox

    /** Closes a client when the test, or the class that took it, has ended. */
    private fun <T : AutoCloseable> closed(context: ExtensionContext, client: T): T {
        context.getStore(NAMESPACE).put(client, CloseableResource(client::close))
        return client
    }

    private class Server(val sandbox: Sandbox) : CloseableResource {
        override fun close() = sandbox.close()
    }

    private companion object {
        val NAMESPACE: Namespace = Namespace.create(OpenintSandboxExtension::class.java)

        val TYPES: Set<Class<*>> =
            setOf(
                Sandbox::class.java,
                OpenintOptions::class.java,
                Openint::class.java,
                OpenintClient::class.java,
                OpenintBlocking::class.java,
            )
    }
}
