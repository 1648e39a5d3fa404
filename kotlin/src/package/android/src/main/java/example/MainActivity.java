package example;

import android.app.Activity;
import android.os.Bundle;
import android.util.Log;
import dev.openint.sdk.ConnectorData;
import dev.openint.sdk.CreateConnection;
import dev.openint.sdk.OpenintBlocking;
import dev.openint.sdk.OpenintOptions;
import dev.openint.sdk.Settings;
import java.util.Map;
import kotlinx.serialization.json.JsonObject;

/** Creates a connection on the server that its intent names, and logs the id, or the failure. */
public final class MainActivity extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        String url = getIntent().getStringExtra("url");
        String key = getIntent().getStringExtra("key");
        new Thread(() -> Log.i("openint", create(url, key))).start();
    }

    private static String create(String url, String key) {
        OpenintOptions options =
                OpenintOptions.builder().baseUrl(url).apiKey(key).allowPlainHttp(true).build();
        try (OpenintBlocking client = new OpenintBlocking(options)) {
            JsonObject settings = new JsonObject(Map.of("oauth", new JsonObject(Map.of())));
            ConnectorData data = new ConnectorData("dummy-oauth2", new Settings(settings));
            return client.createConnection(
                            CreateConnection.builder("ccfg_", "customer_id", data).build())
                    .getId();
        } catch (Throwable failure) {
            return "failed: " + Log.getStackTraceString(failure);
        }
    }
}
