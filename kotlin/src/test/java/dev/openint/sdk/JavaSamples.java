package dev.openint.sdk;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import kotlinx.serialization.json.Json;
import kotlinx.serialization.json.JsonObject;

/** The Java code of the documentation. */
final class JavaSamples {
    private JavaSamples() {}

    static void quickStart() {
        // --8<-- [start:quickstart]
        JsonObject settings = new JsonObject(Map.of("oauth", new JsonObject(Map.of())));
        try (OpenintBlocking client = new OpenintBlocking()) {
            ConnectorData data = new ConnectorData("dummy-oauth2", new Settings(settings));
            Connection connection =
                    client.createConnection(CreateConnection.builder("ccfg_", "customer_id", data).build());
            System.out.println(connection.getId());
        }
        // --8<-- [end:quickstart]
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
        ListConnections ofCustomer = ListConnections.builder().customerId("customer_42").build();
        for (Connection connection : client.connections(ofCustomer)) {
            System.out.println(connection.getId() + ": " + connection.getStatus());
        }
        long unhealthy =
                client.connections(ofCustomer).stream()
                        .filter(connection -> connection.getStatus() != ConnectionStatus.Healthy.INSTANCE)
                        .count();
        List<Customer> customers = client.listCustomers().getItems();
        System.out.println(unhealthy + " of " + customers.size());
    }

    static void json(OpenintBlocking client) {
        JsonObject metadata = (JsonObject) Json.Default.parseToJsonElement("{\"plan\":\"pro\"}");
        System.out.println(client.upsertCustomer("customer_42", metadata).getMetadata());

        ApiResponse<Viewer> response = client.withResponse(c -> c.viewer());
        System.out.println(response.getStatusCode() + ": " + response.getValue().getRole());
    }
}
