package example;

import dev.openint.sdk.Connection;
import dev.openint.sdk.ConnectorData;
import dev.openint.sdk.CreateConnection;
import dev.openint.sdk.ListConnections;
import dev.openint.sdk.NotFoundException;
import dev.openint.sdk.OpenintBlocking;
import dev.openint.sdk.Settings;
import java.util.Map;
import kotlinx.serialization.json.JsonObject;

/** Calls that a program in Java makes. */
final class JavaConsumer {
    private JavaConsumer() {}

    static String use() {
        JsonObject settings = new JsonObject(Map.of("oauth", new JsonObject(Map.of())));
        ConnectorData data = new ConnectorData("dummy-oauth2", new Settings(settings));
        try (OpenintBlocking client = new OpenintBlocking()) {
            Connection created =
                    client.createConnection(
                            CreateConnection.builder("ccfg_", "versions", data)
                                    .metadata(new JsonObject(Map.of()))
                                    .build());
            boolean isListed =
                    client.connections(ListConnections.builder().customerId("versions").build()).stream()
                            .anyMatch(connection -> connection.getId().equals(created.getId()));
            if (!isListed) {
                throw new IllegalStateException("it is not in the list");
            }
            try {
                client.createConnection(CreateConnection.builder("ccfg_nope", "versions", data).build());
                throw new IllegalStateException("it was not refused");
            } catch (NotFoundException error) {
                return created + " " + error.getStatusCode();
            }
        }
    }
}
