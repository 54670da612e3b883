package tv.tldr.api.doctor;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tv.tldr.api.embedded.Setting;
import tv.tldr.workflows.scoring.DimensionSetId;
import tv.tldr.workflows.stream.StreamId;

/** Do streams end with highlights, and can their sets score anything? Looks over all organizations and names none. */
record ResultsExaminer(Patient patient) implements Examiner {
    private static final int MOST_SETS = 1000;
    /** Of the best that was found, so that it would be taken. */
    private static final double BELOW = 0.02;

    @Override
    public String area() {
        return "results";
    }

    @Override
    public Set<String> settings() {
        return Set.of(Setting.DATABASE_URL);
    }

    @Override
    public void examine(Chart chart) {
        String url = patient.value(Setting.DATABASE_URL);
        if (url.isEmpty()) {
            chart.passOver("nothing runs here", CheckCatalogue.ofArea(area()));
            return;
        }
        try (Connection connection = Jdbc.of(url).connect()) {
            empty(chart, connection, Double.parseDouble(patient.value("DEFAULT_CONFIDENCE_THRESHOLD")));
            sets(chart, connection);
        } catch (SQLException failure) {
            chart.passOver(
                    "the database does not say it; see the checks of the database", CheckCatalogue.ofArea(area()));
        }
    }

    /** @param usual the threshold of now: what it would take is no fault any more, whatever was asked for then */
    private static void empty(Chart chart, Connection connection, double usual) throws SQLException {
        List<Empty> empty = Jdbc.all(
                connection,
                """
                SELECT stream.id, max(candidate.confidence) AS best,
                       (stream.options ->> 'highlight_threshold')::float AS threshold,
                       count(*) OVER () AS streams
                FROM streams stream JOIN candidates candidate
                  ON candidate.organization_id = stream.organization_id AND candidate.stream_id = stream.id
                WHERE stream.status = 'completed' AND stream.highlight_count = 0
                  AND stream.completed_at > now() - interval '7 days'
                GROUP BY stream.organization_id, stream.id
                HAVING bool_or(candidate.rule = 'below_threshold') AND max(candidate.confidence) < %s
                ORDER BY best DESC LIMIT 1""".formatted(usual),
                row -> new Empty(
                        new StreamId(row.getObject("id", UUID.class)).toString(),
                        row.getDouble("best"),
                        row.getDouble("threshold"),
                        row.getLong("streams")));
        if (!empty.isEmpty()) {
            Empty nearest = empty.getFirst();
            chart.found(
                    "results-empty",
                    String.format(
                            Locale.ROOT,
                            "%d in the last week; the nearest miss has %.2f, and %.2f was asked for",
                            nearest.streams(),
                            nearest.best(),
                            nearest.threshold()),
                    "threshold",
                    String.format(Locale.ROOT, "%.2f", Math.max(0, nearest.best() - BELOW)),
                    "stream",
                    nearest.stream());
        }
    }

    private record Empty(String stream, double best, double threshold, long streams) {}

    private void sets(Chart chart, Connection connection) throws SQLException {
        boolean model = patient.settings().has(Setting.GEMINI_API_KEY);
        List<String> unusable = Jdbc.all(
                        connection,
                        "SELECT id, definition FROM dimension_sets WHERE is_current AND deleted_at IS NULL LIMIT "
                                + MOST_SETS,
                        row -> isUsable(JsonMapper.shared().readTree(row.getString("definition")), model)
                                ? ""
                                : new DimensionSetId(row.getObject("id", UUID.class)).toString())
                .stream()
                .filter(id -> !id.isEmpty())
                .toList();
        if (!unusable.isEmpty()) {
            chart.found("results-set", "sets that can score nothing: " + unusable.size(), "set", unusable.getFirst());
        }
    }

    /** Whether a dimension that counts can be scored: by rules, or by a model where one is asked. */
    static boolean isUsable(JsonNode definition, boolean model) {
        return definition
                .path("dimensions")
                .valueStream()
                .filter(dimension -> dimension.path("weight").asDouble(0) > 0)
                .anyMatch(dimension ->
                        model || !dimension.path("rules").path("terms").isEmpty());
    }
}
