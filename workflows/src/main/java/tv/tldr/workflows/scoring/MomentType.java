package tv.tldr.workflows.scoring;

import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is a moment called, and how does it stand against others?
 *
 * @param name the highlight type's id; or the name of its strongest dimension when it fits no type
 * @param type the highlight type; null when it fits none
 * @param score the value of the type's formula, or the whole score
 */
public record MomentType(String name, @Nullable HighlightType type, double score) {
    /** Of two moments that want the same place the first stays: by priority, then score, then specificity. */
    public static final Comparator<MomentType> CONFLICT_ORDER = Comparator.comparingInt(MomentType::priority)
            .thenComparingDouble(one -> -one.score())
            .thenComparingInt(one -> -one.criteria().specificity());

    /** Why it goes before {@code other}, which comes behind it in that order: the first of its rules in which they differ. */
    public String before(MomentType other) {
        if (priority() != other.priority()) {
            return "its priority " + priority() + " goes before " + other.name() + " (priority " + other.priority()
                    + ")";
        }
        if (score != other.score()) {
            return String.format(
                    Locale.ROOT, "its value %.4f goes before %s (%.4f)", score, other.name(), other.score());
        }
        int more = criteria().specificity() - other.criteria().specificity();
        return more == 0
                ? "it is written before " + other.name()
                : "it asks for " + more + " more than " + other.name();
    }

    private int priority() {
        return type == null ? HighlightType.LOWEST_PRIORITY : type.priority();
    }

    /** What its type asks of it: nothing when it fits none. */
    public Criteria criteria() {
        return type == null ? Criteria.NONE : type.criteria();
    }
}
