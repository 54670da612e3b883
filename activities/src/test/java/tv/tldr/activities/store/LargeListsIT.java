package tv.tldr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.batch.BatchRef;

/** However much an organization has, and from whichever end it is listed: a page reads about as many rows as it shows. */
class LargeListsIT extends StoreIT {
    private static final int MANY = 10_000;
    private static final int PAGE = 20;
    /** Of a batch its own row and that of its entry are read. */
    private static final long FEW = 4 * (PAGE + 1);

    private OrganizationId organization = new OrganizationId(FreshUuid.next());

    @BeforeAll
    void anOrganizationThatHasVeryMuch() {
        organization = stores.organization();
        run("""
                INSERT INTO streams (organization_id, id, source_url, source_key, platform, status, is_live, allow_duplicate,
                                     options, metadata, progress, workflow_id, completed_at)
                VALUES (:organization, :organization, 'https://example.com', sha256('x'), 'file', 'completed', false, true,
                        '{}', '{}', '{}', 'stream/1', now())
                """);
        run("""
                INSERT INTO highlights (organization_id, id, stream_id, status, candidate, start_time, end_time, peak_time,
                                        confidence_score, type, dimensions, reasons, start_edge, end_edge, created_at)
                SELECT :organization, gen_random_uuid(), :organization, 'detected', n, mod(n * 7919, 7200), 7200, 7200,
                       mod(n * 7919, 101) / 100.0, 'highlight', '{}', '[]', 'cut', 'cut', now() - make_interval(secs => n)
                FROM generate_series(1, %d) AS n
                """.formatted(MANY));
        run("""
                INSERT INTO batches (organization_id, id, status, parallel_limit, created_at, completed_at, cancel_requested_at)
                SELECT :organization, gen_random_uuid(),
                       CASE mod(n, 20) WHEN 0 THEN 'processing' WHEN 1 THEN 'processing' WHEN 2 THEN 'cancelled' ELSE 'completed' END,
                       10, now() - make_interval(secs => n), CASE WHEN mod(n, 20) > 1 THEN now() END,
                       CASE WHEN mod(n, 20) IN (1, 2) THEN now() END
                FROM generate_series(1, %d) AS n
                """.formatted(MANY));
        run("""
                INSERT INTO batch_entries SELECT organization_id, id, 0, gen_random_uuid() FROM batches
                WHERE organization_id = :organization
                """);
        run("ANALYZE streams, highlights, batches, batch_entries");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void batches(boolean oldestFirst) {
        Cursor middle = Cursor.made(Instant.now().minusSeconds(MANY / 2), FreshUuid.next());

        assertReadsFew(() -> list(null, oldestFirst, null));
        assertReadsFew(() -> list(null, oldestFirst, middle));
    }

    @ParameterizedTest
    @EnumSource(BatchQuery.Status.class)
    void batchesOfOneStatus(BatchQuery.Status status) {
        assertReadsFew(() -> list(status, true, null));
        assertReadsFew(() -> list(status, false, null));
    }

    @Test
    void howFarABatchIsReadsItAlone() {
        BatchRef one = list(null, true, null).getFirst().ref();

        assertReadsFew(() -> {
            assertThat(batchStore().find(one).blockOptional()).isPresent();
            assertThat(all(batchStore().entries(one))).hasSize(1);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "CONFIDENCE, true",
        "CONFIDENCE, false",
        "START_TIME, true",
        "START_TIME, false",
        "CREATED_AT, true",
        "CREATED_AT, false"
    })
    void highlightsOfAllStreams(HighlightSort.Key key, boolean ascending) {
        HighlightSort sort = new HighlightSort(key, ascending);
        HighlightFilter all = new HighlightFilter(List.of(), null, 0, List.of(), List.of(), null, null, null, null);
        HighlightSearch search = new HighlightSearch(stores.owner);

        assertReadsFew(() -> assertThat(
                        answer(search.list(organization, all, sort, null, PAGE)).items())
                .hasSize(PAGE));
    }

    private List<BatchRow> list(BatchQuery.@Nullable Status status, boolean oldestFirst, @Nullable Cursor after) {
        BatchQuery query = new BatchQuery(status, null, null, new ByTime(oldestFirst, after, PAGE));
        List<BatchRow> rows = answer(batchStore().list(organization, query)).items();
        assertThat(rows).hasSize(PAGE);
        return rows;
    }

    /** On connections that are closed after use: PostgreSQL counts what they have read when they go. */
    private BatchStore batchStore() {
        return new BatchStore(stores.owner, stores.streams, stores.events);
    }

    private void assertReadsFew(Runnable look) {
        long before = settled();

        look.run();

        await().until(() -> read() > before);
        assertThat(settled() - before).isLessThan(FEW);
    }

    private long settled() {
        AtomicLong last = new AtomicLong(-1);
        await().pollInterval(Duration.ofMillis(150)).until(() -> {
            long now = read();
            return last.getAndSet(now) == now;
        });
        return last.get();
    }

    /** Rows that were looked at since the server began. */
    private long read() {
        return answer(stores.owner.one(stores.owner.sql("""
                        SELECT sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::bigint AS read
                        FROM pg_stat_user_tables WHERE relname IN ('batches', 'batch_entries', 'highlights')
                        """), row -> Columns.required(row, "read", Long.class)));
    }

    private void run(String statement) {
        stores.owner
                .update(
                        statement.contains(":organization")
                                ? stores.owner.sql(organization, statement)
                                : stores.owner.sql(statement))
                .block();
    }
}
