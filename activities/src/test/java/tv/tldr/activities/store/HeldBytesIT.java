package tv.tldr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.activity.CatalogActivities.FinishStream;
import tv.tldr.workflows.activity.CatalogActivities.NewHighlight;
import tv.tldr.workflows.activity.CatalogActivities.SaveClip;
import tv.tldr.workflows.activity.CatalogActivities.SaveHighlights;
import tv.tldr.workflows.activity.CatalogActivities.SaveRecording;
import tv.tldr.workflows.activity.CatalogActivities.StartStream;
import tv.tldr.workflows.activity.ClipActivities.CutClip;
import tv.tldr.workflows.activity.Recording;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.event.EventId;
import tv.tldr.workflows.highlight.HighlightId;
import tv.tldr.workflows.stream.StreamStatus;

/** What an organization holds is added up as it comes and goes, and is at any time what its rows say. */
class HeldBytesIT extends StoreIT {
    private static final long RECORDING = 5000;
    private static final long CLIP = 1010;

    /** Row by row, as it was counted before. */
    private static final String COUNTED = """
            SELECT ((SELECT coalesce(sum(recording_size), 0) FROM streams
                     WHERE organization_id = :organization AND recording_key IS NOT NULL)
                 + (SELECT coalesce(sum(%s), 0) FROM highlights
                    WHERE organization_id = :organization AND files IS NOT NULL))::bigint AS counted
            """.formatted(UsageStore.BYTES);

    private OrganizationId organization;

    @BeforeEach
    void anOrganization() {
        organization = stores.organization();
    }

    @Test
    void whatIsStoredIsHeldOnceHoweverOftenItIsTold() {
        StreamRef stream = recorded(2);
        stores.catalog.saveRecording(new SaveRecording(stream, recording(stream, RECORDING), 1));
        assertHeld(RECORDING);

        List<HighlightRow> highlights = answer(stores.highlights.all(stream));
        for (HighlightRow highlight : highlights) {
            cut(stream, highlight.id());
            cut(stream, highlight.id());
        }

        assertHeld(RECORDING + 2 * CLIP);
        assertThat(held(stores.organization())).isZero();
    }

    @Test
    void aClipThatIsCutAnewCountsInsteadOfTheOldOne() {
        StreamRef stream = recorded(1);
        HighlightId highlight = answer(stores.highlights.all(stream)).getFirst().id();
        cut(stream, highlight);

        for (long size : List.of(4000L, 20L)) {
            as(organization, "UPDATE highlights SET files = jsonb_set(files, '{clip,size_bytes}', '" + size + "')");
            assertHeld(RECORDING + size + 10);
        }
        as(organization, "UPDATE highlights SET title = 'Mine', version = version + 1");
        assertHeld(RECORDING + 30);
    }

    @Test
    void whatGoesIsNotHeldAnyMore() {
        StreamRef stream = recorded(4);
        List<HighlightId> highlights = answer(stores.highlights.all(stream)).stream()
                .map(HighlightRow::id)
                .toList();
        highlights.subList(0, 3).forEach(highlight -> cut(stream, highlight));
        end(stream, StreamStatus.COMPLETED);
        assertHeld(RECORDING + 3 * CLIP);

        removals()
                .removeHighlight(answer(stores.highlights.find(organization, highlights.getFirst())), null)
                .block();
        assertHeld(RECORDING + 2 * CLIP);

        removals().removeStream(stream, null).block();
        assertHeld(0);
    }

    @Test
    void theRecordingOfAFailedStreamIsNotHeldAnyMore() {
        StreamRef stream = recorded(1);

        end(stream, StreamStatus.FAILED);

        assertHeld(0);
    }

    @Test
    void streamsThatGoManyAtATimeTakeTheirHighlightsOffTheSum() {
        for (int i = 0; i < 12; i++) {
            withClips(3);
        }
        StreamRef last = withClips(2);

        as(organization, "DELETE FROM streams WHERE id <> '" + last.streamId().uuid() + "'");

        assertHeld(RECORDING + 2 * CLIP);
    }

    @Test
    void anOrganizationGoesWithItsSum() {
        StreamRef kept = withClips(1);
        OrganizationId other = organization;
        organization = stores.organization();
        for (int i = 0; i < 12; i++) {
            end(withClips(3), StreamStatus.COMPLETED);
        }

        assertThat(answer(removals().removeOrganization(organization, null, new RemovalOrder("usr_x", null, "req_x"))))
                .isInstanceOf(Removed.Done.class);

        assertThat(parts(organization)).isZero();
        assertThat(held(other)).isEqualTo(RECORDING + CLIP);
        assertThat(kept.organizationId()).isEqualTo(other);
    }

    @Test
    void anOrganizationThatGoesInOneStatementLeavesNothing() {
        withClips(3);
        withClips(3);

        as(organization, "DELETE FROM organizations WHERE id = '" + organization.uuid() + "'");

        assertThat(parts(organization)).isZero();
    }

    @Test
    void nobodyWaitsForAnotherOnesTransactionAndWhatIsTakenBackNeverCounted() throws SQLException {
        StreamRef stream = recorded(2);
        List<HighlightRow> highlights = answer(stores.highlights.all(stream));
        try (Connection slow = owner();
                Statement cutting = slow.createStatement()) {
            slow.setAutoCommit(false);
            cutting.execute("""
                    UPDATE highlights SET status = 'processed', files = '{"clip": {"size_bytes": 77}}' WHERE id = '%s'
                    """.formatted(highlights.getFirst().id().uuid()));

            cut(stream, highlights.getLast().id());
            assertHeld(RECORDING + CLIP);
            slow.rollback();
        }

        assertHeld(RECORDING + CLIP);
    }

    @Test
    void whateverManyWriteAtOnceItIsTheSumOfTheRowsAndOfFewParts() throws Exception {
        int writers = 8;
        List<StreamRef> streams = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            streams.add(recorded(6));
        }
        try (ExecutorService pool = Executors.newFixedThreadPool(writers)) {
            List<Future<?>> done = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                long seed = writer;
                done.add(pool.submit(() -> writeAtRandom(streams, new Random(seed))));
            }
            for (Future<?> one : done) {
                one.get();
            }
        }

        assertHeld(counted(organization));
        assertThat(parts(organization)).isBetween(1L, (long) writers + 1);
        removals()
                .removeOrganization(organization, null, new RemovalOrder("usr_x", null, "req_x"))
                .block();
    }

    /** Past the program, as one of an older version: of clips that are cut, cut anew, deleted, and taken back. */
    private Void writeAtRandom(List<StreamRef> streams, Random random) throws SQLException {
        try (Connection connection = owner();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < 60; i++) {
                StreamRef stream = streams.get(random.nextInt(streams.size()));
                String one =
                        " WHERE (organization_id, id) = (SELECT organization_id, id FROM highlights WHERE stream_id = '"
                                + stream.streamId().uuid() + "' ORDER BY id OFFSET " + random.nextInt(6)
                                + " LIMIT 1 FOR UPDATE SKIP LOCKED)";
                statement.execute(
                        random.nextInt(10) == 0
                                ? "DELETE FROM highlights" + one
                                : "UPDATE highlights SET status = 'processed', files = jsonb_build_object('clip',"
                                        + " jsonb_build_object('size_bytes', " + random.nextInt(1_000_000) + "))"
                                        + one);
                if (random.nextInt(4) == 0) {
                    connection.rollback();
                } else {
                    connection.commit();
                }
            }
        }
        return null;
    }

    @Test
    void whatWasThereBeforeIsAddedUpOnce() throws SQLException {
        String place = TestPostgres.freshDatabase();
        migrate(place, "64");
        try (Connection connection = DriverManager.getConnection("jdbc:postgresql://" + place, "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    INSERT INTO organizations (id, name, plan) SELECT gen_random_uuid(), 'Test', 'starter' FROM generate_series(1, 3);
                    INSERT INTO streams (organization_id, id, source_url, source_key, platform, status, is_live,
                        allow_duplicate, options, metadata, progress, workflow_id, completed_at, recording_key, recording_size)
                    SELECT id, gen_random_uuid(), 'https://example.com', sha256('x'), 'file', 'completed', false, true, '{}', '{}',
                        '{}', 'stream/1', now(), CASE WHEN one = 1 THEN 'key' END, 5000
                    FROM (SELECT id, row_number() OVER () AS number FROM organizations) AS numbered, generate_series(1, 2) AS one
                    WHERE number < 3;
                    INSERT INTO highlights (organization_id, id, stream_id, status, candidate, start_time, end_time, peak_time,
                        confidence_score, type, dimensions, reasons, start_edge, end_edge, files)
                    SELECT organization_id, gen_random_uuid(), id, 'processed', 1, 0, 1, 0, 1, 'highlight', '{}', '[]', 'cut', 'cut',
                        '{"clip": {"size_bytes": 1000}, "thumbnail": null}' FROM streams;
                    """);
            migrate(place, "latest");

            var sums = statement.executeQuery("SELECT array_agg(bytes)::text, count(*) FROM held_bytes");
            sums.next();
            assertThat(sums.getString(1)).isEqualTo("{7000,7000}");
        }
    }

    private static void migrate(String place, String version) {
        Flyway.configure()
                .dataSource("jdbc:postgresql://" + place, "postgres", "")
                .target(MigrationVersion.fromVersion(version))
                .load()
                .migrate();
    }

    private void assertHeld(long bytes) {
        assertThat(held(organization)).isEqualTo(bytes);
        assertThat(counted(organization)).isEqualTo(bytes);
    }

    private long held(OrganizationId whose) {
        return answer(stores.usage.now(whose)).storageBytes();
    }

    private long counted(OrganizationId whose) {
        return number(whose, COUNTED, "counted");
    }

    private long parts(OrganizationId whose) {
        return number(whose, "SELECT count(*) AS parts FROM held_bytes WHERE organization_id = :organization", "parts");
    }

    private long number(OrganizationId whose, String query, String column) {
        return answer(stores.database.one(
                stores.database.sql(whose, query), row -> Columns.required(row, column, Long.class)));
    }

    /** A statement that reaches all that is the organization's. */
    private void as(OrganizationId whose, String statement) {
        String where = statement.contains("WHERE") ? " AND " : " WHERE ";
        stores.database
                .update(stores.database.sql(whose, statement + where + ":organization IS NOT NULL"))
                .block();
    }

    private Connection owner() throws SQLException {
        return stores.flyway().getConfiguration().getDataSource().getConnection();
    }

    private RemovalStore removals() {
        return new RemovalStore(
                stores.database,
                stores.states,
                stores.highlights,
                new HighlightEditStore(stores.database, stores.events),
                stores.events,
                stores.usage);
    }

    private StreamRef withClips(int highlights) {
        StreamRef stream = recorded(highlights);
        answer(stores.highlights.all(stream)).forEach(highlight -> cut(stream, highlight.id()));
        return stream;
    }

    private StreamRef recorded(int highlights) {
        StreamRef stream = stores.submitted(organization);
        stores.candidates.replace(stream, Samples.candidates(highlights)).block();
        stores.catalog.startStream(new StartStream(stream, event()));
        stores.catalog.saveRecording(new SaveRecording(stream, recording(stream, RECORDING), 1));
        List<NewHighlight> chosen =
                Samples.candidates(highlights).stream().map(Samples::highlight).toList();
        stores.catalog.saveHighlights(new SaveHighlights(stream, chosen));
        return stream;
    }

    private static Recording recording(StreamRef stream, long bytes) {
        Recording sample = Samples.recording(stream);
        return new Recording(sample.objectKey(), bytes, sample.sha256(), sample.facts());
    }

    private void cut(StreamRef stream, HighlightId highlight) {
        CutClip sample = Samples.clip(stream, Samples.highlight(Samples.candidate(0)));
        stores.catalog.saveClip(new SaveClip(stream, highlight, sample, event()));
    }

    private void end(StreamRef stream, StreamStatus status) {
        stores.catalog.finishStream(new FinishStream(stream, status, List.of(), null, List.of(), event(), 1, true, 0));
    }

    private static EventId event() {
        return new EventId(FreshUuid.next());
    }
}
