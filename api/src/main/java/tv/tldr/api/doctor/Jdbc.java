package tv.tldr.api.doctor;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import tv.tldr.api.JdbcUrl;

/**
 * How does the doctor speak to PostgreSQL? On connections of its own, so that it is let in when the program's are used up, and with
 * limits of a few seconds.
 */
record Jdbc(JdbcUrl address) {
    private static final String USUAL_PORT = "5432";

    private static final String NAME = "tldr doctor";
    private static final int CONNECTING = 2;
    private static final int READING = 3;

    /** @param databaseUrl as {@code DATABASE_URL} has it */
    static Jdbc of(String databaseUrl) {
        return new Jdbc(JdbcUrl.of(databaseUrl));
    }

    /** Reads a row. */
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    Connection connect() throws SQLException {
        return address.connect(NAME, CONNECTING, READING);
    }

    /** To the database that every server has. */
    Connection connectToServer() throws SQLException {
        return address.sibling("postgres").connect(NAME, CONNECTING, READING);
    }

    Flyway flyway() {
        return address.flyway().load();
    }

    /** Who signs in; the driver's choice, as psql's, is the account of this machine. */
    String user() {
        return address.user().isEmpty() ? System.getProperty("user.name") : address.user();
    }

    /** Host and port. */
    String place() {
        return address.place().replaceFirst("/.*$", "");
    }

    String host() {
        return place().replaceFirst(":[0-9]+$", "");
    }

    String port() {
        String place = place();
        return place.matches(".*:[0-9]+") ? place.replaceFirst("^.*:", "") : USUAL_PORT;
    }

    /** What is filled into a command that speaks to it. */
    Map<String, String> words() {
        return Map.of("host", host(), "port", port(), "user", user(), "database", database(), "place", place());
    }

    String database() {
        return address.place().replaceFirst("^[^/]*/", "");
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
