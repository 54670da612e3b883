package tv.tldr.workflows.scoring;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tv.tldr.workflows.signal.Modality;

/**
 * How do several senses become one score along a dimension?
 *
 * <p>Weights are shares: among the senses by which a dimension shows only their proportion counts. They count against the
 * usual ones, video 0.5, audio 0.3 and text 0.2: in that proportion a dimension's model speaks as it was fitted; with twice
 * the usual share each contribution of that sense counts twice.
 *
 * @param strategy who is listened to
 * @param weights of each sense, 0 or more, at least one above 0; one that is missing has its usual weight
 * @param agreeing how many senses must agree on a consensus, at least 2
 * @param agreement the score on which they agree, 0–1
 * @param order in which a cascade asks; who is missing is not asked
 * @param sure the confidence with which a cascade stops, 0–1
 */
public record Fusion(
        FusionStrategy strategy,
        Map<Modality, Double> weights,
        int agreeing,
        double agreement,
        List<Modality> order,
        double sure) {
    /** The usual weight of each sense. */
    public static final Map<Modality, Double> USUAL_WEIGHTS =
            Map.of(Modality.VIDEO, 0.5, Modality.AUDIO, 0.3, Modality.TEXT, 0.2);

    /** All senses by their usual weights: each dimension's model as it was fitted. */
    public static final Fusion DEFAULT = of(FusionStrategy.WEIGHTED);

    public Fusion {
        Map<Modality, Double> all = new EnumMap<>(USUAL_WEIGHTS);
        all.putAll(weights);
        weights = Collections.unmodifiableMap(all);
        order = List.copyOf(order);
        double sum = 0;
        for (double weight : weights.values()) {
            if (!(weight >= 0) || Double.isInfinite(weight)) {
                throw new IllegalArgumentException("the weight of a modality must be 0 or more");
            }
            sum += weight;
        }
        if (sum == 0) {
            throw new IllegalArgumentException("at least one modality needs a weight above 0");
        }
        if (agreeing < 2 || agreeing > Modality.values().length) {
            throw new IllegalArgumentException("a consensus needs 2 or 3 modalities");
        }
        if (!(agreement >= 0 && agreement <= 1) || !(sure >= 0 && sure <= 1)) {
            throw new IllegalArgumentException("the score and the confidence of a fusion must be from 0 to 1");
        }
        if (order.isEmpty()) {
            throw new IllegalArgumentException("a cascade needs at least one modality to ask");
        }
    }

    /** The strategy with the usual parameters: two senses that agree on 0.6; video, audio, text until one is sure of 0.8. */
    public static Fusion of(FusionStrategy strategy) {
        return new Fusion(strategy, Map.of(), 2, 0.6, List.of(Modality.VIDEO, Modality.AUDIO, Modality.TEXT), 0.8);
    }

    /**
     * How often a contribution of each sense counts: its share of the weights over its share of the usual ones.
     *
     * @param senses by which a dimension shows
     */
    Map<Modality, Double> factors(Set<Modality> senses) {
        double given = sum(weights, senses);
        double usual = sum(USUAL_WEIGHTS, senses);
        Map<Modality, Double> factors = new EnumMap<>(Modality.class);
        for (Modality sense : senses) {
            double share = given == 0 ? 0 : weights.getOrDefault(sense, 0.0) / given;
            factors.put(sense, share / (USUAL_WEIGHTS.getOrDefault(sense, 1.0) / usual));
        }
        return factors;
    }

    private static double sum(Map<Modality, Double> weights, Set<Modality> senses) {
        return senses.stream()
                .sorted()
                .mapToDouble(sense -> weights.getOrDefault(sense, 0.0))
                .sum();
    }

    /**
     * How many senses can agree at most: those that are listened to of the dimension of {@code set} that has most of them.
     *
     * @param modules which senses count at all
     */
    public int voices(DimensionSet set, ProcessingModules modules) {
        return set.dimensions().stream()
                .filter(dimension -> dimension.weight() > 0 && dimension.canBeScoredByRules())
                .mapToInt(dimension -> (int) dimension.senses().stream()
                        .filter(sense -> modules.counts(sense) && weights.getOrDefault(sense, 0.0) > 0)
                        .count())
                .max()
                .orElse(0);
    }

    /**
     * Which senses make the score?
     *
     * @param voices of one second, of the senses that were measured
     */
    List<Modality> heard(List<Voice> voices) {
        return switch (strategy) {
            case WEIGHTED -> all(voices);
            case CONSENSUS -> consensus(voices);
            case CASCADE -> cascade(voices);
            case MAX_CONFIDENCE -> surest(voices);
        };
    }

    private List<Modality> consensus(List<Voice> voices) {
        List<Voice> loudestFirst = new ArrayList<>(voices);
        loudestFirst.sort(
                Comparator.comparingDouble((Voice voice) -> -voice.score()).thenComparing(Voice::modality));
        if (loudestFirst.size() < agreeing) {
            return List.of();
        }
        Voice last = loudestFirst.get(agreeing - 1);
        return last.score() < agreement
                ? List.of(last.modality())
                : voices.stream()
                        .filter(voice -> voice.score() >= agreement)
                        .map(Voice::modality)
                        .toList();
    }

    private List<Modality> cascade(List<Voice> voices) {
        for (Modality asked : order) {
            for (Voice voice : voices) {
                if (voice.modality() == asked && voice.confidence() >= sure) {
                    return List.of(asked);
                }
            }
        }
        return all(voices);
    }

    private static List<Modality> surest(List<Voice> voices) {
        return voices.stream()
                .max(Comparator.comparingDouble(Voice::confidence)
                        .thenComparing(Voice::modality, Comparator.reverseOrder()))
                .map(voice -> List.of(voice.modality()))
                .orElse(List.of());
    }

    private static List<Modality> all(List<Voice> voices) {
        return voices.stream().map(Voice::modality).toList();
    }

    /**
     * What one sense says of a second.
     *
     * @param score of the dimension by this sense alone, 0–1
     * @param confidence 0–1: how decided it is
     */
    record Voice(Modality modality, double score, double confidence) {
        /**
         * As sure as its score is far from undecided, 0.5, and as its signals were measured: {@code measured × |2 × score −
         * 1|}. So a sense is sure that there is something, at 0.9, and as sure that there is nothing, at 0.1.
         *
         * @param measured the part of the sense's signals that was measured, by their weights, 0–1
         */
        static Voice of(Modality modality, double score, double measured) {
            return new Voice(modality, score, measured * Math.abs(2 * score - 1));
        }
    }
}
