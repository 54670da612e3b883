package tv.tldr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import tv.tldr.activities.store.Submission.Accepted;
import tv.tldr.activities.store.Submission.AlreadyInProcess;
import tv.tldr.workflows.WorkflowIds;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.activity.CatalogActivities.FinishStream;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.event.EventId;
import tv.tldr.workflows.stream.Platform;
import tv.tldr.workflows.stream.StreamId;
import tv.tldr.workflows.stream.StreamStage;
import tv.tldr.workflows.stream.StreamStatus;

class StreamStoreIT extends StoreIT {
    private static final ByTime TEN = new ByTime(false, null, 10);

    @Test
    void readsBackWhatWasSubmitted() {
        NewStream stream = StoreContext.newStream(stores.organization(), "https://example.com/a.mp4?token=1");

        Submission submission = stores.streams.submit(stream).block();

        StreamRow row = stores.row(stream.ref());
        assertThat(submission).isEqualTo(new Accepted(row));
        assertThat(row.source()).isEqualTo(stream.source());
        assertThat(row.options()).isEqualTo(stream.options());
        assertThat(row.metadata()).isEqualTo(Map.of("title", "Finals"));
        assertThat(row.status()).isEqualTo(StreamStatus.PENDING);
        assertThat(row.progress().stage()).isEqualTo(StreamStage.QUEUED);
        assertThat(row.workflowId()).isEqualTo(WorkflowIds.stream(stream.ref().streamId()));
        assertThat(row.workflowStartedAt()).isNull();
        assertThat(row.recording()).isNull();
        assertThat(row.version()).isEqualTo(1);
    }

    @Test
    void theSameIdAgainIsTheSameStream() {
        NewStream stream = StoreContext.newStream(stores.organization(), "https://example.com/a.mp4");

        Submission first = stores.streams.submit(stream).block();
        Submission again = stores.streams.submit(stream).block();

        assertThat(again).isEqualTo(first).isInstanceOf(Accepted.class);
    }

    @Test
    void ofManyAtOnceWithTheSameSourceExactlyOneIsAccepted() {
        OrganizationId organization = stores.organization();

        List<Submission> answers = all(Flux.range(0, 50)
                .flatMap(
                        i -> stores.streams.submit(StoreContext.newStream(
                                organization,
                                i % 2 == 0 ? "https://example.com/b.mp4" : "HTTPS://EXAMPLE.com:443/b.mp4")),
                        50));

        assertThat(answers).hasSize(50).filteredOn(Accepted.class::isInstance).hasSize(1);
        StreamRow winner = list(organization, null, 10).items().getFirst();
        assertThat(answers).filteredOn(AlreadyInProcess.class::isInstance).containsOnly(new AlreadyInProcess(winner));
    }

    @Test
    void theSameSourceIsWelcomeWhereItIsAllowedOrEndedOrAnotherTenants() {
        OrganizationId organization = stores.organization();
        NewStream first = StoreContext.newStream(organization, "https://example.com/c.mp4");
        stores.streams.submit(first).block();

        assertThat(stores.streams.submit(allowed(first)).block()).isInstanceOf(Accepted.class);
        assertThat(stores.streams
                        .submit(StoreContext.newStream(
                                stores.organization(), first.source().url()))
                        .block())
                .isInstanceOf(Accepted.class);
        assertThat(stores.streams
                        .submit(StoreContext.newStream(
                                organization, first.source().url()))
                        .block())
                .isInstanceOf(AlreadyInProcess.class);

        list(organization, null, 10).items().forEach(row -> end(row.ref()));
        assertThat(stores.streams
                        .submit(StoreContext.newStream(
                                organization, first.source().url()))
                        .block())
                .isInstanceOf(Accepted.class);
    }

    @Test
    void pagesStayInPlaceWhileRowsComeAndGo() {
        OrganizationId organization = stores.organization();
        List<StreamRef> submitted = new ArrayList<>(IntStream.range(0, 7)
                .mapToObj(i -> stores.submitted(organization))
                .toList());
        List<StreamRef> expected = submitted.reversed();

        Page<StreamRow> first = list(organization, null, 3);
        stores.submitted(organization);
        Page<StreamRow> second = list(organization, first.next(), 3);
        Page<StreamRow> third = list(organization, Cursor.parse(String.valueOf(second.next())), 3);

        assertThat(all(Flux.just(first, second, third)
                        .flatMapIterable(Page::items)
                        .map(StreamRow::ref)))
                .isEqualTo(expected);
        assertThat(first.hasMore()).isTrue();
        assertThat(third.hasMore()).isFalse();
    }

    @Test
    void streamsOfTheSameInstantArePartedByTheirIds() {
        OrganizationId organization = stores.organization();
        IntStream.range(0, 5).forEach(i -> stores.submitted(organization));
        stores.owner
                .update(stores.owner
                        .sql(
                                "UPDATE streams SET created_at = '2026-01-01T00:00:00.123456Z' WHERE organization_id = :id")
                        .bind("id", organization.uuid()))
                .block();

        List<StreamId> seen = new ArrayList<>();
        @Nullable Cursor after = null;
        do {
            Page<StreamRow> page = list(organization, after, 2);
            page.items().forEach(row -> seen.add(row.ref().streamId()));
            after = page.next();
        } while (after != null);

        assertThat(seen).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void filtersByStatusPlatformAndAge() {
        OrganizationId organization = stores.organization();
        StreamRef older = stores.submitted(organization);
        StreamRef newer = stores.submitted(organization);
        end(older);

        assertThat(refs(organization, new StreamQuery(StreamStatus.FAILED, null, null, null, null, null, TEN)))
                .containsExactly(older);
        assertThat(refs(organization, new StreamQuery(null, Platform.HLS, null, null, null, null, TEN)))
                .isEmpty();
        assertThat(refs(
                        organization,
                        new StreamQuery(
                                null,
                                Platform.FILE,
                                false,
                                null,
                                stores.row(older).createdAt(),
                                null,
                                TEN)))
                .containsExactly(newer);
    }

    @Test
    void aForeignOrganizationSeesNothing() {
        StreamRef stream = stores.submitted(stores.organization());
        OrganizationId stranger = stores.organization();
        StreamRef asStranger = new StreamRef(stranger, stream.streamId());

        assertThat(stores.streams.find(asStranger).blockOptional()).isEmpty();
        assertThat(list(stranger, null, 10).items()).isEmpty();
        stores.streams.markWorkflowStarted(asStranger, 1).block();
        assertThat(stores.row(stream).workflowStartedAt()).isNull();
    }

    @Test
    void theSweepFindsWhatNobodyStartedAndNothingElse() {
        OrganizationId organization = stores.organization();
        StreamRef unstarted = stores.submitted(organization);
        StreamRef started = stores.submitted(organization);
        stores.streams.markWorkflowStarted(started, 1).block();

        assertThat(unstarted(Duration.ZERO)).as("they wait for their places").doesNotContain(unstarted, started);
        stores.places.grant(organization).block();
        assertThat(unstarted(Duration.ZERO)).contains(unstarted).doesNotContain(started);
        assertThat(unstarted(Duration.ofHours(1))).doesNotContain(unstarted);
    }

    @Test
    void aSilentStreamIsHandedOutOnceInAWhile() {
        OrganizationId organization = stores.organization();
        StreamRef unstarted = stores.submitted(organization);
        StreamRef started = stores.submitted(organization);
        StreamRef ended = stores.submitted(organization);
        stores.streams.markWorkflowStarted(started, 1).block();
        stores.streams.markWorkflowStarted(ended, 1).block();
        end(ended);

        assertThat(silent(Duration.ofHours(1))).doesNotContain(started);
        assertThat(silent(Duration.ZERO)).contains(started).doesNotContain(unstarted, ended);
        assertThat(silent(Duration.ofSeconds(30))).doesNotContain(started);
        assertThat(stores.row(started).version()).isEqualTo(1);
    }

    @Test
    void aStopIsNotedOnceAndOnlyOfAnOpenStream() {
        OrganizationId organization = stores.organization();
        StreamRef open = stores.submitted(organization);
        StreamRef ended = stores.submitted(organization);
        end(ended);

        stores.streams.markStopRequested(open).block();
        stores.streams.markStopRequested(ended).block();
        Instant first = stores.row(open).stopRequestedAt();
        stores.streams.markStopRequested(open).block();

        assertThat(first).isNotNull();
        assertThat(stores.row(open).stopRequestedAt()).isEqualTo(first);
        assertThat(stores.row(open).version()).isEqualTo(1);
        assertThat(stores.row(ended).stopRequestedAt()).isNull();
    }

    @Test
    void refusesACursorOfAnotherList() {
        Cursor foreign = new Cursor("0.75", FreshUuid.next());

        assertThatThrownBy(() -> list(stores.organization(), foreign, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("begin again");
    }

    private static NewStream allowed(NewStream like) {
        return new NewStream(
                new StreamRef(like.ref().organizationId(), new StreamId(FreshUuid.next())),
                like.source(),
                like.live(),
                like.options(),
                like.dimensionSet(),
                like.metadata(),
                true);
    }

    private void end(StreamRef ref) {
        stores.catalog.finishStream(new FinishStream(
                ref, StreamStatus.FAILED, List.of(), null, List.of(), new EventId(FreshUuid.next()), 1, false, 0));
    }

    private Page<StreamRow> list(OrganizationId organization, @Nullable Cursor after, int limit) {
        return answer(stores.streams.list(
                organization, new StreamQuery(null, null, null, null, null, null, new ByTime(false, after, limit))));
    }

    private List<StreamRef> refs(OrganizationId organization, StreamQuery query) {
        return answer(stores.streams.list(organization, query)).items().stream()
                .map(StreamRow::ref)
                .toList();
    }

    private List<StreamRef> silent(Duration silence) {
        return all(stores.streams.claimSilent(silence, 1000).map(StreamRow::ref));
    }

    private List<StreamRef> unstarted(Duration age) {
        return all(stores.streams.findUnstarted(age, 1000).map(StreamRow::ref));
    }
}
