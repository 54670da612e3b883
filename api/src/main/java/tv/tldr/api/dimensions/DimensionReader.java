package tv.tldr.api.dimensions;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tv.tldr.api.http.Fields;
import tv.tldr.workflows.scoring.Aggregation;
import tv.tldr.workflows.scoring.Dimension;
import tv.tldr.workflows.scoring.DimensionType;
import tv.tldr.workflows.scoring.Examples;
import tv.tldr.workflows.scoring.RuleModel;
import tv.tldr.workflows.scoring.Scale;
import tv.tldr.workflows.signal.Modality;

/**
 * Which dimension does a request describe? Faults are noted where they are; what is answered behind one is a stand-in of
 * which nothing is made.
 */
public final class DimensionReader {
    private static final int LONGEST_PROMPT = 2000;
    private static final int LONGEST_EXAMPLE = 500;
    private static final double HEAVIEST = 1000;
    private static final double FARTHEST = 1e9;

    private DimensionReader() {}

    /**
     * @param id checked already, and not asked for here
     * @param base where what is left out comes from; null: from the usual
     */
    public static Dimension read(Fields fields, String id, @Nullable Dimension base) {
        Dimension usual =
                base != null ? base : Dimension.ofRules(Names.orStandIn(id), Names.orStandIn(id), 1, RuleModel.NONE);
        RuleModel rules = fields.object("rules")
                .map(given -> RulesReader.read(given, usual.rules()))
                .orElse(usual.rules());
        Dimension read = new Dimension(
                usual.id(),
                fields.text("name", Names.LONGEST_NAME)
                        .filter(name -> !name.isBlank())
                        .orElse(usual.name()),
                fields.text("description", Names.LONGEST_DESCRIPTION).orElse(usual.description()),
                fields.number("weight", usual.weight(), 0, HEAVIEST),
                scale(fields, usual.scale()),
                fields.choice("aggregation", Aggregation.class).orElse(usual.aggregation()),
                fields.choices("modalities", Modality.class)
                        .filter(chosen -> !chosen.isEmpty())
                        .<java.util.Set<Modality>>map(EnumSet::copyOf)
                        .orElse(usual.modalities()),
                fields.text("scoring_prompt", LONGEST_PROMPT).orElse(usual.scoringPrompt()),
                fields.object("examples")
                        .map(given -> examples(given, usual.examples()))
                        .orElse(usual.examples()),
                fields.flag("prefer_rules", usual.preferRules()),
                highlightType(fields, usual.highlightType()),
                rules);
        if (read.preferRules() && !read.canBeScoredByRules()) {
            fields.refuse(
                    "prefer_rules",
                    "needs rules that score the dimension by a signal of its modalities; give \"rules\", or leave it out");
        }
        return read;
    }

    private static String highlightType(Fields fields, String usual) {
        Optional<String> given = fields.text("highlight_type", Names.LONGEST);
        given.ifPresent(name -> Names.check(fields, "highlight_type", name));
        return given.filter(name -> !name.isBlank()).orElse(usual);
    }

    private static Scale scale(Fields fields, Scale usual) {
        DimensionType type = fields.choice("type", DimensionType.class).orElse(usual.type());
        List<Double> range =
                fields.numbers("range", 2, -FARTHEST, FARTHEST).orElse(List.of(usual.lowest(), usual.highest()));
        if (!(range.get(0) < range.get(1))) {
            fields.refuse("range", "must go from a lower to a higher number, such as [0, 10]");
        }
        double threshold = fields.number("threshold", usual.threshold(), 0, 1);
        if (type == DimensionType.BINARY && threshold == 0) {
            fields.refuse("threshold", "must be above 0 in a binary dimension: from 0 on everything is a yes");
        }
        boolean categorical = type == DimensionType.CATEGORICAL;
        Map<String, Double> categories = fields.object("categories")
                .map(DimensionReader::categories)
                .orElse(categorical ? usual.categories() : Map.of());
        if (!categorical && !categories.isEmpty()) {
            fields.refuse("categories", "are for a dimension of the type categorical alone");
        }
        if (categorical && (categories.size() < 2 || categories.size() > Scale.MOST_CATEGORIES)) {
            fields.refuse(
                    "categories",
                    "must name from 2 to " + Scale.MOST_CATEGORIES
                            + " categories with the score of each, such as {\"calm\": 0, \"tense\": 0.6, \"wild\": 1}");
        }
        return fields.isSound() ? new Scale(type, range.get(0), range.get(1), categories, threshold) : Scale.NUMERIC;
    }

    private static Map<String, Double> categories(Fields given) {
        Map<String, Double> categories = new LinkedHashMap<>();
        for (String name : given.names()) {
            if (name.isBlank() || name.length() > Names.LONGEST_NAME || name.indexOf('\0') >= 0) {
                given.refuse(name, "must have a name of 1 to " + Names.LONGEST_NAME + " characters");
            } else if (!name.equals(name.strip())) {
                // The model answers with the word, and would not be understood.
                given.refuse(name, "must not begin or end with a space");
            }
            given.number(name, 0, 1).ifPresent(score -> categories.put(name, score));
        }
        return categories;
    }

    private static Examples examples(Fields given, Examples usual) {
        return new Examples(
                given.text("high", LONGEST_EXAMPLE).orElse(usual.high()),
                given.text("medium", LONGEST_EXAMPLE).orElse(usual.medium()),
                given.text("low", LONGEST_EXAMPLE).orElse(usual.low()));
    }
}
