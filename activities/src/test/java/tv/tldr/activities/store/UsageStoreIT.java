package tv.tldr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import tv.tldr.activities.gemini.ModelCall.State;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.account.Plan;
import tv.tldr.workflows.activity.CatalogActivities.FinishStream;
import tv.tldr.workflows.activity.CatalogActivities.SaveRecording;
import tv.tldr.workflows.activity.CatalogActivities.StartStream;
import tv.tldr.workflows.activity.Recording;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.event.EventId;
import tv.tldr.workflows.scoring.DimensionSetChain;
import tv.tldr.workflows.scoring.DimensionSetVersion;
import tv.tldr.workflows.scoring.Preset;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.stream.StreamStatus;

class UsageStoreIT extends StoreIT {
    private static final int HOUR = 3600;
    private static final long BYTES = 1000;

    @Test
    void aStreamThatEndsIsCountedByWhatWasMeasuredAndStored() {
        OrganizationId organization = stores.organization();
        StreamRef stream = measured(organization, 2 * HOUR);
        assertThat(now(organization).streamSeconds()).isZero();

        end(stream, 1);
        end(stream, 1);

        UsageNow now = now(organization);
        assertThat(now.streamHours()).isEqualTo(2);
        assertThat(now.storageBytes()).isEqualTo(BYTES);
        assertThat(now.plan()).isEqualTo(Plan.STARTER);
        assertThat(now.periodStart()).isBeforeOrEqualTo(Instant.now());
        assertThat(now.periodEnd()).isAfter(Instant.now());
        assertThat(now(stores.organization()).streamSeconds()).isZero();
    }

    @Test
    void anotherAnalysisOfWhatIsMeasuredCostsNoHours() {
        OrganizationId organization = stores.organization();
        StreamRef stream = measured(organization, HOUR);
        end(stream, 1);
        reopen(stream);
        start(stream);
        measure(stream, 1, HOUR / 2);

        end(stream, 2);

        assertThat(now(organization).streamHours()).isEqualTo(1.5);
    }

    @Test
    void aRequestToTheModelThatFoundNoConnectionIsNone() {
        OrganizationId organization = stores.organization();
        StreamRef stream = stores.submitted(organization);
        CostLedger ledger = new CostLedger(stores.database);
        ledger.record(CostLedgerIT.call(stream, Instant.now(), "0.5", State.CHARGED))
                .block();
        ledger.record(CostLedgerIT.call(stream, Instant.now(), "0", State.UNSENT))
                .block();

        assertThat(now(organization).aiRequests()).isEqualTo(1);
        Instant soon = Instant.now().plusSeconds(60);
        assertThat(all(stores.usage.report(organization, soon.minusSeconds(120), soon, Granularity.DAY)))
                .extracting(UsageBucket::aiRequests)
                .containsOnlyOnce(1L)
                .allMatch(requests -> requests <= 1);
    }

    @Test
    void isToldOnceAtEachLevelOfEachLimit() {
        OrganizationId organization = stores.organization();
        end(measured(organization, 79 * HOUR), 1);
        assertThat(notices(organization)).isEmpty();

        end(measured(organization, HOUR), 1);
        assertThat(notices(organization)).containsExactly("organization.usage.warning 80");
        end(measured(organization, 19 * HOUR), 1);
        assertThat(notices(organization)).hasSize(1);
        StreamRef last = measured(organization, HOUR);
        StreamRef beyond = measured(organization, HOUR);
        end(last, 1);
        end(beyond, 1);

        assertThat(notices(organization))
                .containsExactly("organization.usage.warning 80", "organization.usage.limit_reached 100");
        StoredEvent reached = all(stores.events.after(organization, 0, 1000)).stream()
                .filter(event -> event.type().equals("organization.usage.limit_reached"))
                .findFirst()
                .orElseThrow();
        assertThat(reached.data())
                .containsEntry("metric", "stream_hours")
                .containsEntry("used", 100.0)
                .containsEntry("limit", 100.0);
    }

    @Test
    void ofManyThatEndAtOnceOneTellsTheLevel() {
        OrganizationId organization = stores.organization();
        List<StreamRef> streams = Stream.generate(() -> measured(organization, 10 * HOUR))
                .limit(10)
                .toList();

        streams.parallelStream().forEach(stream -> end(stream, 1));

        assertThat(notices(organization))
                .containsExactlyInAnyOrder("organization.usage.warning 80", "organization.usage.limit_reached 100");
    }

    @Test
    void whatIsWaitingWhenTheHoursAreUsedUpDoesNotBegin() {
        OrganizationId organization = stores.organization();
        StreamRef waiting = stores.submitted(organization);
        end(measured(organization, 100 * HOUR + 900), 1);

        assertThatThrownBy(() -> start(waiting)).isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
            assertThat(failure.getType()).isEqualTo("QUOTA_EXCEEDED");
            assertThat(failure.isNonRetryable()).isTrue();
            assertThat(failure.getOriginalMessage())
                    .contains("100.25 of the 100 stream hours", "begin again at ", waiting.streamId() + "/retry");
        });

        assertThat(stores.row(waiting).status()).isEqualTo(StreamStatus.PENDING);
        assertThat(all(stores.events.after(organization, 0, 1000)).stream()
                        .filter(event -> waiting.streamId().equals(event.streamId())))
                .isEmpty();
    }

    @Test
    void theLastSecondIsEnoughToBeginAndWhatHasBegunGoesOn() {
        OrganizationId organization = stores.organization();
        end(measured(organization, 100 * HOUR - 1), 1);
        StreamRef begun = stores.submitted(organization);
        start(begun);
        end(measured(organization, 1), 1);

        start(begun);

        assertThat(stores.row(begun).status()).isEqualTo(StreamStatus.PROCESSING);
        assertThat(notices(organization)).endsWith("organization.usage.limit_reached 100");
    }

    @Test
    void anotherAnalysisOfWhatIsRecordedBeginsWithoutHours() {
        OrganizationId organization = stores.organization();
        StreamRef stream = measured(organization, HOUR);
        end(stream, 1);
        end(measured(organization, 99 * HOUR), 1);
        reopen(stream);

        start(stream);

        assertThat(stores.row(stream).status()).isEqualTo(StreamStatus.PROCESSING);
    }

    @Test
    void aRetryIsNotHeldUpByWhatTheStreamItselfWasCountedFor() {
        OrganizationId organization = stores.organization();
        StreamRef stream = measured(organization, 60 * HOUR);
        fail(stream);
        StreamRef other = measured(organization, 40 * HOUR);
        StreamRef late = stores.submitted(organization);
        end(other, 1);
        assertThat(stores.row(stream).recording()).isNull();
        reopen(stream);

        start(stream);
        end(stream, 2);

        assertThat(now(organization).streamHours()).as("counted once").isEqualTo(100);
        assertThatThrownBy(() -> start(late)).hasMessageContaining("100 of the 100 stream hours");
    }

    @Test
    void withoutALimitEverythingBegins() {
        OrganizationId organization = stores.organization();
        StreamRef waiting = stores.submitted(organization);
        end(measured(organization, 100 * HOUR), 1);
        stores.database
                .update(stores.database.sql(
                        organization, "UPDATE organizations SET plan = 'enterprise' WHERE id = :organization"))
                .block();

        start(waiting);

        assertThat(stores.row(waiting).status()).isEqualTo(StreamStatus.PROCESSING);
    }

    @Test
    void requestsAreAddedUpByTheHourWhoeverCounts() {
        OrganizationId one = stores.organization();
        OrganizationId other = stores.organization();
        OrganizationId gone = new OrganizationId(FreshUuid.next());

        all(Flux.range(0, 10).flatMap(i -> stores.usage.addCalls(Map.of(one, 7L, other, 1L, gone, 3L)), 4));

        assertThat(now(one).apiCalls()).isEqualTo(70);
        assertThat(now(other).apiCalls()).isEqualTo(10);
    }

    @Test
    void reportsStepByStepTheEmptyOnesToo() {
        OrganizationId organization = stores.organization();
        used(organization, "2026-03-01T23:30:00Z", 3600);
        used(organization, "2026-03-02T00:00:00Z", 1800);
        used(organization, "2026-03-04T11:59:59Z", 900);
        used(organization, "2026-03-04T12:00:00Z", 7);
        Instant from = Instant.parse("2026-03-01T00:00:00Z");
        Instant to = Instant.parse("2026-03-04T12:00:00Z");

        List<UsageBucket> days = all(stores.usage.report(organization, from, to, Granularity.DAY));
        List<UsageBucket> weeks = all(stores.usage.report(organization, from, to, Granularity.WEEK));
        List<UsageBucket> months = all(stores.usage.report(organization, from, to, Granularity.MONTH));

        assertThat(days).extracting(UsageBucket::streamSeconds).containsExactly(3600.0, 1800.0, 0.0, 900.0);
        assertThat(days).extracting(UsageBucket::streams).containsExactly(1L, 1L, 0L, 1L);
        assertThat(days.getFirst().start()).isEqualTo(from);
        assertThat(weeks).extracting(UsageBucket::streamSeconds).containsExactly(3600.0, 2700.0);
        assertThat(weeks.get(1).start()).isEqualTo(Instant.parse("2026-03-02T00:00:00Z"));
        assertThat(months).singleElement().satisfies(month -> {
            assertThat(month.streamSeconds()).isEqualTo(6300);
            assertThat(month.start()).isEqualTo(from);
        });
        assertThat(all(stores.usage.report(stores.organization(), from, to, Granularity.MONTH)))
                .extracting(UsageBucket::streamSeconds)
                .containsExactly(0.0);
    }

    private void used(OrganizationId organization, String at, double seconds) {
        stores.database
                .update(stores.database
                        .sql(organization, """
                                INSERT INTO usage_records (organization_id, id, metric, quantity, stream_id, created_at)
                                VALUES (:organization, :id, 'stream_seconds', :seconds, :stream, :at)
                                """)
                        .bind("id", FreshUuid.next())
                        .bind("stream", FreshUuid.next())
                        .bind("seconds", seconds)
                        .bind("at", Instant.parse(at).atOffset(java.time.ZoneOffset.UTC)))
                .block();
    }

    private StreamRef measured(OrganizationId organization, int seconds) {
        StreamRef stream = stores.submitted(organization);
        start(stream);
        stores.catalog.saveRecording(new SaveRecording(stream, recording(stream), 1));
        measure(stream, 0, seconds);
        return stream;
    }

    private void start(StreamRef stream) {
        stores.catalog.startStream(new StartStream(stream, eventId()));
    }

    private void reopen(StreamRef stream) {
        DimensionSetChain chain = DimensionSetChain.of(DimensionSetVersion.of(Preset.GAMING_DEFAULT));
        stores.streams.reopen(stream, StreamOptions.DEFAULTS, chain, 2).block();
    }

    private static Recording recording(StreamRef stream) {
        Recording sample = Samples.recording(stream);
        return new Recording(sample.objectKey(), BYTES, sample.sha256(), sample.facts());
    }

    private void measure(StreamRef stream, int segment, int seconds) {
        stores.signals
                .save(stream, segment, "as ever", new Signals(0, seconds, Map.of(), List.of(), List.of()))
                .block();
    }

    private void end(StreamRef stream, int analysis) {
        stores.catalog.finishStream(new FinishStream(
                stream, StreamStatus.COMPLETED, List.of(), null, List.of(), eventId(), analysis, true, 0));
    }

    private void fail(StreamRef stream) {
        stores.catalog.finishStream(
                new FinishStream(stream, StreamStatus.FAILED, List.of(), null, List.of(), eventId(), 1, false, 0));
    }

    private UsageNow now(OrganizationId organization) {
        return answer(stores.usage.now(organization));
    }

    private List<String> notices(OrganizationId organization) {
        return all(stores.events.after(organization, 0, 1000)).stream()
                .filter(event -> event.type().startsWith("organization."))
                .map(event -> event.type() + " " + event.data().get("percentage"))
                .toList();
    }

    private static EventId eventId() {
        return new EventId(FreshUuid.next());
    }
}
