package tv.tldr.api.embedded;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** Is our database there on a fresh server? Its tables are the migrations' affair. */
final class PostgresDatabase {
    private static final String NO_SUCH_DATABASE = "3D000";

    private PostgresDatabase() {}

    /** Connects to the database, and makes it when it is missing. */
    static void ensure(int port, String user, String password, String database) throws IOException {
        try {
            connect(port, user, password, database).close();
        } catch (SQLException e) {
            if (!NO_SUCH_DATABASE.equals(e.getSQLState())) {
                throw new IOException("the embedded PostgreSQL does not answer: " + e.getMessage(), e);
            }
            create(port, user, password, database);
        }
    }

    private static void create(int port, String user, String password, String database) throws IOException {
        try (Connection connection = connect(port, user, password, "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + statement.enquoteIdentifier(database, true));
        } catch (SQLException e) {
            throw new IOException("the embedded PostgreSQL did not make its database: " + e.getMessage(), e);
        }
    }

    private static Connection connect(int port, String user, String password, String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "10");
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database, properties);
    }
}
