package example;

import dev.openint.sdk.ConnectorData;
import dev.openint.sdk.CreateConnection;
import dev.openint.sdk.OpenintBlocking;
import dev.openint.sdk.Settings;
import java.util.Map;
import kotlinx.serialization.json.JsonObject;

public class Main {
    public static void main(String[] args) {
        Settings settings = new Settings(new JsonObject(Map.of("oauth", new JsonObject(Map.of()))));
        ConnectorData data = new ConnectorData("dummy-oauth2", settings);
        try (OpenintBlocking client = new OpenintBlocking()) {
            System.out.println(
                    client.createConnection(CreateConnection.builder("ccfg_", "customer_id", data).build()).getId());
        }
    }
}
