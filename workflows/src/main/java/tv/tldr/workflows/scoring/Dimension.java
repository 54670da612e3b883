package tv.tldr.workflows.scoring;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.signal.Modality;

/**
 * One measurable quality of a moment, and who scores it how.
 *
 * @param id unique within its set, lower case, such as {@code action_intensity}
 * @param name for people
 * @param description what a high score means; told to the model
 * @param weight its share when the dimensions become one score, 0 or more; 0: scored and shown, but not counted
 * @param scale which scores it can have
 * @param aggregation how the seconds of a moment become its one score
 * @param modalities by which senses it shows, at least one; signals of others are not looked at
 * @param scoringPrompt how the model shall score it, in the customer's words; null: by the description alone
 * @param examples told to the model
 * @param preferRules whether rules alone score it even when the model answers
 * @param highlightType what a moment is called that fits no highlight type and is strongest in this dimension
 * @param rules how signals score it
 */
public record Dimension(
        String id,
        String name,
        String description,
        double weight,
        Scale scale,
        Aggregation aggregation,
        Set<Modality> modalities,
        @Nullable String scoringPrompt,
        Examples examples,
        boolean preferRules,
        String highlightType,
        RuleModel rules) {
    /** Every sense. */
    public static final Set<Modality> ALL_MODALITIES = Collections.unmodifiableSet(EnumSet.allOf(Modality.class));

    public Dimension {
        if (id.isBlank() || highlightType.isBlank()) {
            throw new IllegalArgumentException("a dimension needs an id and a highlight type");
        }
        if (!(weight >= 0) || !Double.isFinite(weight)) {
            throw new IllegalArgumentException("the weight of " + id + " must be 0 or more");
        }
        if (modalities.isEmpty()) {
            throw new IllegalArgumentException(id + " needs at least one modality");
        }
        modalities = Collections.unmodifiableSet(EnumSet.copyOf(modalities));
    }

    /** Whether a model that was asked about one has thereby answered about the other: what they weigh is not told to it. */
    boolean asksTheSameAs(Dimension other) {
        return id.equals(other.id)
                && name.equals(other.name)
                && description.equals(other.description)
                && scale.equals(other.scale)
                && Objects.equals(scoringPrompt, other.scoringPrompt)
                && examples.equals(other.examples);
    }

    /** Whether rules can score it: they know signals of the senses by which it shows. */
    public boolean canBeScoredByRules() {
        return rules.tellsAnything() && !senses().isEmpty();
    }

    /** The same where only what {@code modules} leave on counts. */
    public boolean canBeScoredByRules(ProcessingModules modules) {
        return rules.tellsAnything() && senses().stream().anyMatch(modules::counts);
    }

    /** Whether a model is asked about it, when one is: it does not prefer rules, and can be noticed in what is shown. */
    boolean isAskedAbout(ProcessingModules modules) {
        return !preferRules && modules.shows(modalities);
    }

    /** The senses whose signals its rules look at. */
    Set<Modality> senses() {
        Set<Modality> senses = EnumSet.noneOf(Modality.class);
        rules.terms().forEach(term -> senses.add(term.signal().modality()));
        senses.retainAll(modalities);
        return senses;
    }

    /** A numeric dimension of all senses that rules alone score. */
    public static Dimension ofRules(String id, String highlightType, double weight, RuleModel rules) {
        return new Dimension(
                id,
                id,
                "",
                weight,
                Scale.NUMERIC,
                Aggregation.MAX,
                ALL_MODALITIES,
                null,
                Examples.NONE,
                false,
                highlightType,
                rules);
    }
}
