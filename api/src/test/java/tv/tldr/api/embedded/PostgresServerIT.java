package tv.tldr.api.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PostgresServerIT {
    @TempDir
    private Path folder = Path.of("");

    @AfterEach
    void keepWhatIsUnpacked() {
        UnpackedServers.keep(new Home(folder.resolve("home")));
    }

    @ParameterizedTest
    @MethodSource("accounts")
    void keepsItsDataThroughARestartAndACrashOfItsOwner(PostgresAccount account) throws Exception {
        Home home = home("home");
        try (PostgresServer first = PostgresServer.start(home, account)) {
            execute(first, "create table kept (n int)");
        }
        assertThat(processes(home)).isEmpty();

        // Never closed: what is left when the owner is killed.
        PostgresServer orphan = PostgresServer.start(home, account);
        execute(orphan, "insert into kept values (42)");
        List<ProcessHandle> left = processes(home);
        assertThat(left).isNotEmpty();

        try (PostgresServer second = PostgresServer.start(home, account)) {
            assertThat(number(second, "select n from kept")).isEqualTo(42);
            // Whoever adopted it takes note of its end in its own time.
            await().until(() -> left.stream().noneMatch(ProcessHandle::isAlive));
        }
        assertThat(processes(home)).isEmpty();
    }

    @Test
    void takesOverTheDataThatAnotherAccountMade() throws Exception {
        Home home = home("home");
        for (PostgresAccount account : accounts().toList()) {
            try (PostgresServer server = PostgresServer.start(home, account)) {
                execute(server, "create table if not exists kept (n int)");
            }
        }
        assertThat(processes(home)).isEmpty();
    }

    @Test
    void leavesAStrangerAloneWhoHasTheNumberOfAnOldServer() throws Exception {
        Home home = home("home");
        PostgresAccount account = PostgresAccount.detect();
        PostgresServer.start(home, account).close();
        Process stranger = new ProcessBuilder("sleep", "300").start();
        try {
            Files.writeString(
                    home.postgres().resolve("data/postmaster.pid"),
                    stranger.pid() + "\n" + home.postgres().resolve("data") + "\n1\n54320\n\n127.0.0.1\n\n\n");

            try (PostgresServer server = PostgresServer.start(home, account)) {
                assertThat(number(server, "select 1")).isEqualTo(1);
            }
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void givesWayToAnotherOne() throws Exception {
        PostgresAccount account = PostgresAccount.detect();
        try (PostgresServer one = PostgresServer.start(home("home"), account);
                PostgresServer other = PostgresServer.start(home("other"), account)) {
            assertThat(other.port()).isNotEqualTo(one.port());
            assertThat(number(other, "select 1")).isEqualTo(1);
        }
    }

    @Test
    void letsNobodyInWithoutThePassword() throws Exception {
        try (PostgresServer server = PostgresServer.start(home("home"), PostgresAccount.detect())) {
            String url = "jdbc:postgresql://127.0.0.1:" + server.port() + "/tldr";
            assertThat(catchThrowable(() -> DriverManager.getConnection(url, "tldr", "guess")))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password");
        }
    }

    @Test
    void leavesNothingRunningWhenItCannotBeUsed() throws Exception {
        Home home = home("home");
        PostgresAccount account = PostgresAccount.detect();
        PostgresServer.start(home, account).close();
        Files.writeString(home.postgres().resolve("password"), "forgotten");

        assertThat(catchThrowable(() -> PostgresServer.start(home, account)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not answer");
        assertThat(processes(home)).isEmpty();
    }

    @Test
    void leavesNothingRunningWhenItIsTooSlow() throws Exception {
        Home home = home("home");
        PostgresAccount account = PostgresAccount.detect();
        PostgresServer.start(home, account).close();
        // It recovers for as long as somebody fetches an old log for it.
        Path data = home.postgres().resolve("data");
        Files.writeString(data.resolve("recovery.signal"), "");
        Files.writeString(data.resolve("postgresql.auto.conf"), "restore_command = 'sleep 300'\n");
        account.own(data);

        assertThat(catchThrowable(() -> PostgresServer.start(home, account, 1)))
                .isInstanceOf(StartFailure.class)
                .hasMessageStartingWith("PostgreSQL did not start");
        assertThat(processes(home)).isEmpty();
    }

    private Home home(String name) throws IOException {
        Home home = new Home(folder.resolve(name));
        home.create();
        UnpackedServers.lend(home);
        return home;
    }

    private static Stream<PostgresAccount> accounts() {
        return new UnixSystem().getUid() == 0
                ? Stream.of(PostgresAccount.NAMESPACE, PostgresAccount.NOBODY).filter(PostgresAccount::works)
                : Stream.of(PostgresAccount.OWN);
    }

    private static List<ProcessHandle> processes(Home home) {
        return Orphans.naming(home.postgres().resolve("data"));
    }

    private static void execute(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int number(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static Connection connect(PostgresServer server) throws SQLException {
        URI url = URI.create(server.url());
        String[] user = url.getUserInfo().split(":", 2);
        return DriverManager.getConnection(
                "jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + url.getPath(), user[0], user[1]);
    }
}
