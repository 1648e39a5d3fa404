package example;

import dev.openint.sdk.ConnectorData;
import dev.openint.sdk.OpenintBlocking;
import java.util.Map;
import kotlinx.serialization.json.JsonObject;

public class Main {
    public static void main(String[] args) {
        JsonObject settings = new JsonObject(Map.of("oauth", new JsonObject(Map.of())));
        try (OpenintBlocking client = new OpenintBlocking()) {
            System.out.println(
                    client.createConnection(
                                    "ccfg_", "customer_id", new ConnectorData("dummy-oauth2", settings))
                            .getId());
        }
    }
}
