package tv.tldr.api.embedded;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What does a {@code .env} file say? Lines of {@code NAME=value}, as Docker and the shell read them; quotes around a value are
 * taken off.
 *
 * @param unreadable the numbers of lines that are something else
 */
record SettingFile(Map<String, String> values, List<Integer> unreadable) {
    private static final String EXPORT = "export ";

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
                    unquoted(line.substring(equals + 1).strip()));
        }
        return new SettingFile(values, unreadable);
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1
                && "\"'".indexOf(value.charAt(0)) >= 0
                && value.charAt(0) == value.charAt(value.length() - 1);
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
