package dev.openint.sdk

import kotlinx.serialization.json.JsonPrimitive
import org.junit.jupiter.api.Test
import java.io.ByteArrayOutputStream
import java.io.ObjectOutputStream
import java.time.Duration
import kotlin.test.assertFailsWith
import kotlin.test.assertTrue

private const val CANARY = "canary"

/** Nothing that is printed shows a secret. */
class SecretsTest {
    private fun hidden(printed: Any?) = assertTrue(CANARY !in printed.toString(), printed.toString())

    private fun hiddenIn(error: Throwable) {
        hidden(error.stackTraceToString())
        // A logger may serialise what it is given; the body stays behind.
        val bytes = ByteArrayOutputStream().also { ObjectOutputStream(it).writeObject(error) }
        hidden(bytes.toString(Charsets.ISO_8859_1))
    }

    @Test
    fun `what is printed of every model`() {
        fun model(fields: String) = json("""{"id":"i","name":"n","role":"org","ok":true,"list":[],$fields}""")
        val secrets =
            listOf(
                connectionFromJson(
                    model(""""settings":{"a":"$CANARY"},"status_message":"$CANARY","metadata":{"a":"$CANARY"}"""),
                ),
                connectionCheckFromJson(model(""""status_message":"$CANARY"""")),
                connectorConfigFromJson(model(""""config":{"a":"$CANARY"},"metadata":{"a":"$CANARY"}""")),
                connectorFromJson(model(""""schemas":{"a":"$CANARY"}""")),
                connectorStatusReportFromJson(model(""""more":"$CANARY"""")),
                customerFromJson(model(""""api_key":"$CANARY","metadata":["$CANARY"]""")),
                customerTokenFromJson(model(""""token":"$CANARY","magic_link_url":"$CANARY","api_key":"$CANARY"""")),
                eventFromJson(model(""""data":{"a":"$CANARY"},"user":{"a":"$CANARY"}""")),
                messageTemplateFromJson(model(""""template":"$CANARY"""")),
                oauth2SettingsFromJson(
                    model(""""credentials":{"access_token":"$CANARY"},"metadata":{"a":"$CANARY"}"""),
                ),
                deletedFromJson(model(""""more":"$CANARY"""")),
                healthFromJson(model(""""more":{"a":"$CANARY"}""")),
                viewerFromJson(model(""""more":["$CANARY"]""")),
            )
        secrets.forEach(::hidden)
        hidden(Page(secrets))
        // What is no secret shows.
        assertTrue(
            "connector_name: \"github\"" in connectionFromJson(model(""""connector_name":"github"""")).toString(),
        )
        assertTrue("more" in viewerFromJson(model(""""more":"$CANARY"""")).toString())
    }

    @Test
    fun `what is printed of options, models, answers and errors`() {
        val sandbox = Sandbox.shared
        sandbox.reset()
        val credentials = OAuth2Credentials("$CANARY-at", refreshToken = "$CANARY-rt", raw = note(CANARY))
        val data = ConnectorData.oauth2("dummy-oauth2", credentials)
        val options =
            OpenintOptions(sandbox.apiKey, sandbox.baseUrl, defaultHeaders = mapOf("x-a" to CANARY), userAgent = "a")
        val call =
            RequestOptions(
                extraHeaders = mapOf("x-b" to CANARY),
                extraQuery = mapOf("q" to CANARY),
                extraBody = mapOf("b" to JsonPrimitive(CANARY)),
                maxRetries = 0,
            )
        val keyed =
            OpenintOptions("$CANARY-key", "http://u:$CANARY@127.0.0.1:1/v1", proxy = "http://u:$CANARY@127.0.0.1:1")
        listOf(credentials, data, options, call, keyed, data.settings).forEach(::hidden)
        hiddenIn(assertFailsWith<InvalidInputException> { OpenintBlocking(keyed) })

        OpenintBlocking(options).use { client ->
            hidden(client)
            val created = client.withResponse {
                it.createConnection("ccfg_", "cus_1", data, note(CANARY), options = call)
            }
            assertTrue(CANARY in created.body, "the canary got through")
            hidden(created)
            hidden(created.value)
            hidden(connectionFromJson(json("""{"id":"c","status_message":"$CANARY","x":"$CANARY"}""")))
            val answers =
                listOf(
                    """{"status":500,"text":"$CANARY"}""",
                    """{"status":400,"body":{"$CANARY":"$CANARY"}}""",
                    """{"text":"$CANARY"}""",
                    """{"body":{"id":["$CANARY"]}}""",
                    """{"fault":{"kind":"redirect","to":"http://127.0.0.1:9/$CANARY","status":307}}""",
                )
            for (answer in answers) {
                sandbox.script(answer)
                hiddenIn(
                    assertFailsWith<OpenintException> {
                        client.createConnection("ccfg_", "cus_1", data, options = call)
                    },
                )
            }
            hiddenIn(
                assertFailsWith<OpenintException> {
                    client.request(HttpMethod.GET, "/connection/{id}", mapOf("id" to CANARY))
                },
            )
        }
        val wrong = OpenintOptions("$CANARY-key", sandbox.baseUrl, Duration.ofSeconds(30))
        OpenintBlocking(wrong).use { client ->
            hiddenIn(assertFailsWith<AuthenticationException> { client.createConnection("ccfg_", "cus_1", data) })
        }
    }
}
