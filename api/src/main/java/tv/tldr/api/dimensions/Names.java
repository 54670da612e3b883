package tv.tldr.api.dimensions;

import java.util.regex.Pattern;
import tv.tldr.api.http.Fields;
import tv.tldr.workflows.scoring.Classification;
import tv.tldr.workflows.scoring.ScoreFormula;

/** What may dimensions and highlight types be called, so that formulas and templates can name them? */
public final class Names {
    /** Characters of an id. */
    public static final int LONGEST = 64;

    /** Characters of a name for people. */
    static final int LONGEST_NAME = 100;

    /** Characters of a description. */
    static final int LONGEST_DESCRIPTION = 1000;

    private static final Pattern LOWER_SNAKE = Pattern.compile("[a-z][a-z0-9_]*");

    private static final String STAND_IN = "faulty";

    private Names() {}

    /** {@code id}, or what stands in for a missing one behind its fault. */
    static String orStandIn(String id) {
        return id.isBlank() ? STAND_IN : id;
    }

    /** The field {@code id}, with its faults noted; blank when it is missing. */
    static String read(Fields fields) {
        String id = fields.requiredText("id", LONGEST);
        if (fields.isSound("id")) {
            check(fields, "id", id);
        }
        return id;
    }

    /** Notes what is wrong with {@code id}, which stands in the field {@code name}. */
    public static void check(Fields fields, String name, String id) {
        if (id.length() > LONGEST || !LOWER_SNAKE.matcher(id).matches()) {
            fields.refuse(
                    name,
                    "must be lower_snake_case: a letter, then letters, digits and underscores, at most " + LONGEST
                            + " characters, such as clutch_moment");
        } else if (id.equals(Classification.TOTAL) || ScoreFormula.FUNCTIONS.contains(id)) {
            fields.refuse(name, "must not be " + id + ", which means something else in formulas");
        }
    }
}
