package tv.tldr.api.doctor;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import tv.tldr.api.DatabaseUrl;

/**
 * How does the doctor speak to PostgreSQL? On connections of its own, so that it is let in when the program's are used up, and with
 * limits of a few seconds.
 *
 * @param url without user and password
 */
record Jdbc(String url, String user, String password) {
    private static final String CONNECT_SECONDS = "2";
    private static final String ANSWER_SECONDS = "3";

    /** @param databaseUrl as {@code DATABASE_URL} has it */
    static Jdbc of(String databaseUrl) {
        Map<String, Object> drivers = DatabaseUrl.drivers(databaseUrl);
        return new Jdbc(
                Objects.toString(drivers.get("spring.flyway.url"), ""),
                Objects.toString(drivers.get("spring.flyway.user"), ""),
                Objects.toString(drivers.get("spring.flyway.password"), ""));
    }

    /** Reads a row. */
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    Connection connect() throws SQLException {
        return connect(url);
    }

    /** To the database that every server has. */
    Connection connectToServer() throws SQLException {
        return connect("jdbc:postgresql://" + place() + "/postgres"
                + (url.contains("?") ? url.substring(url.indexOf('?')) : ""));
    }

    private Connection connect(String where) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", CONNECT_SECONDS);
        // Of all tries together, with TLS and without: one that hangs is waited for once.
        properties.setProperty("loginTimeout", CONNECT_SECONDS);
        properties.setProperty("socketTimeout", ANSWER_SECONDS);
        properties.setProperty("ApplicationName", "tldr doctor");
        return DriverManager.getConnection(where, properties);
    }

    Flyway flyway() {
        return Flyway.configure().dataSource(url, user, password).load();
    }

    /** Host and port. */
    String place() {
        return url.replaceFirst("^jdbc:postgresql://", "").replaceFirst("/.*$", "");
    }

    String host() {
        return place().replaceFirst(":[0-9]+$", "");
    }

    String database() {
        return url.replaceFirst("^jdbc:postgresql://[^/]*/", "").replaceFirst("\\?.*$", "");
    }

    static <T> List<T> all(Connection connection, String sql, Row<T> row) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            List<T> all = new ArrayList<>();
            while (rows.next()) {
                all.add(row.read(rows));
            }
            return all;
        }
    }
}
