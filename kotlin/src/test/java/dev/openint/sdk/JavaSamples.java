package dev.openint.sdk;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import kotlin.sequences.SequencesKt;
import kotlinx.serialization.json.Json;
import kotlinx.serialization.json.JsonObject;

/** The Java code of the documentation. */
final class JavaSamples {
    private JavaSamples() {}

    static void quickStart() {
        JsonObject settings = new JsonObject(Map.of("oauth", new JsonObject(Map.of())));
        try (OpenintBlocking client = new OpenintBlocking()) {
            Connection connection =
                    client.createConnection("ccfg_", "customer_id", new ConnectorData("dummy-oauth2", settings));
            System.out.println(connection.getId());
        }
    }

    static OpenintBlocking options(String key, String baseUrl) {
        OpenintOptions options =
                OpenintOptions.builder()
                        .apiKey(key)
                        .baseUrl(baseUrl)
                        .timeout(Duration.ofSeconds(20))
                        .build();
        return new OpenintBlocking(options);
    }

    static void lists(OpenintBlocking client) {
        for (Connection connection : SequencesKt.asIterable(client.connections("customer_42"))) {
            System.out.println(connection.getId() + ": " + connection.getStatus());
        }
        List<Customer> customers = client.listCustomers().getItems();
        System.out.println(customers.size());
    }

    static void json(OpenintBlocking client) {
        JsonObject metadata = (JsonObject) Json.Default.parseToJsonElement("{\"plan\":\"pro\"}");
        System.out.println(client.upsertCustomer("customer_42", metadata).getMetadata());

        ApiResponse<Viewer> response = client.withResponse(c -> c.viewer());
        System.out.println(response.getStatusCode() + ": " + response.getValue().getRole());
    }
}
