package tv.tldr.workflows.selection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tv.tldr.workflows.selection.Anchors.Anchor;
import tv.tldr.workflows.signal.MadeSignals;
import tv.tldr.workflows.signal.Modality;
import tv.tldr.workflows.signal.SignalKind;

class AnchorsTest {
    @Test
    void nothingIsNearInAStreamWithoutCutsAndPauses() {
        assertThat(anchors(MadeSignals.flat(60)).near(30, 0, 60)).isEmpty();
    }

    @Test
    void theNearestCutWins() {
        Anchors anchors = anchors(MadeSignals.flat(60).cut(32).cut(28.5).cut(31));

        assertThat(anchors.near(30, 28, 32)).contains(new Anchor(31, Edge.CUT));
        assertThat(anchors.near(30, 28, 30.9)).contains(new Anchor(28.5, Edge.CUT));
        assertThat(anchors.near(30, 29, 30.9)).isEmpty();
    }

    @Test
    void ofTwoThatAreAsNearTheEarlierOneWins() {
        assertThat(anchors(MadeSignals.flat(60).cut(31).cut(29)).near(30, 28, 32))
                .contains(new Anchor(29, Edge.CUT));
    }

    @Test
    void aCutIsBetterThanAPauseThatIsALittleNearer() {
        MadeSignals made = MadeSignals.flat(60).cut(31).pause(29.1, 29.6);

        assertThat(anchors(made).near(30, 28, 32)).as("1 s against 0.65 s").contains(new Anchor(31, Edge.CUT));
        assertThat(anchors(made.pause(30, 30.5)).near(30, 28, 32)).contains(new Anchor(30.25, Edge.SILENCE));
    }

    @Test
    void inALongPauseTheEdgeStaysWhereItIs() {
        assertThat(anchors(MadeSignals.flat(60).pause(10, 50)).near(30, 28, 32)).contains(new Anchor(30, Edge.SILENCE));
    }

    @Test
    void aPauseIsOneOfSpeechWhenSomebodySpeaksAroundIt() {
        MadeSignals spoken =
                MadeSignals.flat(60).more(SignalKind.SPEECH, 32, 40, 0.5).pause(29, 30);

        assertThat(anchors(spoken).near(29.5, 28, 32)).contains(new Anchor(29.5, Edge.SPEECH_PAUSE));
        assertThat(anchors(spoken.without(Modality.AUDIO)).near(29.5, 28, 32)).contains(new Anchor(29.5, Edge.SILENCE));
    }

    @Test
    void aCutThatIsNoInstantIsNone() {
        assertThat(anchors(MadeSignals.flat(60).cut(Double.NaN).cut(Double.POSITIVE_INFINITY))
                        .near(30, 0, 60))
                .isEmpty();
    }

    private static Anchors anchors(MadeSignals made) {
        return new Anchors(made.signals());
    }
}
