package tv.tldr.workflows.selection;

/**
 * Was a candidate kept, and which rule decided?
 *
 * @param rule the rule that decided
 * @param distance how far it was from being decided otherwise, in the rule's own unit (confidence or seconds); negative
 *     when dropped
 * @param explanation the decision in one sentence with its numbers
 */
public record Verdict(Rule rule, double distance, String explanation) {
    /** Whether the candidate became a highlight. */
    public boolean kept() {
        return rule == Rule.SELECTED;
    }
}
