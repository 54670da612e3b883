package tv.tldr.api.embedded;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What does a {@code .env} file say? Lines of {@code NAME=value}, as Docker Compose and the shell read them: quotes around a
 * value are taken off, and so is what stands behind it after a space and a #.
 *
 * @param unreadable the numbers of lines that are something else
 */
record SettingFile(Map<String, String> values, List<Integer> unreadable) {
    private static final String EXPORT = "export ";
    private static final Pattern QUOTED =
            Pattern.compile("\\s*(?:\"(?<double>(?:[^\"\\\\]|\\\\.)*)\"|'(?<single>[^']*)')\\s*(?:\\s#.*)?");
    /** A # that stands in the middle of a word belongs to it. */
    private static final Pattern REMARK = Pattern.compile("\\s#.*$");

    static SettingFile parse(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        List<Integer> unreadable = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().map(String::strip).toList()) {
            number++;
            int equals = line.indexOf('=');
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (equals < 1) {
                unreadable.add(number);
                continue;
            }
            String name = line.substring(0, equals).strip();
            values.put(
                    name.startsWith(EXPORT) ? name.substring(EXPORT.length()).strip() : name,
                    value(line.substring(equals + 1)));
        }
        return new SettingFile(values, unreadable);
    }

    /** Without its quotes, and without the remark behind it. */
    private static String value(String written) {
        Matcher quoted = QUOTED.matcher(written);
        return quoted.matches()
                ? Objects.requireNonNullElse(quoted.group("double"), quoted.group("single"))
                : REMARK.matcher(written).replaceFirst("").strip();
    }
}
