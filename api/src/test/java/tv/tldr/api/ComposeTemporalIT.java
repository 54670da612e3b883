package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Does the Temporal of docker-compose.yml stand on a PostgreSQL, made ready by our own scripts? Its very programs, without their images. */
class ComposeTemporalIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String VERSION = version();

    @Test
    void temporalStandsOnASchemaThatIsMadeOnceAndStartsAgainOnIt() throws Exception {
        Assumptions.assumeTrue(
                Boolean.getBoolean("temporal.server") || FetchedTool.isThere("server-" + VERSION),
                "Temporal's own server is built with -Dtemporal.server=true alone: Go takes minutes");
        Assumptions.assumeTrue(TestTemporal.isRealToBeHad(), "the temporal command is not there");
        FetchedTool sql = FetchedTool.go("go.temporal.io/server/cmd/tools/sql", VERSION, "sql");
        FetchedTool server = FetchedTool.go("go.temporal.io/server/cmd/server", VERSION, "server");

        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
            rolesAndDatabases(postgres);
            assertThat(schema(sql, postgres)).contains("database temporal_visibility: its schema is up to date");
            int tables = tables(postgres);
            assertThat(tables).isGreaterThan(20);

            String made = served(server, postgres);
            assertThat(made).contains("namespace tldr: made", "search attribute IsLive: made", "Temporal is ready.");

            assertThat(schema(sql, postgres)).contains("found zero updates from current version");
            assertThat(tables(postgres)).isEqualTo(tables);
            assertThat(served(server, postgres))
                    .contains("namespace tldr: there", "search attribute IsLive: there")
                    .doesNotContain(": made");
        }
    }

    /** Starts the server, waits as Compose does until it is healthy, and makes it ready; what that said. */
    private static String served(FetchedTool program, EmbeddedPostgres postgres) throws Exception {
        Map<String, String> environment = new LinkedHashMap<>(Map.of(
                "DB", "postgres12",
                "DB_PORT", String.valueOf(postgres.getPort()),
                "POSTGRES_SEEDS", "127.0.0.1",
                "POSTGRES_USER", "temporal",
                "POSTGRES_PWD", "temporal",
                "DYNAMIC_CONFIG_FILE_PATH",
                        ROOT.resolve("temporal-config/dynamic-config.yaml").toString(),
                "BIND_ON_IP", "127.0.0.1"));
        int frontend = port(environment, "FRONTEND_GRPC_PORT");
        int http = port(environment, "FRONTEND_HTTP_PORT");
        for (String service : new String[] {"MATCHING", "HISTORY", "WORKER"}) {
            port(environment, service + "_GRPC_PORT");
            port(environment, service + "_MEMBERSHIP_PORT");
        }
        port(environment, "FRONTEND_MEMBERSHIP_PORT");
        Path log = TARGET.resolve("temporal-server.log");
        ProcessBuilder builder = new ProcessBuilder(program.path().toString(), "start")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            await().atMost(PATIENCE).ignoreExceptions().until(() -> healthCheck(http)
                    .contains(VERSION));
            return ran(
                    Map.of("TEMPORAL_ADDRESS", "127.0.0.1:" + frontend, "TEMPORAL_NAMESPACE", "tldr"),
                    "temporal-config/apply.sh");
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    /** What the health check of docker-compose.yml asks. */
    private static String healthCheck(int port) throws IOException, InterruptedException {
        Matcher path = Pattern.compile("http://temporal:7243(\\S+)\"").matcher(compose());
        assertThat(path.find()).isTrue();
        try (HttpClient client = HttpClient.newHttpClient()) {
            var answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path.group(1)))
                            .build(),
                    BodyHandlers.ofString());
            return answer.statusCode() == 200 ? answer.body() : "";
        }
    }

    private static String schema(FetchedTool sql, EmbeddedPostgres postgres) throws IOException, InterruptedException {
        return ran(
                Map.of(
                        "TEMPORAL_SQL_TOOL", sql.path().toString(),
                        "SQL_HOST", "127.0.0.1",
                        "SQL_PORT", String.valueOf(postgres.getPort()),
                        "SQL_USER", "temporal",
                        "SQL_PASSWORD", "temporal"),
                "temporal-config/schema.sh");
    }

    private static String ran(Map<String, String> environment, String script) throws IOException, InterruptedException {
        Path log = TARGET.resolve("compose-temporal.log");
        ProcessBuilder builder = new ProcessBuilder(ROOT.resolve(script).toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        TestTemporal.command().ifPresent(command -> builder.environment().put("TEMPORAL_CLI", command.toString()));
        builder.environment().putAll(environment);
        int code = builder.start().waitFor();
        String said = Files.readString(log);
        assertThat(code).as(said).isZero();
        return said;
    }

    /** As deploy/postgres/roles.sh makes them; psql, which that needs, is not here. */
    private static void rolesAndDatabases(EmbeddedPostgres postgres) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE temporal LOGIN CREATEDB PASSWORD 'temporal'");
            statement.execute("CREATE DATABASE temporal OWNER temporal");
            statement.execute("CREATE DATABASE temporal_visibility OWNER temporal");
            statement.execute("REVOKE CONNECT ON DATABASE temporal, temporal_visibility FROM PUBLIC");
        }
    }

    private static int tables(EmbeddedPostgres postgres) throws SQLException {
        try (Connection connection =
                        postgres.getDatabase("postgres", "temporal").getConnection();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'")) {
            assertThat(rows.next()).isTrue();
            return rows.getInt(1);
        }
    }

    /** A free one. The server's tables know none above 32767. */
    private static int port(Map<String, String> environment, String name) {
        int port = IntStream.generate(() -> ThreadLocalRandom.current().nextInt(20_000, 32_767))
                .filter(one -> !environment.containsValue(String.valueOf(one)) && isFree(one))
                .findFirst()
                .orElseThrow();
        environment.put(name, String.valueOf(port));
        return port;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    /** The one that docker-compose.yml runs, server and tools alike. */
    private static String version() {
        try {
            Matcher server = Pattern.compile("temporalio/server:\\$\\{TEMPORAL_VERSION:-([0-9.]+)}")
                    .matcher(compose());
            assertThat(server.find()).isTrue();
            return server.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String compose() throws IOException {
        return Files.readString(ROOT.resolve("docker-compose.yml"));
    }
}
