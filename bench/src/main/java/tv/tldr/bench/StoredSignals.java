package tv.tldr.bench;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.stream.IntStream;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.signal.Signals;

/** Signals in the place of those that a program's only stream has in its embedded database: nobody measures four hours for a bench. */
final class StoredSignals {
    private static final int SEGMENT = 60;
    private static final SignalKind[] KINDS = SignalKind.values();

    private StoredSignals() {}

    /** @param home of the program that runs */
    static void replace(Path home, Signals signals) throws IOException, SQLException {
        try (Connection connection = EmbeddedDatabase.connect(home);
                Statement statement = connection.createStatement()) {
            int segments = signals.seconds() / SEGMENT;
            statement.executeUpdate("DELETE FROM signals");
            statement.executeUpdate("UPDATE streams SET duration_seconds = " + signals.seconds() + ", segment_count = "
                    + segments + ", progress = progress || jsonb_build_object('current_timestamp', " + signals.seconds()
                    + ") WHERE created_at = (SELECT max(created_at) FROM streams)");
            insert(connection, signals, segments);
            statement.execute("ANALYZE");
        }
    }

    private static void insert(Connection connection, Signals signals, int segments) throws SQLException {
        String columns = Arrays.stream(KINDS).map(SignalKind::wire).collect(joining(", "));
        String values = Arrays.stream(KINDS).map(kind -> "?").collect(joining(", "));
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO signals (organization_id, stream_id,"
                + " segment, first_second, seconds, cut_times, pause_starts, pause_ends, " + columns
                + ") SELECT organization_id, id, ?, ?, ?, ?, '{}', '{}', " + values
                + " FROM streams ORDER BY created_at DESC LIMIT 1")) {
            for (int segment = 0; segment < segments; segment++) {
                int from = segment * SEGMENT;
                insert.setInt(1, segment);
                insert.setInt(2, from);
                insert.setInt(3, SEGMENT);
                Object[] cuts = signals.cuts().stream()
                        .filter(cut -> from <= cut && cut < from + SEGMENT)
                        .toArray();
                insert.setArray(4, connection.createArrayOf("float8", cuts));
                for (int kind = 0; kind < KINDS.length; kind++) {
                    float[] curve = signals.curve(KINDS[kind]).orElseThrow();
                    Object[] part = IntStream.range(from, from + SEGMENT)
                            .mapToObj(second -> (Object) curve[second])
                            .toArray();
                    insert.setArray(5 + kind, connection.createArrayOf("float4", part));
                }
                insert.executeUpdate();
            }
        }
    }
}
