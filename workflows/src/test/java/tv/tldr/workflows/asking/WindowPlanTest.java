package tv.tldr.workflows.asking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.tldr.workflows.asking.Window.Why;
import tv.tldr.workflows.scoring.Dimension;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.Preset;
import tv.tldr.workflows.scoring.ProcessingModules;
import tv.tldr.workflows.scoring.RuleModel;
import tv.tldr.workflows.scoring.Strategy;
import tv.tldr.workflows.signal.MadeSignals;
import tv.tldr.workflows.signal.Modality;
import tv.tldr.workflows.signal.SignalDump;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.stream.TimeRange;

class WindowPlanTest {
    private static final double ROUNDING = 1e-9;
    private static final double LEAST = QuestionCost.of(15);
    private static final DimensionSet GAMING = Preset.GAMING_DEFAULT.dimensionSet();

    @Test
    void rulesAloneAskNobody() {
        assertThat(plan(SignalDump.read("game_d1"), Strategy.RULE_BASED)).isEmpty();
    }

    @Test
    void aSetThatPrefersRulesInEverythingAsksNobody() {
        DimensionSet ownWay = gaming(true, Dimension::rules);

        assertThat(WindowPlan.of(
                        SignalDump.read("game_d1"), 230, ownWay, StreamOptions.DEFAULTS.withStrategy(Strategy.AI_ONLY)))
                .isEmpty();
    }

    @Test
    void whatMayNotBeShownAsksNobody() {
        StreamOptions unseen = StreamOptions.DEFAULTS
                .withStrategy(Strategy.AI_ONLY)
                .withModules(new ProcessingModules(false, true, true, true));
        StreamOptions neither = unseen.withModules(new ProcessingModules(false, false, true, true));
        Signals silent = MadeSignals.flat(230).without(Modality.AUDIO).signals();
        Signals whole = MadeSignals.flat(230).signals();

        assertThat(WindowPlan.of(silent, 230, GAMING, unseen)).isEmpty();
        assertThat(WindowPlan.of(whole, 230, GAMING, unseen)).isNotEmpty();
        assertThat(WindowPlan.of(whole, 230, GAMING, neither)).isEmpty();
        assertThat(WindowPlan.lengths(230, GAMING, neither)).isEmpty();
    }

    /** A set for the model alone: nothing is ranked, and the money goes to looks all over the stream. */
    @ParameterizedTest
    @ValueSource(ints = {5, 19, 60, 230, 3600})
    void whereRulesRankNothingHybridLooksAround(int seconds) {
        DimensionSet modelAlone = gaming(false, one -> RuleModel.NONE);
        StreamOptions options = StreamOptions.DEFAULTS.withStrategy(Strategy.HYBRID);

        List<Window> windows = WindowPlan.of(MadeSignals.flat(seconds).signals(), seconds, modelAlone, options);

        assertThat(windows).isNotEmpty().extracting(Window::why).containsOnly(Why.EXPLORING);
        assertThat(windows)
                .allSatisfy(window -> assertThat(window.range().start()).isNotNegative())
                .allSatisfy(window -> assertThat(window.range().end()).isLessThanOrEqualTo(seconds));
        double all = WindowPlan.of(
                        MadeSignals.flat(seconds).signals(),
                        seconds,
                        modelAlone,
                        options.withStrategy(Strategy.AI_ONLY))
                .stream()
                .mapToDouble(window -> QuestionCost.of(window.range().duration()))
                .sum();
        if (seconds >= 230) {
            assertThat(windows.stream()
                            .mapToDouble(
                                    window -> QuestionCost.of(window.range().duration()))
                            .sum())
                    .isBetween(0.05 * all, 0.25 * all);
        }
    }

    @Test
    void aiOnlyAsksAboutEverySecondOnce() {
        List<Window> windows = plan(MadeSignals.flat(150).signals(), Strategy.AI_ONLY);

        assertThat(windows)
                .extracting(Window::range)
                .containsExactly(new TimeRange(0, 50), new TimeRange(50, 100), new TimeRange(100, 150));
        assertThat(windows).extracting(Window::number).containsExactly(0, 1, 2);
    }

    /** A budget may end before the stream does. */
    @Test
    void aiOnlyAsksFirstWhereRulesExpectMost() {
        Signals signals =
                MadeSignals.flat(300).action(100, 112, 1).action(250, 262, 2).signals();

        List<Window> windows = plan(signals, Strategy.AI_ONLY);

        assertThat(windows.subList(0, 2))
                .extracting(Window::range)
                .containsExactly(new TimeRange(240, 300), new TimeRange(60, 120));
        assertThat(windows).extracting(Window::number).containsExactly(0, 1, 2, 3, 4);
        assertThat(windows)
                .extracting(window -> window.range().start())
                .containsExactlyInAnyOrder(0.0, 60.0, 120.0, 180.0, 240.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"game_d1", "game_d2", "game_d3", "game_d4", "midisurf_gameplay", "bbb_0_300"})
    void hybridCostsAFifthOfEverythingAtMostAndAsksNothingTwice(String video) {
        Signals signals = SignalDump.read(video);
        List<Window> windows = plan(signals, Strategy.HYBRID);

        double comparing = QuestionCost.ofComparing(signals.seconds());
        double all = cost(plan(signals, Strategy.AI_ONLY)) + comparing;
        assertThat(cost(windows)).isPositive().isLessThanOrEqualTo(Math.max(LEAST, 0.2 * all - comparing));
        for (Window one : windows) {
            assertThat(one.range().start()).isNotNegative();
            assertThat(one.range().end()).isLessThanOrEqualTo(signals.seconds());
            assertThat(windows)
                    .filteredOn(other -> other.number() != one.number())
                    .noneMatch(other -> other.range().overlaps(one.range()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"game_d1", "game_d2", "game_d3", "game_d4", "midisurf_gameplay", "bbb_0_300"})
    void whatIsExpectedBeforeMeasuringIsAtLeastWhatThePlanComesTo(String video) {
        Signals signals = SignalDump.read(video);
        for (Strategy strategy : Strategy.values()) {
            StreamOptions options = StreamOptions.DEFAULTS.withStrategy(strategy);
            double expected = WindowPlan.lengths(signals.seconds(), GAMING, options).stream()
                    .mapToDouble(QuestionCost::of)
                    .sum();
            double all = cost(plan(signals, Strategy.AI_ONLY));

            assertThat(expected)
                    .isGreaterThanOrEqualTo(cost(plan(signals, strategy)) - ROUNDING)
                    .isLessThanOrEqualTo(strategy == Strategy.HYBRID ? Math.max(LEAST, 0.2 * all) : all);
        }
    }

    @Test
    void aShortStreamHasOneLookInAnyCase() {
        Signals signals = MadeSignals.flat(70).action(30, 42, 2).signals();

        assertThat(plan(signals, Strategy.HYBRID)).singleElement().satisfies(window -> {
            assertThat(window.range().duration()).isEqualTo(15);
            assertThat(window.range().overlaps(new TimeRange(30, 42))).isTrue();
        });
    }

    /** A kill streak that rules take for ordinary, after one that they are sure of. */
    @Test
    void halfOfTheMoneyGoesToWhatRulesWouldDrop() {
        List<Window> windows = plan(SignalDump.read("game_d2"), Strategy.HYBRID);

        assertThat(windows).hasSize(2);
        assertThat(windows.get(0).range().overlaps(new TimeRange(180, 201))).isTrue();
        assertThat(windows.get(1).range().overlaps(new TimeRange(26, 33))).isTrue();
    }

    @Test
    void anAnswerNamesAboutAMomentAQuarterMinute() {
        assertThat(Window.mostMoments(10)).isEqualTo(1);
        assertThat(Window.mostMoments(15)).isEqualTo(1);
        assertThat(Window.mostMoments(60)).isEqualTo(4);
    }

    @Test
    void theMostPromisingMomentComesFirst() {
        Signals signals =
                MadeSignals.flat(900).action(300, 315, 2).action(700, 712, 1).signals();

        Window first = plan(signals, Strategy.HYBRID).getFirst();

        assertThat(first.why()).isEqualTo(Why.PROMISING);
        assertThat(first.range().start()).isBetween(285.0, 305.0);
        assertThat(first.range().end()).isBetween(310.0, 330.0);
    }

    @Test
    void aSmallPartGoesToWhereSomebodySpeaksAndNothingElseHappens() {
        Signals signals = MadeSignals.flat(1200)
                .action(100, 115, 2)
                .more(SignalKind.SPEECH, 640, 660, 0.2)
                .signals();

        List<Window> exploring = plan(signals, Strategy.HYBRID).stream()
                .filter(window -> window.why() == Why.EXPLORING)
                .toList();

        assertThat(exploring).isNotEmpty();
        assertThat(cost(exploring)).isLessThanOrEqualTo(0.03 * cost(plan(signals, Strategy.AI_ONLY)));
        assertThat(exploring).anyMatch(one -> one.range().overlaps(new TimeRange(640, 660)));
    }

    private static double cost(List<Window> windows) {
        return windows.stream()
                .mapToDouble(window -> QuestionCost.of(window.range().duration()))
                .sum();
    }

    private static List<Window> plan(Signals signals, Strategy strategy) {
        return WindowPlan.of(signals, signals.seconds(), GAMING, StreamOptions.DEFAULTS.withStrategy(strategy));
    }

    /** The preset with all its dimensions changed. */
    private static DimensionSet gaming(boolean preferRules, Function<Dimension, RuleModel> rules) {
        return GAMING.with(GAMING.dimensions().stream()
                .map(one -> new Dimension(
                        one.id(),
                        one.name(),
                        one.description(),
                        one.weight(),
                        one.scale(),
                        one.aggregation(),
                        one.modalities(),
                        one.scoringPrompt(),
                        one.examples(),
                        preferRules,
                        one.highlightType(),
                        rules.apply(one)))
                .toList());
    }
}
