package tv.tldr.workflows.selection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.tldr.workflows.scoring.Preset;
import tv.tldr.workflows.scoring.ProcessingModules;
import tv.tldr.workflows.signal.MadeSignals;
import tv.tldr.workflows.signal.SignalDump;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.StreamOptions;

/** With the default options an ordinary hour gives 3 to 12 highlights, a flat hour none, a short clip of action 1 to 4. */
class CalibrationTest {
    private static final List<String> GAMES = List.of("game_d1", "game_d2", "game_d3", "game_d4");
    private static final List<String> ALL =
            List.of("game_d1", "game_d2", "game_d3", "game_d4", "midisurf_gameplay", "bbb_0_300", "autoeditor_example");

    private static final List<Signals> FLAT_HOURS = flatHours();

    /** The sound alone, and the picture alone. */
    private static final List<StreamOptions> BY_ONE_SENSE = List.of(
            StreamOptions.DEFAULTS.withModules(new ProcessingModules(false, true, true, true)),
            StreamOptions.DEFAULTS.withModules(new ProcessingModules(true, false, true, true)));

    @ParameterizedTest(name = "{0}")
    @MethodSource("ordinaryHours")
    void anOrdinaryHourGivesThreeToTwelve(String name, Signals hour) {
        assertThat(kept(hour, Preset.GAMING_DEFAULT)).as(name).hasSizeBetween(3, 12);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oneHourOfEachKind")
    void noPresetGivesMoreThanTwelveInAnOrdinaryHour(String name, Signals hour) {
        for (Preset preset : Preset.values()) {
            assertThat(kept(hour, preset)).as("%s, %s", name, preset).hasSizeLessThanOrEqualTo(12);
        }
    }

    @ParameterizedTest
    @EnumSource(Preset.class)
    void aFlatHourGivesNoneAndSaysWhy(Preset preset) {
        for (Signals hour : FLAT_HOURS) {
            Selection selection = select(hour, preset);
            assertThat(selection.kept()).isEmpty();
            assertThat(selection.emptyReason()).startsWith("Nothing stands out");
        }
    }

    /** What is left when a sense is switched off is calibrated as a stream that never had it. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("oneHourOfEachKind")
    void noHourGivesMoreThanTwelveByOneSenseAlone(String name, Signals hour) {
        for (StreamOptions options : BY_ONE_SENSE) {
            assertThat(select(hour, Preset.GAMING_DEFAULT, options).kept())
                    .as("%s, %s", name, options.modules())
                    .hasSizeLessThanOrEqualTo(12);
        }
    }

    /** One sense is less than two to tell chance by, as it is of a recording without sound: one moment may pass for more. */
    @ParameterizedTest
    @EnumSource(Preset.class)
    void aFlatHourGivesNoneOrHardlyOneByOneSenseAlone(Preset preset) {
        for (StreamOptions options : BY_ONE_SENSE) {
            List<Selection> selections = FLAT_HOURS.stream()
                    .map(hour -> select(hour, preset, options))
                    .toList();
            assertThat(selections)
                    .allSatisfy(one -> assertThat(one.kept()).hasSizeLessThanOrEqualTo(1))
                    .filteredOn(one -> one.kept().isEmpty())
                    .hasSizeGreaterThanOrEqualTo(FLAT_HOURS.size() - 2)
                    .allSatisfy(one -> assertThat(one.emptyReason())
                            .startsWith("Nothing stands out")
                            .containsPattern("The processing modules leave out its (picture|sound) "));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"game_d1", "game_d2", "game_d3", "game_d4"})
    void aShortClipOfActionIsFoundByItsSoundAlone(String name) {
        assertThat(select(SignalDump.read(name), Preset.GAMING_DEFAULT, BY_ONE_SENSE.getFirst())
                        .kept())
                .hasSizeBetween(1, 4);
    }

    /** Noise as wild as a film cannot be told from a film; then the first few are all that may come of it. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void wildNoiseIsNotTakenForAnEventfulHour(long seed) {
        Signals wild = Streams.noise(Streams.HOUR, 1, 0.8, 0, seed).signals();

        assertThat(kept(wild, Preset.GAMING_DEFAULT)).hasSizeLessThanOrEqualTo(6);
    }

    /** What happens in noise is found, and the noise is not. */
    @ParameterizedTest
    @ValueSource(ints = {4, 6, 8})
    void asManyHighlightsAsSomethingHappens(int bursts) {
        MadeSignals noise = Streams.noise(Streams.HOUR, 0.7, 0.7, 0.3, bursts);
        for (int burst = 0; burst < bursts; burst++) {
            noise.action(100 + 400 * burst, 115 + 400 * burst, 1.5);
        }

        assertThat(kept(noise.signals(), Preset.GAMING_DEFAULT))
                .hasSizeBetween(bursts - 1, bursts)
                .allSatisfy(one -> assertThat(one.peak() % 400).isBetween(95.0, 120.0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"game_d1", "game_d2", "game_d3", "game_d4", "midisurf_gameplay"})
    void aShortClipOfActionGivesOneToFour(String name) {
        assertThat(kept(SignalDump.read(name), Preset.GAMING_DEFAULT)).hasSizeBetween(1, 4);
    }

    private static Stream<Arguments> ordinaryHours() {
        return Stream.of(1, 2, 3).flatMap(seed -> hours(seed).stream());
    }

    private static Stream<Arguments> oneHourOfEachKind() {
        return hours(4).stream();
    }

    private static List<Arguments> hours(long seed) {
        List<Arguments> hours = new ArrayList<>();
        for (int piece : new int[] {20, 45, 400}) {
            hours.add(hour("games", GAMES, piece, 0, seed));
            hours.add(hour("games", GAMES, piece, 0.3, seed));
            hours.add(hour("all", ALL, piece, 0.1, seed));
            hours.add(hour("all", ALL, piece, 0.3, seed));
        }
        hours.add(hour("film", List.of("bbb_0_300"), 45, 0.2, seed));
        hours.add(hour("music game", List.of("midisurf_gameplay"), 30, 0.2, seed));
        for (int bursts : new int[] {6, 20, 60}) {
            MadeSignals noise = Streams.noise(Streams.HOUR, 0.7, 0.7, 0.6, seed);
            Signals hour = Streams.withBursts(noise, Streams.HOUR, bursts, seed).signals();
            hours.add(Arguments.of(bursts + " bursts in long-tailed noise, " + seed, hour));
        }
        return hours;
    }

    private static Arguments hour(String what, List<String> names, int piece, double noise, long seed) {
        String name = "%s in pieces of %d s, noise %s, %d".formatted(what, piece, noise, seed);
        return Arguments.of(name, Streams.shuffledHour(names, piece, noise, seed));
    }

    private static List<Signals> flatHours() {
        List<Signals> hours = new ArrayList<>();
        hours.add(MadeSignals.flat(Streams.HOUR).signals());
        for (long seed = 1; seed <= 3; seed++) {
            hours.add(Streams.noise(Streams.HOUR, 0.05, 0, 0, seed).signals());
            hours.add(Streams.noise(Streams.HOUR, 0.3, 0, 0, seed).signals());
            hours.add(Streams.noise(Streams.HOUR, 0.2, 0.5, 0, seed).signals());
            hours.add(Streams.noise(Streams.HOUR, 0.15, 0.8, 0, seed).signals());
        }
        return hours;
    }

    private static List<Candidate> kept(Signals signals, Preset preset) {
        return select(signals, preset).kept();
    }

    private static Selection select(Signals signals, Preset preset) {
        return select(signals, preset, StreamOptions.DEFAULTS);
    }

    private static Selection select(Signals signals, Preset preset, StreamOptions options) {
        return HighlightSelection.select(signals, signals.seconds(), preset.dimensionSet(), options);
    }
}
