package tv.tldr.api;

import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Where, and as whom, does JDBC find the database that a {@code DATABASE_URL} names?
 *
 * @param url without user and password
 * @param user empty: none is named
 * @param password empty: none is named
 */
public record JdbcUrl(String url, String user, String password) {
    /** @param databaseUrl as {@code DATABASE_URL} has it */
    public static JdbcUrl of(String databaseUrl) {
        Map<String, Object> driver = DatabaseUrl.drivers(databaseUrl);
        return new JdbcUrl(
                Objects.toString(driver.get("spring.flyway.url"), ""),
                Objects.toString(driver.get("spring.flyway.user"), ""),
                Objects.toString(driver.get("spring.flyway.password"), ""));
    }

    /** @param properties of the driver, beside user and password */
    public Connection connect(Map<String, String> properties) throws SQLException {
        Properties all = new Properties();
        all.setProperty("user", user);
        all.setProperty("password", password);
        all.putAll(properties);
        return DriverManager.getConnection(url, all);
    }

    /**
     * Soon or not at all.
     *
     * @param program how the server is told who asks
     * @param connecting seconds, of all tries together, with TLS and without: one that hangs is waited for once
     * @param reading seconds that an answer may take
     */
    public Connection connect(String program, int connecting, int reading) throws SQLException {
        return connect(Map.of(
                "ApplicationName",
                program,
                "connectTimeout",
                String.valueOf(connecting),
                "loginTimeout",
                String.valueOf(connecting),
                "socketTimeout",
                String.valueOf(reading)));
    }

    /** What it means for people that there is no connection: one sentence without a full stop, and without the password. */
    public String told(SQLException failure) {
        boolean unknown = Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(UnknownHostException.class::isInstance);
        String state = String.valueOf(failure.getSQLState());
        String said = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        String means = unknown
                ? "a host that nobody knows"
                : switch ((state + "--").substring(0, 2)) {
                    case "08" -> "where nobody answers: " + said;
                    case "28" -> "which refuses the user or the password";
                    case "3D" -> "which has no such database";
                    case "53" -> "which takes no more connections";
                    default -> "which does not let the program in: " + said;
                };
        return "DATABASE_URL leads to " + place() + ", " + means;
    }

    /** The migrations that a start applies, by the same role. */
    public FluentConfiguration flyway() {
        return Flyway.configure().dataSource(url, user.isEmpty() ? null : user, password.isEmpty() ? null : password);
    }

    /** Another database of the same server. */
    public JdbcUrl sibling(String database) {
        return new JdbcUrl(url.replaceFirst("^(jdbc:postgresql://[^/]*/)[^?]*", "$1" + database), user, password);
    }

    /** Host, port and name, such as {@code db.example.com:5432/tldr}. */
    public String place() {
        return url.replaceFirst("^jdbc:postgresql://", "").replaceFirst("\\?.*$", "");
    }

    @Override
    public String toString() {
        return place();
    }
}
