package tv.tldr.api.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tv.tldr.api.embedded.Setting;
import tv.tldr.api.embedded.SettingCatalogue;

/** What may a stranger read of a text? Neither what this installation keeps secret, nor what looks like a secret of its customers. */
final class Redaction {
    private static final String GONE = "[redacted]";
    /** Shorter ones would take half of the text with them. */
    private static final int LEAST = 6;

    private static final Map<Pattern, String> FORMS = Map.of(
            Pattern.compile("tldr_sk_[A-Za-z0-9_-]{8,}"), "tldr_sk_" + GONE,
            Pattern.compile("whsec_[A-Za-z0-9+/=_-]{8,}"), "whsec_" + GONE,
            // JSON Web Tokens.
            Pattern.compile("eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*"), GONE,
            Pattern.compile("(?i)(authorization|x-api-key|cookie)(\"?\\s*[:=]\\s*\"?)[^\"\\r\\n,]+"), "$1$2" + GONE,
            // Passwords in URLs, and what is signed into them.
            Pattern.compile("([a-z][a-z0-9+.-]*://)[^/\\s:@\"]+:[^/\\s@\"]+@"), "$1" + GONE + "@",
            Pattern.compile("([a-z][a-z0-9+.-]*://[^\\s\"?]+)\\?[^\\s\"]+"), "$1?" + GONE);

    private final List<String> secrets;

    /** @param settings by name; of those that are secrets, no value is in a text */
    Redaction(Map<String, String> settings) {
        this.secrets = SettingCatalogue.all().stream()
                .filter(Setting::isSecret)
                .map(setting -> settings.getOrDefault(setting.name(), ""))
                .filter(value -> value.length() >= LEAST)
                // A longer one may hold a shorter one.
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    String of(String text) {
        String told = text;
        for (String secret : secrets) {
            told = told.replace(secret, GONE);
        }
        for (Map.Entry<Pattern, String> form : FORMS.entrySet()) {
            told = form.getKey().matcher(told).replaceAll(form.getValue());
        }
        return told;
    }
}
