package tv.tldr.api.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What does the embedded database hold, whatever the API says? */
final class Rows {
    private Rows() {}

    /** The rows of {@code sql} as text, from the database in {@code folder/.tldr}. */
    static List<List<String>> of(Path folder, String sql) throws IOException, SQLException {
        Path postgres = folder.resolve(".tldr/postgres");
        String port = Files.readAllLines(postgres.resolve("data/postmaster.pid"))
                .get(3)
                .strip();
        String password = Files.readString(postgres.resolve("password")).strip();
        List<List<String>> rows = new ArrayList<>();
        try (Connection connection =
                        DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/tldr", "tldr", password);
                ResultSet result = connection.createStatement().executeQuery(sql)) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    row.add(result.getString(column));
                }
                rows.add(row);
            }
        }
        return rows;
    }
}
