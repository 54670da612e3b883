package tv.tldr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import tv.tldr.activities.store.PlaceStore.Places;
import tv.tldr.activities.store.Submission.Accepted;
import tv.tldr.activities.store.Submission.Busy;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.activity.CatalogActivities.FinishStream;
import tv.tldr.workflows.activity.CatalogActivities.StartStream;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.event.EventId;
import tv.tldr.workflows.scoring.DimensionSetChain;
import tv.tldr.workflows.scoring.DimensionSetVersion;
import tv.tldr.workflows.scoring.Preset;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.stream.StreamStatus;

class PlaceStoreIT extends StoreIT {
    /** Of the plan STARTER, as the organizations here are. */
    private static final int MOST = 2;

    @Test
    void asManyAsThePlanAllowsGetAPlaceAndTheOneAfterThemWaits() {
        OrganizationId organization = stores.organization();
        List<StreamRef> streams = submitted(organization, MOST + 1);

        assertThat(grant(organization)).containsExactlyElementsOf(streams.subList(0, MOST));
        assertThat(grant(organization)).isEmpty();

        assertThat(stores.row(streams.getFirst()).place()).isEqualTo(StreamPlace.GRANTED);
        assertThat(stores.row(streams.get(MOST)).place()).isEqualTo(StreamPlace.WAITING);
        assertThat(answer(stores.places.usage(organization))).isEqualTo(new Places(MOST, MOST));
    }

    @Test
    void aPlaceIsFreeAgainWhenItsStreamHasEndedAndGoesToTheOneThatWaitsLongest() {
        OrganizationId organization = stores.organization();
        List<StreamRef> streams = submitted(organization, MOST + 2);
        grant(organization);

        end(streams.get(1));

        assertThat(all(stores.places.withFreePlaces())).contains(organization);
        assertThat(grant(organization)).containsExactly(streams.get(MOST));
        assertThat(all(stores.places.withFreePlaces())).doesNotContain(organization);
    }

    @Test
    void ofManyWhoGivePlacesAwayAtOnceNoneGivesOneTooMany() {
        OrganizationId organization = stores.organization();
        submitted(organization, 20);

        List<StreamRef> granted = all(Flux.range(0, 20)
                .flatMap(i -> stores.places.grant(organization), 8)
                .flatMapIterable(rows -> rows)
                .map(StreamRow::ref));

        assertThat(granted).hasSize(MOST).doesNotHaveDuplicates();
    }

    @Test
    void aFloodOfOneOrganizationTakesNoPlaceOfAnother() {
        OrganizationId flooding = stores.organization();
        OrganizationId other = stores.organization();
        submitted(flooding, 10);
        StreamRef single = stores.submitted(other);
        grant(flooding);

        assertThat(grant(other)).containsExactly(single);
    }

    @Test
    void withoutALimitNobodyWaits() {
        OrganizationId organization = stores.organization();
        plan(organization, "enterprise");
        submitted(organization, 30);

        assertThat(grant(organization)).hasSize(30);
        assertThat(answer(stores.places.usage(organization))).isEqualTo(new Places(30, Integer.MAX_VALUE));
    }

    @Test
    void aStreamThatMayNotWaitIsNotWrittenDownWhenItWouldHaveTo() {
        OrganizationId organization = stores.organization();
        submitted(organization, MOST - 1);
        grant(organization);
        NewStream last = fresh(organization);
        NewStream oneTooMany = fresh(organization);

        assertThat(answer(stores.places.submitNow(last))).isInstanceOf(Accepted.class);
        assertThat(stores.row(last.ref()).place()).isEqualTo(StreamPlace.GRANTED);
        assertThat(answer(stores.places.submitNow(oneTooMany))).isEqualTo(new Busy(MOST, MOST));
        assertThat(stores.streams.find(oneTooMany.ref()).blockOptional()).isEmpty();
    }

    @Test
    void whatAnEarlierVersionLetInWithoutNotingItHasAPlace() {
        OrganizationId organization = stores.organization();
        List<StreamRef> streams = submitted(organization, MOST + 1);
        stores.catalog.startStream(new StartStream(streams.get(MOST), new EventId(FreshUuid.next())));

        assertThat(grant(organization)).hasSize(MOST - 1);
    }

    @Test
    void anotherAnalysisQueuesBehindThoseWhoWait() {
        OrganizationId organization = stores.organization();
        StreamRef old = stores.submitted(organization);
        grant(organization);
        end(old);
        List<StreamRef> streams = submitted(organization, MOST + 1);
        grant(organization);
        DimensionSetChain chain = DimensionSetChain.of(DimensionSetVersion.of(Preset.GAMING_DEFAULT));
        stores.streams.reopen(old, StreamOptions.DEFAULTS, chain, 2).block();
        assertThat(stores.row(old).place()).isEqualTo(StreamPlace.WAITING);

        end(streams.get(0));
        assertThat(grant(organization)).containsExactly(streams.get(MOST));
        end(streams.get(1));
        assertThat(grant(organization)).containsExactly(old);
    }

    private List<StreamRef> grant(OrganizationId organization) {
        return answer(stores.places.grant(organization)).stream()
                .map(StreamRow::ref)
                .toList();
    }

    private List<StreamRef> submitted(OrganizationId organization, int count) {
        return Stream.generate(() -> stores.submitted(organization))
                .limit(count)
                .toList();
    }

    private static NewStream fresh(OrganizationId organization) {
        return StoreContext.newStream(organization, "https://example.com/" + FreshUuid.next() + ".mp4");
    }

    private void plan(OrganizationId organization, String plan) {
        stores.database
                .update(stores.database
                        .sql(organization, "UPDATE organizations SET plan = :plan WHERE id = :organization")
                        .bind("plan", plan))
                .block();
    }

    private void end(StreamRef ref) {
        stores.catalog.finishStream(new FinishStream(
                ref, StreamStatus.STOPPED, List.of(), null, List.of(), new EventId(FreshUuid.next()), 1, false, 0));
    }
}
