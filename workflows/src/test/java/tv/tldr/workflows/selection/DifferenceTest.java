package tv.tldr.workflows.selection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.scoring.DimensionSet.ClipLength;
import tv.tldr.workflows.selection.Difference.Change;
import tv.tldr.workflows.selection.Difference.Kind;
import tv.tldr.workflows.selection.Difference.Moment;
import tv.tldr.workflows.signal.MadeSignals;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.stream.TimeRange;

/** What does a what-if tell? */
class DifferenceTest {
    private static final Signals SIGNALS = MadeSignals.flat(600)
            .more(SignalKind.LOUDNESS, 100, 110, 12)
            .more(SignalKind.LOUDNESS, 400, 410, 12)
            .signals();

    @Test
    void theSameOptionsChangeNothing() {
        Selection selection = select(15);

        assertThat(Difference.between(moments(selection), selection).changes())
                .hasSize(2)
                .extracting(Change::kind)
                .containsOnly(Kind.UNCHANGED);
    }

    @Test
    void longerClipsChangeWhatStands() {
        assertThat(Difference.between(moments(select(15)), select(30)).changes())
                .hasSize(2)
                .allSatisfy(change -> {
                    assertThat(change.kind()).isEqualTo(Kind.CHANGED);
                    assertThat(length(change.after())).isGreaterThan(length(change.before()));
                });
    }

    @Test
    void whatWasNotThereIsAddedAndWhatGoesSaysWhatDecided() {
        Moment elsewhere = new Moment(null, new TimeRange(200, 215), 207, 0.9, "loud");
        Moment first = moments(select(15)).getFirst();

        List<Change> changes =
                Difference.between(List.of(first, elsewhere), select(15)).changes();

        assertThat(changes)
                .extracting(Change::kind)
                .containsExactlyInAnyOrder(Kind.UNCHANGED, Kind.REMOVED, Kind.ADDED);
        assertThat(changes)
                .filteredOn(change -> change.kind() == Kind.REMOVED)
                .singleElement()
                .satisfies(removed -> {
                    assertThat(removed.before()).isEqualTo(elsewhere);
                    assertThat(removed.after()).isNull();
                });
    }

    private static double length(@Nullable Moment moment) {
        return Objects.requireNonNull(moment).range().duration();
    }

    private static List<Moment> moments(Selection selection) {
        return selection.kept().stream().map(Moment::of).toList();
    }

    private static Selection select(double shortest) {
        StreamOptions options = StreamOptions.DEFAULTS;
        return HighlightSelection.select(SIGNALS, 600, Streams.loudness(new ClipLength(shortest, 60), 10), options);
    }
}
