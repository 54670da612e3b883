package tv.tldr.api.dimensions;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tv.tldr.api.http.Fields;
import tv.tldr.workflows.scoring.Dimension;
import tv.tldr.workflows.scoring.Preset;
import tv.tldr.workflows.scoring.RuleModel;
import tv.tldr.workflows.scoring.Term;
import tv.tldr.workflows.signal.SignalKind;

/**
 * How shall signals score a dimension? By the rules of a preset's dimension, by weights of the customer's own, or by the
 * former with some of the latter.
 */
final class RulesReader {
    private static final double USUAL_REACH = 0.5;
    private static final double USUAL_EVIDENCE = -1;
    private static final double MOST_EVIDENCE = 20;
    private static final double HEAVIEST = 100;
    private static final int LONGEST_ORIGIN = 500;

    private RulesReader() {}

    /** @param fallback for what is not given */
    static RuleModel read(Fields rules, RuleModel fallback) {
        RuleModel base = rules.text("based_on", 2 * Names.LONGEST)
                .map(path -> basedOn(rules, path))
                .orElse(fallback);
        Optional<List<Term>> terms = rules.object("signals").map(RulesReader::terms);
        boolean ownFromNothing = terms.isPresent() && base.terms().isEmpty();
        return new RuleModel(
                rules.number("reach", ownFromNothing ? USUAL_REACH : base.reach(), 0, 1),
                rules.text("origin", LONGEST_ORIGIN).orElse(ownFromNothing ? "By hand." : base.origin()),
                rules.number("usual", ownFromNothing ? USUAL_EVIDENCE : base.usual(), -MOST_EVIDENCE, MOST_EVIDENCE),
                terms.orElse(base.terms()));
    }

    private static RuleModel basedOn(Fields rules, String path) {
        int slash = path.indexOf('/');
        Optional<Dimension> dimension = Preset.named(path.substring(0, Math.max(0, slash)))
                .flatMap(preset -> preset.dimensionSet().dimension(path.substring(slash + 1)));
        if (dimension.isEmpty()) {
            rules.refuse(
                    "based_on", "must be a preset and one of its dimensions, such as gaming_default/clutch_moment");
        }
        return dimension.map(Dimension::rules).orElse(RuleModel.NONE);
    }

    /** In the order of the signals' names, the shortest scale first. */
    private static List<Term> terms(Fields signals) {
        Map<String, List<Term>> bySignal = new TreeMap<>();
        for (String name : signals.names()) {
            signals.named(name, SignalKind.class, "a signal")
                    .ifPresent(signal -> signals.numbers(name, Term.SCALES.size(), -HEAVIEST, HEAVIEST)
                            .ifPresent(weights -> bySignal.put(name, Term.each(signal, weights))));
        }
        return bySignal.values().stream().flatMap(List::stream).toList();
    }
}
