package tv.tldr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tv.tldr.activities.store.StoreFailure.Kind;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.activity.CatalogActivities.SaveRecording;
import tv.tldr.workflows.activity.CatalogActivities.StartStream;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.event.EventId;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.StreamId;
import tv.tldr.workflows.stream.TimeRange;

class SignalStoreIT extends StoreIT {
    @Test
    void readsBackEveryCurveTheCutsAndThePauses() {
        StreamRef stream = stores.submitted(stores.organization());
        Map<SignalKind, float[]> curves = new EnumMap<>(SignalKind.class);
        for (SignalKind kind : SignalKind.values()) {
            curves.put(kind, new float[] {kind.wire().length() + 0.1f, Float.NaN, -70f});
        }
        Signals signals = new Signals(60, 3, curves, List.of(60.04, 62.5), List.of(new TimeRange(61, 61.75)));

        stores.signals.save(stream, 1, "as ever", signals).block();

        Signals read = all(stores.signals.load(stream)).getFirst();
        assertThat(read.firstSecond()).isEqualTo(60);
        assertThat(read.cuts()).isEqualTo(signals.cuts());
        assertThat(read.pauses()).isEqualTo(signals.pauses());
        for (SignalKind kind : SignalKind.values()) {
            assertThat(read.curve(kind))
                    .hasValueSatisfying(values -> assertThat(values).isEqualTo(curves.get(kind)));
        }
    }

    @Test
    void whatTheSourceCannotHaveStaysAbsent() {
        StreamRef stream = stores.submitted(stores.organization());
        stores.signals.save(stream, 0, "as ever", sample(0, -23f)).block();

        Signals read = all(stores.signals.load(stream)).getFirst();

        assertThat(read.curves().keySet()).containsExactly(SignalKind.LOUDNESS);
    }

    @Test
    void aStoredSegmentStaysAsItWasMeasuredFirst() {
        StreamRef stream = stores.submitted(stores.organization());
        assertThat(answer(stores.signals.exists(stream, 0))).isFalse();

        stores.signals.save(stream, 0, "as ever", sample(0, -23f)).block();
        stores.signals.save(stream, 0, "as ever", sample(0, -10f)).block();

        assertThat(answer(stores.signals.exists(stream, 0))).isTrue();
        assertThat(answer(stores.signals.exists(stream, 1))).isFalse();
        assertThat(loudness(all(stores.signals.load(stream)))).containsExactly(-23f);
    }

    @Test
    void takesWhatWasMeasuredOfTheSameRecordingInTheSameWay() {
        OrganizationId organization = stores.organization();
        StreamRef first = recorded(organization);
        StreamRef again = recorded(organization);
        stores.signals.save(first, 0, "as ever", sample(0, -23f)).block();

        assertThat(answer(stores.signals.adopt(again, 0, "thoroughly"))).isFalse();
        assertThat(answer(stores.signals.adopt(again, 1, "as ever"))).isFalse();
        assertThat(answer(stores.signals.adopt(first, 0, "as ever"))).isFalse();
        assertThat(answer(stores.signals.adopt(again, 0, "as ever"))).isTrue();
        assertThat(answer(stores.signals.adopt(again, 0, "as ever"))).isFalse();

        assertThat(loudness(all(stores.signals.load(again)))).containsExactly(-23f);
    }

    @Test
    void nobodyTakesWhatWasMeasuredForAnotherOrganizationOrOfAnotherRecording() {
        StreamRef first = recorded(stores.organization());
        stores.signals.save(first, 0, "as ever", sample(0, -23f)).block();

        assertThat(answer(stores.signals.adopt(recorded(stores.organization()), 0, "as ever")))
                .isFalse();
        assertThat(answer(stores.signals.adopt(stores.submitted(first.organizationId()), 0, "as ever")))
                .isFalse();
    }

    @Test
    void segmentsJoinToTheCurvesOfTheStream() {
        StreamRef stream = stores.submitted(stores.organization());
        stores.signals.save(stream, 2, "as ever", sample(2, -2f)).block();
        stores.signals.save(stream, 0, "as ever", sample(0, 0f)).block();

        List<Signals> segments = all(stores.signals.load(stream, EnumSet.of(SignalKind.LOUDNESS)));

        assertThat(loudness(List.of(Signals.join(3, segments)))).containsExactly(0f, Float.NaN, -2f);
    }

    @Test
    void aForeignOrganizationReadsAndWritesNothing() {
        StreamRef stream = stores.submitted(stores.organization());
        stores.signals.save(stream, 0, "as ever", sample(0, -23f)).block();
        StreamRef asStranger = new StreamRef(stores.organization(), stream.streamId());

        assertThat(answer(stores.signals.exists(asStranger, 0))).isFalse();
        assertThat(all(stores.signals.load(asStranger))).isEmpty();
        assertThatThrownBy(() -> stores.signals
                        .save(asStranger, 1, "as ever", sample(0, 0f))
                        .block())
                .isInstanceOfSatisfying(StoreFailure.class, failure -> assertThat(failure.kind())
                        .isEqualTo(Kind.MISSING));
    }

    @Test
    void refusesSignalsOfNoStream() {
        StreamRef nowhere = new StreamRef(stores.organization(), new StreamId(FreshUuid.next()));

        assertThatThrownBy(() -> stores.signals
                        .save(nowhere, 0, "as ever", sample(0, 0f))
                        .block())
                .isInstanceOfSatisfying(StoreFailure.class, failure -> assertThat(failure.kind())
                        .isEqualTo(Kind.MISSING));
    }

    private StreamRef recorded(OrganizationId organization) {
        StreamRef stream = stores.submitted(organization);
        stores.catalog.startStream(new StartStream(stream, new EventId(FreshUuid.next())));
        stores.catalog.saveRecording(new SaveRecording(stream, Samples.recording(stream), 3));
        return stream;
    }

    private static Signals sample(int second, float loudness) {
        return new Signals(second, 1, Map.of(SignalKind.LOUDNESS, new float[] {loudness}), List.of(), List.of());
    }

    private static List<Float> loudness(List<Signals> signals) {
        return signals.stream()
                .map(one -> one.curve(SignalKind.LOUDNESS).orElseThrow())
                .flatMap(values -> Arrays.stream(boxed(values)))
                .toList();
    }

    private static Float[] boxed(float[] values) {
        Float[] boxed = new Float[values.length];
        Arrays.setAll(boxed, i -> values[i]);
        return boxed;
    }
}
