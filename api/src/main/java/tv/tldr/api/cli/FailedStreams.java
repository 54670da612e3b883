package tv.tldr.api.cli;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tv.tldr.api.JdbcUrl;
import tv.tldr.workflows.stream.StreamId;

/** Which streams failed last, of all organizations? As their rows tell it, without what customers call them and without asking an API. */
final class FailedStreams {
    private static final int CONNECTING = 2;
    private static final int READING = 10;

    private static final String LAST = """
            SELECT id, json_build_object('status', status, 'workflow_id', workflow_id, 'progress', progress, 'errors', errors,
                                         'created_at', created_at, 'started_at', started_at, 'completed_at', completed_at) AS told
            FROM streams WHERE status = 'failed' ORDER BY created_at DESC LIMIT 100""";

    private FailedStreams() {}

    static ArrayNode of(String databaseUrl) throws SQLException {
        ArrayNode streams = JsonMapper.shared().createArrayNode();
        try (Connection connection = JdbcUrl.of(databaseUrl).connect("tldr support-bundle", CONNECTING, READING);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(LAST)) {
            while (rows.next()) {
                streams.addObject()
                        .put("id", new StreamId(rows.getObject("id", UUID.class)).toString())
                        .setAll(JsonMapper.shared()
                                .readTree(rows.getString("told"))
                                .asObject());
            }
        }
        return streams;
    }
}
