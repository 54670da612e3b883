package tv.tldr.api.doctor;

import java.util.Map;

/**
 * What can go wrong, what does it mean, and what mends it? {@code checks.yml} has all of them.
 *
 * @param id its name, such as {@code database-behind}
 * @param area what is looked at together, such as {@code database}
 * @param title what is wrong when it is
 * @param looks what the check looks at
 * @param why what it means
 * @param fix the command that mends it, with words to be filled in
 * @param safe whether the doctor may do that itself
 */
public record Check(
        String id, String area, Severity severity, String title, String looks, String why, String fix, boolean safe) {
    /** Between the command and what is said besides. */
    private static final String GAP = " {3}";

    /** The command that mends it, with the words that were found filled in. */
    String command(Map<String, String> words) {
        return part(0, words);
    }

    /** What is to be said besides; may be empty. */
    String remark(Map<String, String> words) {
        return part(1, words);
    }

    private String part(int which, Map<String, String> words) {
        String[] parts = fix.split(GAP, 2);
        String filled = which < parts.length ? parts[which] : "";
        for (Map.Entry<String, String> word : words.entrySet()) {
            filled = filled.replace("{" + word.getKey() + "}", word.getValue());
        }
        return filled;
    }
}
