package dev.openint.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
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
            ConnectorData data = new ConnectorData("dummy-oauth2", new Settings(settings));
            Connection connection =
                    client.createConnection(
                            CreateConnection.builder("ccfg_", "cus_java", data)
                                    .metadata(metadata)
                                    .build());
            assertTrue(connection.getId().startsWith("conn_dummy-oauth2_"));
            assertEquals(metadata, connection.getMetadata());
            assertEquals("healthy", ConnectionStatus.Healthy.INSTANCE.toString());
            assertEquals(connection, OpenintModels.connectionFromJson(connection.toJson()));

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

    /** Code of a user's that is given a client. */
    private static String nameOf(OpenintClient client, String id) {
        return client.getConnection(GetConnection.builder(id).includeSecrets(true).build()).getDisplayName();
    }

    @Test
    void aTestStandsInForTheClient() {
        OpenintClient client =
                (OpenintClient)
                        Proxy.newProxyInstance(
                                getClass().getClassLoader(),
                                new Class<?>[] {OpenintClient.class},
                                (proxy, method, args) -> {
                                    GetConnection params = (GetConnection) args[0];
                                    return Connection.builder(params.getId()).displayName("mine").build();
                                });
        assertEquals("mine", nameOf(client, "conn_1"));
    }

    @Test
    void anInterruptEndsACallAndStays() throws Exception {
        Sandbox sandbox = Sandbox.getShared();
        sandbox.reset();
        try (OpenintBlocking client = new OpenintBlocking(sandbox.options(null, 0))) {
            client.viewer();
            sandbox.script("{\"fault\":{\"kind\":\"stall\"}}");
            AtomicReference<Throwable> ended = new AtomicReference<>();
            AtomicBoolean stays = new AtomicBoolean();
            Thread caller =
                    new Thread(
                            () -> {
                                try {
                                    client.viewer();
                                } catch (Throwable error) {
                                    ended.set(error);
                                }
                                stays.set(Thread.currentThread().isInterrupted());
                            });
            caller.start();
            while (sandbox.requests().size() < 2) {
                Thread.sleep(10);
            }
            long started = System.nanoTime();
            caller.interrupt();
            caller.join(5_000);
            assertTrue(System.nanoTime() - started < 1_000_000_000L);
            assertEquals(ApiCancelledException.class, ended.get().getClass());
            assertEquals(1, ((ApiCancelledException) ended.get()).getAttempts());
            assertTrue(stays.get());

            Thread.currentThread().interrupt();
            ApiCancelledException before = assertThrows(ApiCancelledException.class, client::viewer);
            assertEquals(0, before.getAttempts());
            assertTrue(Thread.interrupted());
        }
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
