package tv.tldr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.event.EventId;
import tv.tldr.workflows.event.EventType;
import tv.tldr.workflows.stream.StreamId;

class EventStoreIT extends StoreIT {
    @Test
    void numbersWithoutAGapWhateverRacesAndFails() {
        OrganizationId organization = stores.organization();

        List<String> outcomes = all(Flux.range(0, 60).flatMap(i -> transaction(organization, i), 20));

        assertThat(outcomes).filteredOn("failed"::equals).hasSize(20);
        List<StoredEvent> events = all(stores.events.after(organization, 0, 1000));
        assertThat(events)
                .extracting(StoredEvent::sequence)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 80).boxed().toList());
        // Within one transaction the order of writing is the order of the numbers.
        IntStream.range(0, 40).forEach(i -> assertThat(events.get(2 * i).data().get("of"))
                .isEqualTo(events.get(2 * i + 1).data().get("of")));
    }

    /** Two events each; every third transaction breaks after it has written them. */
    private Mono<String> transaction(OrganizationId organization, int number) {
        List<NewEvent> events = List.of(event(number, "first"), event(number, "second"));
        Mono<Long> work = stores.events.append(organization, events);
        Mono<Long> broken = work.then(Mono.error(new IllegalStateException("broken")));
        return stores.database
                .transaction(number % 3 == 0 ? broken : work)
                .map(written -> "written")
                .onErrorReturn("failed");
    }

    @Test
    void anEventThatIsWrittenAlreadyTakesNoNumber() {
        OrganizationId organization = stores.organization();
        NewEvent first = event(1, "first");
        NewEvent second = event(1, "second");

        assertThat(answer(stores.events.append(organization, List.of(first)))).isEqualTo(1);
        assertThat(answer(stores.events.append(organization, List.of(first, second))))
                .isEqualTo(1);

        assertThat(all(stores.events.after(organization, 0, 10)))
                .extracting(StoredEvent::id)
                .containsExactly(first.id(), second.id());
        assertThat(all(stores.events.after(organization, 1, 10)))
                .extracting(StoredEvent::id)
                .containsExactly(second.id());
    }

    @Test
    void theSameEventFromManyAtOnceIsWrittenOnce() {
        OrganizationId organization = stores.organization();
        NewEvent event = event(1, "first");

        all(Flux.range(0, 20).flatMap(i -> stores.events.append(organization, List.of(event)), 20));

        assertThat(all(stores.events.after(organization, 0, 10))).hasSize(1);
    }

    @Test
    void readsTheEventsOfOneStreamAndNobodyElses() {
        OrganizationId organization = stores.organization();
        NewEvent one = event(1, "first");
        NewEvent other = event(2, "first");
        stores.events.append(organization, List.of(one, other)).block();

        assertThat(all(stores.events.ofStream(new StreamRef(organization, stream(one)), 0, 10)))
                .extracting(StoredEvent::id)
                .containsExactly(one.id());
        assertThat(all(stores.events.ofStream(new StreamRef(stores.organization(), stream(one)), 0, 10)))
                .isEmpty();
    }

    private static StreamId stream(NewEvent event) {
        return java.util.Objects.requireNonNull(event.streamId());
    }

    private static NewEvent event(int of, String place) {
        return new NewEvent(
                new EventId(FreshUuid.next()),
                EventType.STREAM_PROGRESS,
                new StreamId(FreshUuid.next()),
                Map.of("of", of, "place", place));
    }
}
