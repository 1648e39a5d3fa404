package dev.openint.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import kotlinx.serialization.json.JsonElementKt;
import kotlinx.serialization.json.JsonObject;
import org.junit.jupiter.api.Test;

/** The package as Java sees it. */
class JavaTest {
    @Test
    void createsAConnection() {
        Sandbox sandbox = Sandbox.getShared();
        sandbox.reset();
        OpenintOptions options =
                OpenintOptions.builder()
                        .apiKey(sandbox.getApiKey())
                        .baseUrl(sandbox.getBaseUrl())
                        .timeout(Duration.ofSeconds(30))
                        .build();
        JsonObject settings = new JsonObject(Map.of("oauth", new JsonObject(Map.of())));
        JsonObject metadata = new JsonObject(Map.of("plan", JsonElementKt.JsonPrimitive("pro")));
        try (OpenintBlocking client = new OpenintBlocking(options)) {
            ConnectorData data = new ConnectorData("dummy-oauth2", settings);
            Connection connection = client.createConnection("ccfg_", "cus_java", data, metadata);
            assertTrue(connection.getId().startsWith("conn_dummy-oauth2_"));
            assertEquals(metadata, connection.getMetadata());
            assertEquals("healthy", ConnectionStatus.HEALTHY.getValue());

            NotFoundException error =
                    assertThrows(
                            NotFoundException.class,
                            () -> client.createConnection("ccfg_nope", "cus_java", data));
            assertEquals(404, error.getStatusCode());
            assertEquals("NOT_FOUND", error.getCode());

            RequestOptions once = RequestOptions.builder().maxRetries(0).extraHeader("x-a", "b").build();
            ApiResponse<?> viewer = client.withOptions(once).request(HttpMethod.GET, "/viewer");
            assertEquals(200, viewer.getStatusCode());
        }
        assertEquals(1, sandbox.rows("cus_java"));
    }

    @Test
    void theCodeOfTheDocumentationRuns() {
        Sandbox sandbox = Sandbox.getShared();
        sandbox.reset();
        try (OpenintBlocking client = JavaSamples.options(sandbox.getApiKey(), sandbox.getBaseUrl())) {
            JavaSamples.lists(client);
            JavaSamples.json(client);
        }
        assertEquals(2, sandbox.requests().stream().filter(r -> r.get("path").toString().contains("/customer")).count());
    }
}
