package tv.tldr.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tv.tldr.bench.Tenants.Tenant;

/** The database that a program started in its own folder. */
final class EmbeddedDatabase {
    private EmbeddedDatabase() {}

    static Connection connect(Path home) throws IOException, SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port(home) + "/tldr", "tldr", password(home));
    }

    /** As programs in C and Python are told it. */
    static String url(Path home) throws IOException {
        return "postgresql://tldr:" + password(home) + "@127.0.0.1:" + port(home) + "/tldr";
    }

    /** One of each tenant's. */
    static List<UUID> anyHighlights(Connection database, List<Tenant> tenants) throws SQLException {
        List<UUID> ids = new ArrayList<>();
        try (PreparedStatement one =
                database.prepareStatement("SELECT id FROM highlights WHERE organization_id = ? LIMIT 1")) {
            for (Tenant tenant : tenants) {
                one.setObject(1, tenant.organization());
                ResultSet row = one.executeQuery();
                row.next();
                ids.add(row.getObject(1, UUID.class));
            }
        }
        return ids;
    }

    private static String port(Path home) throws IOException {
        return Files.readAllLines(home.resolve("postgres/data/postmaster.pid"))
                .get(3)
                .strip();
    }

    private static String password(Path home) throws IOException {
        return Files.readString(home.resolve("postgres/password")).strip();
    }
}
