package example;

import dev.openint.sdk.ConnectorData;
import dev.openint.sdk.CreateConnection;
import dev.openint.sdk.OpenintBlocking;
import dev.openint.sdk.OpenintClient;
import dev.openint.sdk.Settings;
import java.util.Map;
import kotlinx.serialization.json.JsonObject;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

@SpringBootApplication
public class App {
    public static void main(String[] args) {
        SpringApplication.run(App.class, args).close();
    }

    @Bean
    OpenintClient openint() {
        return new OpenintBlocking();
    }

    @Bean
    CommandLineRunner create(OpenintClient client) {
        Settings settings = new Settings(new JsonObject(Map.of("oauth", new JsonObject(Map.of()))));
        ConnectorData data = new ConnectorData("dummy-oauth2", settings);
        return args ->
                System.out.println(
                        client.createConnection(CreateConnection.builder("ccfg_", "spring", data).build()).getId());
    }
}
