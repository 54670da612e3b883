package tv.tldr.workflows.scoring;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.scoring.Fusion.Voice;
import tv.tldr.workflows.signal.Modality;

/** What is every second of a stream worth along one dimension by its signals, and why? */
final class DimensionCurve {
    private final Dimension dimension;
    private final ProcessingModules modules;
    private final Fusion fusion;
    private final List<Term> terms;
    /** Of each of the terms, by the term itself. */
    private final IdentityHashMap<Term, Feature> features = new IdentityHashMap<>();

    private final Map<Modality, Double> factors;
    private final double wholeWeight;
    private final Map<Modality, Sense> senses = new EnumMap<>(Modality.class);
    private final ModelCurve model;
    private final double share;
    private final double[] measured;
    private final double[] evidence;

    DimensionCurve(Dimension dimension, Features all, Scoring how, int seconds) {
        this.dimension = dimension;
        this.modules = how.modules();
        this.fusion = modules.fusing(how.fusion());
        this.model = how.model().curve(dimension.id(), seconds);
        this.share = dimension.isAskedAbout(modules) ? how.strategy().modelShare() : 0;
        this.factors = fusion.factors(dimension.senses());
        this.terms = dimension.rules().terms().stream()
                .filter(term -> factors.getOrDefault(term.signal().modality(), 0.0) > 0)
                .toList();
        this.wholeWeight =
                terms.stream().mapToDouble(term -> Math.abs(voiced(term))).sum();
        this.measured = new double[seconds];
        this.evidence = new double[seconds];
        for (Term term : terms) {
            Feature feature = all.of(term, dimension.aggregation());
            features.put(term, feature);
            senses.computeIfAbsent(term.signal().modality(), modality -> new Sense(modality, seconds))
                    .add(feature.curve(), voiced(term));
        }
        listen(seconds);
        List<Sense> sensing = List.copyOf(senses.values());
        for (int second = 0; second < seconds; second++) {
            double sum = 0;
            for (Sense sense : sensing) {
                if (sense.isHeard(second)) {
                    sum += sense.sum(second);
                    measured[second] += sense.measured(second);
                }
            }
            evidence[second] = dimension.rules().usual() + emphasis(second) * sum;
        }
    }

    /** The term's weight as loud as its sense is. */
    private double voiced(Term term) {
        return term.weight() * factors.getOrDefault(term.signal().modality(), 0.0);
    }

    private void listen(int seconds) {
        if (fusion.strategy() == FusionStrategy.WEIGHTED) {
            senses.values().forEach(Sense::hearAlways);
            return;
        }
        for (int second = 0; second < seconds; second++) {
            for (Modality modality : fusion.heard(voices(second))) {
                Sense sense = senses.get(modality);
                if (sense != null) {
                    sense.hear(second);
                }
            }
        }
    }

    private List<Voice> voices(int second) {
        List<Voice> voices = new ArrayList<>(senses.size());
        for (Sense sense : senses.values()) {
            double measured = sense.measured(second);
            if (measured > 0) {
                double alone = dimension.rules().usual() + Math.sqrt(wholeWeight / measured) * sense.sum(second);
                voices.add(Voice.of(sense.modality(), Logistic.of(alone), measured / sense.whole()));
            }
        }
        return voices;
    }

    /**
     * How much more the measured terms count because others are missing. The square root: what is left is stretched, but
     * does not speak with the full voice of all.
     */
    private double emphasis(int second) {
        return measured[second] == 0 ? 0 : Math.sqrt(wholeWeight / measured[second]);
    }

    Dimension dimension() {
        return dimension;
    }

    /** The terms that count, whether measured or not. */
    List<Term> terms() {
        return terms;
    }

    double evidence(int second) {
        return evidence[second];
    }

    /** By rules alone, 0–1, on the dimension's scale. */
    double rules(int second) {
        return dimension.scale().settle(Logistic.of(evidence[second]));
    }

    /** The part of the model's score, 0–1: all of it where rules could measure nothing. */
    double modelShare(int second) {
        if (share == 0 || model.at(second) == null) {
            return 0;
        }
        return measured(second) == 0 ? 1 : share;
    }

    /** What the model says, on the dimension's scale; only where {@link #modelShare} is above 0. */
    double modelScore(int second) {
        ModelScore said = model.at(second);
        return said == null ? 0 : dimension.scale().settle(said.score());
    }

    /** What the model says in words; may be empty. */
    String modelReason(int second) {
        ModelScore said = model.at(second);
        return said == null ? "" : said.reason();
    }

    /** 0–1, on the dimension's scale. */
    double score(int second) {
        double part = modelShare(second);
        return part == 0 ? rules(second) : part * modelScore(second) + (1 - part) * rules(second);
    }

    /** 0–1: how much of the dimension its scorers could tell; each by its part in the score. */
    double confidence(int second) {
        double part = modelShare(second);
        ModelScore said = model.at(second);
        return part == 0 || said == null ? measured(second) : part * said.confidence() + (1 - part) * measured(second);
    }

    /** 0–1: what signals can tell of this dimension, times the part of them that was measured and heard. */
    private double measured(int second) {
        return wholeWeight == 0 ? 0 : dimension.rules().reach() * measured[second] / wholeWeight;
    }

    /** What the evidence of {@code second} would be if all that was measured in it were as usual in this stream. */
    double usualEvidence(int second) {
        double usual = dimension.rules().usual();
        for (Term term : terms) {
            if (counts(term, second)) {
                usual += weight(term, second) * feature(term).usual();
            }
        }
        return usual;
    }

    /** The score of {@code second} if all in it were as usual in this stream, 0–1. */
    double usualScore(int second) {
        return dimension.scale().settle(Logistic.of(usualEvidence(second)));
    }

    /** Whether {@code term} was measured in {@code second} and its sense is heard. */
    boolean counts(Term term, int second) {
        Sense sense = senses.get(term.signal().modality());
        return sense != null
                && sense.isHeard(second)
                && Double.isFinite(feature(term).at(second));
    }

    /** How far {@code term} is above the stream's usual, in robust deviations; NaN when it was not measured. */
    double aboveUsual(Term term, int second) {
        Feature feature = feature(term);
        return feature.at(second) - feature.usual();
    }

    private Feature feature(Term term) {
        return Objects.requireNonNull(features.get(term), "not a term of this dimension");
    }

    /** What one deviation of {@code term} adds to the evidence of {@code second}. */
    double weight(Term term, int second) {
        return emphasis(second) * voiced(term);
    }

    /** What one unit of evidence adds to the rules' score between the usual and what is: the slope of the secant. */
    double slope(int second) {
        double usual = usualEvidence(second);
        double apart = evidence[second] - usual;
        return dimension.scale().type() == DimensionType.NUMERIC || Math.abs(apart) < 1e-9
                ? Logistic.slope(usual, evidence[second])
                : (rules(second) - usualScore(second)) / apart;
    }

    /**
     * The score of {@code second} with the summands of its evidence: {@code logistic(Σ contributions)} on the dimension's
     * scale; 0 where nobody scored it.
     */
    DimensionScore at(int second) {
        if (modelShare(second) == 0 && measured(second) == 0) {
            return unscored(second);
        }
        List<Contribution> contributions = new ArrayList<>();
        contributions.add(Wording.usual(usualEvidence(second)));
        terms.stream()
                .filter(term -> counts(term, second))
                .map(term -> Wording.contribution(term, aboveUsual(term, second), weight(term, second)))
                .forEach(contributions::add);
        contributions.addAll(notCounted(second));
        contributions.sort(Comparator.comparingDouble((Contribution one) -> -Math.abs(one.contribution()))
                .thenComparing(Contribution::feature));
        double part = modelShare(second);
        return new DimensionScore(
                score(second),
                confidence(second),
                modalities(second),
                rules(second),
                part == 0 ? null : model.at(second),
                part,
                scale(),
                contributions);
    }

    /** What a usual second would score is no score of this one. */
    private DimensionScore unscored(int second) {
        List<Contribution> contributions = new ArrayList<>(List.of(Wording.unscored(dimension, modules)));
        contributions.addAll(notCounted(second));
        return new DimensionScore(0, 0, modalities(second), 0, null, 0, scale(), contributions);
    }

    private Map<Modality, Double> modalities(int second) {
        Map<Modality, Double> modalities = new EnumMap<>(Modality.class);
        voices(second).forEach(voice -> modalities.put(voice.modality(), voice.score()));
        return modalities;
    }

    private @Nullable Scale scale() {
        return dimension.scale().type() == DimensionType.NUMERIC ? null : dimension.scale();
    }

    /** Of a sense that is off one line, whatever was measured of it; of others each term. */
    private List<Contribution> notCounted(int second) {
        Stream<Contribution> off = terms.stream()
                .map(term -> term.signal().modality())
                .distinct()
                .filter(sense -> !modules.counts(sense))
                .map(Wording::off);
        Stream<Contribution> absent = terms.stream()
                .filter(term -> modules.counts(term.signal().modality()) && !counts(term, second))
                .map(term -> absent(term, second));
        return Stream.concat(off, absent).toList();
    }

    private Contribution absent(Term term, int second) {
        if (!Double.isFinite(feature(term).at(second))) {
            return Wording.notMeasured(term);
        }
        return modules.fusion() ? Wording.notHeard(term, fusion.strategy()) : Wording.surpassed(term);
    }
}
