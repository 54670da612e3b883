package tv.tldr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import tv.tldr.activities.store.BatchSubmission.Accepted;
import tv.tldr.activities.store.BatchSubmission.AlreadyInProcess;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.activity.CatalogActivities.FinishStream;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.batch.BatchCounts;
import tv.tldr.workflows.batch.BatchId;
import tv.tldr.workflows.batch.BatchRef;
import tv.tldr.workflows.event.EventId;
import tv.tldr.workflows.stream.StreamId;
import tv.tldr.workflows.stream.StreamStatus;

class BatchStoreIT extends StoreIT {
    @Test
    void writesDownAllStreamsInTheirOrderAndHoldsThemBack() {
        NewBatch batch = fresh(5);

        assertThat(answer(stores.batches.submit(batch))).isInstanceOf(Accepted.class);

        assertThat(all(stores.batches.entries(batch.ref())))
                .extracting(BatchEntry::streamId)
                .containsExactlyElementsOf(batch.streams().stream()
                        .map(stream -> stream.ref().streamId())
                        .toList());
        assertThat(counts(batch)).isEqualTo(new BatchCounts(5, 0, 0, 0, 0, 0, false));
        assertThat(answer(stores.places.grant(batch.ref().organizationId()))).isEmpty();
        assertThat(all(stores.streams.findUnstarted(Duration.ofDays(-1), 1000)))
                .extracting(StreamRow::ref)
                .doesNotContainAnyElementsOf(
                        batch.streams().stream().map(NewStream::ref).toList());
    }

    @Test
    void aSourceThatIsInProcessOrThereTwiceRefusesTheWholeBatchByName() {
        OrganizationId organization = stores.organization();
        NewStream running = stream(organization);
        stores.streams.submit(running).block();
        NewStream first = stream(organization);
        NewStream second = StoreContext.newStream(organization, first.source().url());
        NewStream again = StoreContext.newStream(organization, running.source().url());
        NewBatch batch = new NewBatch(ref(organization), 1, List.of(first, again, second, stream(organization)));

        BatchSubmission answer = answer(stores.batches.submit(batch));

        StreamId taken = running.ref().streamId();
        StreamId twin = first.ref().streamId();
        assertThat(answer)
                .isIn(
                        new AlreadyInProcess(Map.of(1, taken, 2, twin)),
                        new AlreadyInProcess(Map.of(0, second.ref().streamId(), 1, taken)));
        assertThat(stores.batches.find(batch.ref()).blockOptional()).isEmpty();
        assertThat(stores.streams.find(first.ref()).blockOptional()).isEmpty();
    }

    @Test
    void letsAsManyGoAsMayBeUnderWayHoweverOftenItIsTold() {
        NewBatch batch = submitted(6);

        List<Long> released = all(Flux.range(0, 8).flatMap(i -> stores.batches.letGo(batch.ref(), 2), 4));
        assertThat(released.stream().mapToLong(Long::longValue).sum()).isEqualTo(2);

        end(batch, 0, StreamStatus.FAILED);
        assertThat(answer(stores.batches.letGo(batch.ref(), 2))).isEqualTo(1);
        assertThat(counts(batch)).isEqualTo(new BatchCounts(3, 2, 0, 1, 0, 0, false));
        assertThat(stores.row(batch.streams().get(2).ref()).place()).isEqualTo(StreamPlace.WAITING);
        assertThat(stores.row(batch.streams().get(3).ref()).place()).isEqualTo(StreamPlace.HELD);
    }

    @Test
    void aCancelledBatchLetsNoneGoAndNamesWhatIsToBeStopped() {
        NewBatch batch = submitted(3);
        stores.batches.letGo(batch.ref(), 1).block();

        BatchRow row = answer(stores.batches.requestCancel(batch.ref(), true));

        assertThat(row.counts().stopping()).isTrue();
        assertThat(row.force()).isTrue();
        assertThat(answer(stores.batches.letGo(batch.ref(), 3))).isZero();
        assertThat(all(stores.batches.toStop(batch.ref(), 10)))
                .extracting(StreamRow::ref)
                .containsExactly(
                        batch.streams().get(1).ref(),
                        batch.streams().get(2).ref(),
                        batch.streams().get(0).ref());
    }

    @Test
    void tellsItsEndOnceWithTheCounts() {
        NewBatch batch = submitted(2);
        stores.batches.letGo(batch.ref(), 2).block();
        end(batch, 0, StreamStatus.FAILED);
        assertThat(stores.batches.waitingFor(batch.streams().get(1).ref()).block())
                .isEqualTo(batch.ref());
        end(batch, 1, StreamStatus.STOPPED);

        stores.batches.finish(batch.ref(), new EventId(FreshUuid.next())).block();
        stores.batches.finish(batch.ref(), new EventId(FreshUuid.next())).block();

        BatchRow row = answer(stores.batches.find(batch.ref()));
        assertThat(row.status()).isEqualTo("completed");
        assertThat(row.isOver()).isTrue();
        List<StoredEvent> events = all(stores.events.after(batch.ref().organizationId(), 0, 100)).stream()
                .filter(event -> event.type().equals("batch.completed"))
                .toList();
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.streamId()).isNull();
            assertThat(event.data())
                    .containsEntry("batch_id", batch.ref().batchId().toString())
                    .containsEntry("total", 2)
                    .containsEntry("counts", Map.of("completed", 0, "failed", 1, "stopped", 1, "deleted", 0));
        });
        assertThat(stores.batches.waitingFor(batch.streams().get(1).ref()).blockOptional())
                .isEmpty();
        assertThat(stores.batches.requestCancel(batch.ref(), false).blockOptional())
                .isEmpty();
    }

    @Test
    void aDeletedStreamCountsAndKeepsItsPlaceInTheList() {
        NewBatch batch = submitted(2);
        stores.database
                .update(stores.database.sql(
                        batch.streams().getFirst().ref(),
                        "DELETE FROM streams WHERE organization_id = :organization AND id = :stream"))
                .block();

        assertThat(counts(batch)).isEqualTo(new BatchCounts(1, 0, 0, 0, 0, 1, false));
        assertThat(all(stores.batches.entries(batch.ref())).getFirst().status()).isNull();
    }

    @Test
    void anotherOrganizationSeesNothingOfIt() {
        NewBatch batch = submitted(1);
        BatchRef foreign = new BatchRef(stores.organization(), batch.ref().batchId());

        assertThat(stores.batches.find(foreign).blockOptional()).isEmpty();
        assertThat(all(stores.batches.entries(foreign))).isEmpty();
        assertThat(stores.batches.requestCancel(foreign, true).blockOptional()).isEmpty();
        assertThat(answer(stores.batches.letGo(foreign, 1))).isZero();
    }

    @Test
    void listsTheNewestFirstPageByPage() {
        OrganizationId organization = stores.organization();
        List<BatchId> ids = IntStream.range(0, 5)
                .mapToObj(i -> {
                    NewBatch batch = new NewBatch(ref(organization), 1, List.of(stream(organization)));
                    stores.batches.submit(batch).block();
                    return batch.ref().batchId();
                })
                .toList();

        Page<BatchRow> first = answer(stores.batches.list(organization, batches(null)));
        Page<BatchRow> second = answer(stores.batches.list(organization, batches(first.next())));

        assertThat(Stream.concat(first.items().stream(), second.items().stream())
                        .map(row -> row.ref().batchId()))
                .containsExactlyElementsOf(ids.reversed());
        assertThat(second.hasMore()).isFalse();
    }

    private static BatchQuery batches(@Nullable Cursor after) {
        return new BatchQuery(null, null, null, new ByTime(false, after, 3));
    }

    @Test
    void whatNobodyLooksAfterIsHandedOutOnce() {
        NewBatch batch = submitted(1);

        List<BatchRef> claimed = all(Flux.range(0, 4)
                .flatMap(i -> stores.batches.claimSilent(Duration.ZERO, Duration.ofMinutes(1), 1000), 4));

        assertThat(claimed).containsOnlyOnce(batch.ref());
        stores.batches.forgetLook(batch.ref()).block();
        assertThat(all(stores.batches.claimSilent(Duration.ZERO, Duration.ofMinutes(1), 1000)))
                .contains(batch.ref());
    }

    private NewBatch submitted(int streams) {
        NewBatch batch = fresh(streams);
        stores.batches.submit(batch).block();
        return batch;
    }

    private NewBatch fresh(int streams) {
        OrganizationId organization = stores.organization();
        return new NewBatch(
                ref(organization),
                2,
                Stream.generate(() -> stream(organization)).limit(streams).toList());
    }

    private static BatchRef ref(OrganizationId organization) {
        return new BatchRef(organization, new BatchId(FreshUuid.next()));
    }

    private static NewStream stream(OrganizationId organization) {
        return StoreContext.newStream(organization, "https://example.com/" + FreshUuid.next() + ".mp4");
    }

    private BatchCounts counts(NewBatch batch) {
        return answer(stores.batches.find(batch.ref())).counts();
    }

    private void end(NewBatch batch, int place, StreamStatus status) {
        StreamRef ref = batch.streams().get(place).ref();
        stores.catalog.finishStream(
                new FinishStream(ref, status, List.of(), null, List.of(), new EventId(FreshUuid.next()), 1, false, 0));
    }
}
