package tv.tldr.workflows.selection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.tldr.workflows.evaluation.Evaluation;
import tv.tldr.workflows.scoring.Preset;
import tv.tldr.workflows.signal.SignalDump;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.stream.TimeRange;

/** How good the defaults are on real gameplay in which people marked the kill streaks. */
class RecordedGameplayTest {
    private static final List<String> GAMES = List.of("game_d1", "game_d2", "game_d3", "game_d4");

    /** Shooting at walls: as loud and bright as a fight, and nothing happens. From the recordings' scene changes. */
    private static final Map<String, List<TimeRange>> EMPTY_SHOOTING = Map.of(
            "game_d1", List.of(new TimeRange(90, 110)),
            "game_d2", List.of(new TimeRange(85, 110)),
            "game_d3", List.of(new TimeRange(0, 20), new TimeRange(188, 208)),
            "game_d4", List.of(new TimeRange(46, 60), new TimeRange(112, 122)));

    @ParameterizedTest
    @ValueSource(strings = {"game_d1", "game_d2", "game_d3", "game_d4"})
    void theMostConfidentHighlightIsAKillStreak(String name) {
        assertThat(evaluation(name).hitAt1()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"game_d1", "game_d2", "game_d3", "game_d4"})
    void loudShootingInWhichNothingHappensNeverComesFirst(String name) {
        double best = select(name).kept().getFirst().peak();

        assertThat(EMPTY_SHOOTING.getOrDefault(name, List.of())).isNotEmpty().noneMatch(scene -> scene.contains(best));
    }

    @Test
    void mostHighlightsAreStreaksAndMostStreaksAreHighlights() {
        double meanF1 = GAMES.stream()
                .mapToDouble(name -> evaluation(name).hits().f1())
                .average()
                .orElse(0);
        double meanOverlap = GAMES.stream()
                .mapToDouble(name -> evaluation(name).meanOverlap())
                .average()
                .orElse(0);

        assertThat(meanF1).isGreaterThanOrEqualTo(0.9);
        assertThat(meanOverlap).isGreaterThanOrEqualTo(0.65);
    }

    @ParameterizedTest
    @ValueSource(strings = {"game_d1", "game_d2", "game_d3", "game_d4", "bbb_0_300", "midisurf_gameplay"})
    void twoRunsAreTheSame(String name) {
        assertThat(select(name)).isEqualTo(select(name));
    }

    private static Evaluation evaluation(String name) {
        List<TimeRange> bestFirst =
                select(name).kept().stream().map(Candidate::range).toList();
        return Evaluation.of(
                bestFirst, SignalDump.truth(name), SignalDump.read(name).seconds());
    }

    private static Selection select(String name) {
        Signals signals = SignalDump.read(name);
        return HighlightSelection.select(
                signals, signals.seconds(), Preset.GAMING_DEFAULT.dimensionSet(), StreamOptions.DEFAULTS);
    }
}
