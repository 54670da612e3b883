package tv.tldr.bench;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tv.tldr.bench.Tenants.Tenant;
import tv.tldr.workflows.account.Plan;

/**
 * How is a stream submitted to PostgreSQL alone? With the statements of {@code submission.sql}, for tenants of the plan
 * {@code professional} whose places are all taken: what they submit waits, and no workflow is started for it.
 *
 * @param statements of one submission; parameters begin with a colon
 * @param json what each stream has of it, as text, by column
 */
record Submission(String statements, Map<String, String> json) {
    private static final String SOURCES = "https://media.example/";
    private static final List<String> JSON = List.of("options", "dimension_set", "progress");
    private static final Pattern PARAMETER = Pattern.compile("(?<!:):([a-z_]+)");
    private static final int PLACES = Plan.PROFESSIONAL.limits().orElseThrow().concurrentStreams();

    /** With the options and dimensions that the stream of {@code tenant} has. */
    static Submission like(Connection database, Tenant tenant, Path statements) throws IOException, SQLException {
        try (PreparedStatement stream =
                database.prepareStatement("SELECT options::jsonb, dimension_set::jsonb, progress"
                        + " FROM streams WHERE organization_id = ? AND dimension_set IS NOT NULL LIMIT 1")) {
            stream.setObject(1, tenant.organization());
            ResultSet row = stream.executeQuery();
            row.next();
            Map<String, String> json = new TreeMap<>();
            for (String column : JSON) {
                json.put(column, row.getString(column));
            }
            return new Submission(Files.readString(statements), json);
        }
    }

    /** What {@code server.py} reads of it. */
    Path write(Path file) throws IOException {
        return Files.writeString(
                file,
                json.entrySet().stream()
                        .map(entry -> "\"%s\": %s".formatted(entry.getKey(), entry.getValue()))
                        .collect(joining(",\n", "{", "}")));
    }

    /**
     * One submission by pgbench, of any of {@code tenants}: each statement is prepared once a connection, with the organization
     * of the key for a parameter.
     *
     * @param keyLookUp with a place for the key's hash
     */
    String script(List<Tenant> tenants, String keyLookUp) {
        String hashes =
                tenants.stream().map(tenant -> "'\\x" + tenant.hash() + "'").collect(joining(", "));
        return """
                \\set number random(1, %d)
                %s
                \\gset key_
                SELECT uuidv7() AS stream
                \\gset
                %s
                """.formatted(
                        tenants.size(),
                        keyLookUp.formatted("(ARRAY[" + hashes + "]::bytea[])[:number]"),
                        PARAMETER.matcher(statements).replaceAll(this::value));
    }

    private String value(MatchResult parameter) {
        String name = parameter.group(1);
        return Matcher.quoteReplacement(
                switch (name) {
                    case "stream" -> parameter.group();
                    case "organization" -> ":key_organization_id";
                    case "url" -> "('" + SOURCES + "' || :stream)";
                    // A word behind a colon would be one of pgbench's own variables.
                    default ->
                        "'" + requireNonNull(json.get(name)).replace("'", "''").replaceAll(":(?=[a-z_])", ": ") + "'";
                });
    }

    /** Requests that submit a stream of each, as {@link Load#wrk} wants them. */
    static Path requests(Path file, List<Tenant> tenants) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Tenant tenant : tenants) {
            lines.add("POST\t/api/v1/streams\t" + tenant.key() + "\t{\"source_url\":\"" + SOURCES + "%d.mp4\"}");
        }
        return Files.write(file, lines);
    }

    /** Takes all places of theirs, for good. */
    static void occupy(Connection database, List<Tenant> tenants) throws SQLException {
        try (PreparedStatement busy = database.prepareStatement("""
                INSERT INTO streams (organization_id, id, source_url, source_key, platform, status, is_live, allow_duplicate,
                    options, metadata, progress, workflow_id)
                SELECT ?, gen_random_uuid(), 'https://busy.example/' || n, decode(lpad(to_hex(n), 64, '0'), 'hex'), 'file',
                    'processing', false, false, '{}', '{}', '{}', 'stream/busy-' || gen_random_uuid()
                FROM generate_series(1, %d) n
                ON CONFLICT DO NOTHING
                """.formatted(PLACES))) {
            for (Tenant tenant : tenants) {
                busy.setObject(1, tenant.organization());
                busy.addBatch();
            }
            busy.executeBatch();
        }
    }

    /** Takes back what they have submitted, so that each turn finds the same. */
    static void clear(Connection database, List<Tenant> tenants) throws SQLException {
        try (PreparedStatement waiting =
                database.prepareStatement("DELETE FROM streams WHERE organization_id = ? AND status = 'pending'")) {
            for (Tenant tenant : tenants) {
                waiting.setObject(1, tenant.organization());
                waiting.addBatch();
            }
            waiting.executeBatch();
        }
        try (Statement vacuum = database.createStatement()) {
            vacuum.execute("VACUUM ANALYZE streams");
        }
    }
}
