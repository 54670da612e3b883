package tv.tldr.api.export;

import java.text.Normalizer;
import java.util.regex.Pattern;

/** What is left of a text where a format knows only lines, or only ASCII? */
final class PlainText {
    private static final Pattern CONTROL = Pattern.compile("[\\s\\p{Cntrl}\\u2028\\u2029\\ufffe\\uffff]+");
    private static final Pattern UNPAIRED =
            Pattern.compile("[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]");
    private static final Pattern MARKS = Pattern.compile("\\p{Mn}+");
    private static final Pattern FOREIGN = Pattern.compile("[^ -~]");

    private PlainText() {}

    /** On one line, without what no text file may hold. */
    static String line(String text) {
        String paired = UNPAIRED.matcher(text).replaceAll("?");
        return CONTROL.matcher(paired).replaceAll(" ").strip();
    }

    /** The same in ASCII: accents go, and what has no letter in it becomes a question mark. */
    static String ascii(String text) {
        String bare = MARKS.matcher(Normalizer.normalize(line(text), Normalizer.Form.NFD))
                .replaceAll("");
        return FOREIGN.matcher(bare).replaceAll("?");
    }
}
