package tv.tldr.activities.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server is asked to encrypt with: a setting for which the servers of these tests have no keys. */
class S3EncryptionIT {
    private static final String ALGORITHM = "x-amz-server-side-encryption";

    @TempDir
    Path folder;

    @Test
    void asksForTheEncryptionThatIsSet() throws IOException {
        assertThat(headersOfAPut("aws:kms", "alias/tldr"))
                .containsEntry(ALGORITHM, "aws:kms")
                .containsEntry(ALGORITHM + "-aws-kms-key-id", "alias/tldr");
    }

    @Test
    void asksForNoneOfItsOwnAccord() throws IOException {
        assertThat(headersOfAPut("", "").keySet()).noneMatch(name -> name.startsWith(ALGORITHM));
    }

    private Map<String, String> headersOfAPut(String encryption, String kmsKey) throws IOException {
        Map<String, String> seen = new ConcurrentHashMap<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestHeaders()
                    .forEach((name, values) -> seen.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        S3Properties properties =
                new S3Properties("tldr", "us-east-1", "key", "secret", "", url, null, encryption, kmsKey);
        try (S3ObjectStore store = new S3ObjectStore(properties)) {
            store.put(new ObjectKey("organizations/a"), Files.writeString(folder.resolve("file"), "hello"));
        } finally {
            server.stop(0);
        }
        return new HashMap<>(seen);
    }
}
