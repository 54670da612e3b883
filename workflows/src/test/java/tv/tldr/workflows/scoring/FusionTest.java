package tv.tldr.workflows.scoring;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tv.tldr.workflows.signal.Modality.AUDIO;
import static tv.tldr.workflows.signal.Modality.TEXT;
import static tv.tldr.workflows.signal.Modality.VIDEO;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.tldr.workflows.scoring.Fusion.Voice;
import tv.tldr.workflows.signal.Modality;
import tv.tldr.workflows.signal.SignalDump;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.signal.Signals;

/** Who is listened to when picture, sound and words say different things? */
class FusionTest {
    private static final int SECONDS = 120;
    private static final Dimension SEEN_AND_HEARD = Dimension.ofRules(
            "action",
            "action",
            1,
            new RuleModel(
                    0.9,
                    "by hand",
                    -1,
                    List.of(new Term(SignalKind.LOUDNESS, 1, 0.8), new Term(SignalKind.MOTION, 1, 0.4))));

    /** Each voice as score/confidence of video, audio and text; a dash where there is none. */
    @ParameterizedTest(name = "{0}: {1} {2} {3} → {4}")
    @CsvSource(
            delimiter = '|',
            value = {
                // All speak, however unsure.
                "weighted       | .9/.1 | .2/.9 | -     | VIDEO AUDIO",
                "weighted       | -     | -     | .3/.2 | TEXT",
                // Two agree on 0.6 or more: those make the score.
                "consensus      | .9/.5 | .7/.5 | .2/.5 | VIDEO AUDIO",
                "consensus      | .9/.5 | .7/.5 | .6/.5 | VIDEO AUDIO TEXT",
                // Only one is high: as high as the second one goes.
                "consensus      | .9/.5 | .5/.5 | .2/.5 | AUDIO",
                "consensus      | .2/.5 | .3/.5 | .9/.5 | AUDIO",
                // Nobody to agree with.
                "consensus      | .9/.9 | -     | -     | ''",
                // The first in order that is sure of 0.8 decides, whatever it says.
                "cascade        | .1/.8 | .9/.9 | -     | VIDEO",
                "cascade        | .9/.7 | .1/.8 | .9/1  | AUDIO",
                // Nobody is: all.
                "cascade        | .9/.7 | .1/.7 | -     | VIDEO AUDIO",
                // The surest alone; of two equally sure ones picture before sound before words.
                "max_confidence | .9/.7 | .1/.8 | .5/.2 | AUDIO",
                "max_confidence | .1/.7 | .9/.7 | -     | VIDEO",
                "max_confidence | -     | -     | -     | ''",
            })
    void by_its_strategy(String strategy, String video, String audio, String text, String heard) {
        List<Voice> voices = new ArrayList<>();
        add(voices, VIDEO, video);
        add(voices, AUDIO, audio);
        add(voices, TEXT, text);

        List<Modality> listenedTo = Fusion.of(FusionStrategy.valueOf(strategy.toUpperCase(java.util.Locale.ROOT)))
                .heard(voices);

        assertEquals(heard, String.join(" ", listenedTo.stream().map(Enum::name).toList()));
    }

    private static void add(List<Voice> voices, Modality modality, String voice) {
        if (!voice.equals("-")) {
            String[] parts = voice.split("/", -1);
            voices.add(new Voice(modality, Double.parseDouble(parts[0]), Double.parseDouble(parts[1])));
        }
    }

    @Test
    void a_consensus_of_three_waits_for_the_third() {
        Fusion three = new Fusion(FusionStrategy.CONSENSUS, Map.of(), 3, 0.6, List.of(VIDEO), 0.8);

        assertEquals(
                List.of(TEXT),
                three.heard(List.of(new Voice(VIDEO, 0.9, 1), new Voice(AUDIO, 0.8, 1), new Voice(TEXT, 0.4, 1))));
    }

    @Test
    void a_cascade_asks_in_the_order_that_was_given_and_nobody_else() {
        Fusion soundFirst = new Fusion(FusionStrategy.CASCADE, Map.of(), 2, 0.6, List.of(AUDIO, VIDEO), 0.8);

        List<Voice> allSure = List.of(new Voice(VIDEO, 0.9, 1), new Voice(AUDIO, 0.1, 1));
        assertEquals(List.of(AUDIO), soundFirst.heard(allSure));

        List<Voice> onlyWordsAreSure = List.of(new Voice(VIDEO, 0.9, 0.5), new Voice(TEXT, 0.1, 1));
        assertEquals(List.of(VIDEO, TEXT), soundFirst.heard(onlyWordsAreSure));
    }

    @Test
    void a_share_counts_against_the_usual_one() {
        Map<Modality, Double> alike = weighted(0.5, 0.5, 0.2).factors(EnumSet.of(VIDEO, AUDIO));
        assertAll(
                () -> assertEquals(
                        0.5 / 0.625,
                        Objects.requireNonNull(alike.get(VIDEO)),
                        1e-12,
                        "0.625 of picture and sound is usual"),
                () -> assertEquals(0.5 / 0.375, Objects.requireNonNull(alike.get(AUDIO)), 1e-12),
                () -> assertEquals(
                        Map.of(VIDEO, 1.6, AUDIO, 0.0), weighted(1, 0, 0.2).factors(EnumSet.of(VIDEO, AUDIO))),
                () -> assertEquals(
                        Map.of(AUDIO, 1.0), weighted(7, 0.1, 0).factors(EnumSet.of(AUDIO)), "who is alone is all"),
                () -> assertEquals(Map.of(AUDIO, 0.0), weighted(1, 0, 1).factors(EnumSet.of(AUDIO)), "silenced"));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.1, 1, 10, 100})
    void multiples_of_weights_are_the_same_weights(double times) {
        Signals signals = noise();
        for (double[] weights : new double[][] {{0.5, 0.3, 0.2}, {0.2, 0.7, 0.1}}) {
            Scores once = RuleScorer.score(signals, set(), Scoring.rules(weighted(weights[0], weights[1], weights[2])));
            Scores often = RuleScorer.score(
                    signals,
                    set(),
                    Scoring.rules(weighted(times * weights[0], times * weights[1], times * weights[2])));
            assertArrayEquals(once.total(), often.total(), 1e-12);
        }
    }

    @Test
    void the_usual_weights_are_exactly_the_model_as_it_was_fitted() {
        for (Preset preset : Preset.values()) {
            preset.dimensionSet().dimensions().forEach(dimension -> Fusion.DEFAULT
                    .factors(dimension.senses())
                    .forEach((sense, factor) -> assertEquals(1.0, factor)));
        }
    }

    @Test
    void a_voice_is_as_sure_as_its_score_is_far_from_undecided() {
        assertAll(
                () -> assertEquals(0.8, Voice.of(VIDEO, 0.9, 1).confidence(), 1e-12),
                () -> assertEquals(0.8, Voice.of(VIDEO, 0.1, 1).confidence(), 1e-12),
                () -> assertEquals(0, Voice.of(VIDEO, 0.5, 1).confidence(), 1e-12),
                () -> assertEquals(0.4, Voice.of(VIDEO, 0.9, 0.5).confidence(), 1e-12, "half was measured"));
    }

    @Test
    void as_many_can_agree_as_are_listened_to() {
        assertAll(
                () -> assertEquals(2, Fusion.DEFAULT.voices(set(), ProcessingModules.ALL)),
                () -> assertEquals(1, weighted(1, 0, 1).voices(set(), ProcessingModules.ALL)),
                () -> assertEquals(
                        2, Fusion.DEFAULT.voices(Preset.GAMING_DEFAULT.dimensionSet(), ProcessingModules.ALL)));
    }

    private static Fusion weighted(double video, double audio, double text) {
        return new Fusion(
                FusionStrategy.WEIGHTED, Map.of(VIDEO, video, AUDIO, audio, TEXT, text), 2, 0.6, List.of(VIDEO), 0.8);
    }

    @ParameterizedTest
    @EnumSource(FusionStrategy.class)
    void the_score_of_a_second_follows_from_those_of_the_senses(FusionStrategy strategy) {
        Scores scores = RuleScorer.score(noise(), set(), Scoring.rules(Fusion.of(strategy)));
        for (int second = 0; second < SECONDS; second++) {
            DimensionScore action = action(scores, second);
            double video = action.modalities().getOrDefault(VIDEO, Double.NaN);
            double audio = action.modalities().getOrDefault(AUDIO, Double.NaN);
            double least = Math.min(video, audio);
            String what = strategy + " in second " + second;
            switch (strategy) {
                case WEIGHTED -> assertEquals(together(video, audio), action.score(), 1e-9, what);
                case CASCADE -> {
                    double otherwise = sure(audio) >= 0.8 ? audio : together(video, audio);
                    assertEquals(sure(video) >= 0.8 ? video : otherwise, action.score(), 1e-9, what);
                }
                case CONSENSUS ->
                    assertEquals(least >= 0.6 ? together(video, audio) : least, action.score(), 1e-9, what);
                case MAX_CONFIDENCE ->
                    assertEquals(sure(audio) > sure(video) ? audio : video, action.score(), 1e-9, what);
            }
        }
    }

    private static double sure(double score) {
        return Math.abs(2 * score - 1);
    }

    /** In streams of games and of a film each strategy listens otherwise than the others. */
    @ParameterizedTest
    @ValueSource(strings = {"game_d1", "game_d3", "bbb_0_300"})
    void over_real_signals_a_cascade_stops_and_the_surest_changes(String stream) {
        Signals signals = SignalDump.read(stream);
        DimensionSet gaming = Preset.GAMING_DEFAULT.dimensionSet();
        int stopped = 0;
        Map<Modality, Integer> surest = new EnumMap<>(Modality.class);
        Scores cascade = RuleScorer.score(signals, gaming, Scoring.rules(Fusion.of(FusionStrategy.CASCADE)));
        Scores weighted = RuleScorer.score(signals, gaming, Scoring.RULES);
        Scores one = RuleScorer.score(signals, gaming, Scoring.rules(Fusion.of(FusionStrategy.MAX_CONFIDENCE)));
        for (int second = 0; second < signals.seconds(); second++) {
            DimensionScore alone = action(one, second, "action_intensity");
            stopped += action(cascade, second, "action_intensity").score()
                            != action(weighted, second, "action_intensity").score()
                    ? 1
                    : 0;
            alone.modalities().forEach((sense, score) -> {
                if (score == alone.score()) {
                    surest.merge(sense, 1, Integer::sum);
                }
            });
        }
        assertTrue(stopped > 0 && stopped < signals.seconds(), "a cascade stopped in " + stopped);
        assertTrue(surest.keySet().containsAll(EnumSet.of(VIDEO, AUDIO)), "the surest: " + surest);
    }

    private static DimensionScore action(Scores scores, int second, String dimension) {
        return Objects.requireNonNull(scores.dimensions(second).get(dimension));
    }

    private static DimensionScore action(Scores scores, int second) {
        return Objects.requireNonNull(scores.dimensions(second).get("action"));
    }

    /** With weights of 0.4 and 0.8 each sense alone is stretched by the root of what is missing. */
    private static double together(double video, double audio) {
        double seen = (logit(video) + 1) / Math.sqrt(1.2 / 0.4);
        double heard = (logit(audio) + 1) / Math.sqrt(1.2 / 0.8);
        return Logistic.of(-1 + seen + heard);
    }

    private static double logit(double score) {
        return Math.log(score / (1 - score));
    }

    @Test
    void who_is_not_measured_is_no_voice_and_lowers_the_confidence() {
        Signals silent = new Signals(0, SECONDS, Map.of(SignalKind.MOTION, curve(1)), List.of(), List.of());

        DimensionScore weighted = action(RuleScorer.score(silent, set(), Scoring.rules(Fusion.DEFAULT)), 60);
        Scores consensus = RuleScorer.score(silent, set(), Scoring.rules(Fusion.of(FusionStrategy.CONSENSUS)));

        assertAll(
                () -> assertEquals(
                        java.util.Set.of(VIDEO), weighted.modalities().keySet()),
                () -> assertEquals(0.9 / 3, weighted.confidence(), 1e-9),
                () -> assertEquals(0, action(consensus, 60).confidence()),
                () -> assertEquals(0, consensus.dimensionsScored(), "one sense alone agrees with nobody"));
    }

    @Test
    void what_cannot_be_is_refused() {
        List<Modality> order = List.of(VIDEO);
        Map<Modality, Double> silence = Map.of(VIDEO, 0.0, AUDIO, 0.0, TEXT, 0.0);
        Collection<Runnable> wrong = List.of(
                () -> new Fusion(FusionStrategy.WEIGHTED, silence, 2, 0.6, order, 0.8),
                () -> new Fusion(FusionStrategy.WEIGHTED, Map.of(VIDEO, -1.0), 2, 0.6, order, 0.8),
                () -> new Fusion(FusionStrategy.CONSENSUS, Map.of(), 1, 0.6, order, 0.8),
                () -> new Fusion(FusionStrategy.CONSENSUS, Map.of(), 2, 1.1, order, 0.8),
                () -> new Fusion(FusionStrategy.CASCADE, Map.of(), 2, 0.6, List.of(), 0.8),
                () -> new Fusion(FusionStrategy.CASCADE, Map.of(), 2, 0.6, order, Double.NaN));
        assertTrue(wrong.size() > 0);
        wrong.forEach(fusion -> assertThrows(IllegalArgumentException.class, fusion::run));
    }

    private static DimensionSet set() {
        return DimensionSet.of(
                "mine", List.of(SEEN_AND_HEARD), new Calibration(0.5, 1.5), new DimensionSet.ClipLength(15, 60), 10);
    }

    private static Signals noise() {
        return new Signals(
                0, SECONDS, Map.of(SignalKind.LOUDNESS, curve(2), SignalKind.MOTION, curve(1)), List.of(), List.of());
    }

    private static float[] curve(int seed) {
        Random random = new Random(seed);
        float[] values = new float[SECONDS];
        for (int second = 0; second < SECONDS; second++) {
            values[second] = (float) random.nextGaussian();
        }
        return values;
    }
}
