package tv.tldr.workflows.wakeword;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.stream.TimeRange;
import tv.tldr.workflows.wakeword.WakeWordHit.Manner;

/** Which moment does a person mean who says "clip that"? */
class CalledMomentsTest {
    @Test
    void theOneBeforeTheCall() {
        WakeWordHit call = call(100, 101, "clip that", 1);

        assertThat(CalledMoments.of(List.of(call), 600))
                .containsExactly(new CalledMoment(new TimeRange(80, 106), "clip that", 1, List.of(call)));
    }

    @Test
    void noMomentReachesBeyondTheStream() {
        assertThat(CalledMoments.of(List.of(call(3, 4, "clip that", 1), call(598, 599, "clip that", 1)), 600))
                .extracting(CalledMoment::range)
                .containsExactly(new TimeRange(0, 9), new TimeRange(578, 600));
    }

    @Test
    void whoRepeatsTheCallMeansTheSameMoment() {
        List<CalledMoment> moments =
                CalledMoments.of(List.of(call(104, 105, "clip that", 1), call(100, 101, "clip it", 0.75)), 600);

        assertThat(moments).singleElement().satisfies(moment -> {
            assertThat(moment.range()).isEqualTo(new TimeRange(80, 110));
            assertThat(moment.label()).as("the surest call").isEqualTo("clip that");
            assertThat(moment.confidence()).isEqualTo(1);
            assertThat(moment.hits()).hasSize(2);
        });
    }

    @Test
    void aLaterCallIsForAnotherMoment() {
        assertThat(CalledMoments.of(List.of(call(100, 101, "clip that", 1), call(106.5, 107, "clip that", 1)), 600))
                .extracting(CalledMoment::range)
                .containsExactly(new TimeRange(80, 106), new TimeRange(86.5, 112));
    }

    @Test
    void whoeverCallsOnAndOnDoesNotMakeOneMomentOfIt() {
        List<WakeWordHit> spam = IntStream.range(0, 60)
                .mapToObj(second -> call(100 + second, 100.5 + second, "clip that", 1))
                .toList();

        assertThat(CalledMoments.of(spam, 600))
                .hasSize(10)
                .allSatisfy(moment -> assertThat(moment.range().duration()).isLessThanOrEqualTo(31));
    }

    @Test
    void withoutACallThereIsNoMoment() {
        assertThat(CalledMoments.of(List.of(), 600)).isEmpty();
    }

    private static WakeWordHit call(double start, double end, String word, double similarity) {
        return new WakeWordHit(word, new TimeRange(start, end), word, Manner.EXACT, similarity);
    }
}
