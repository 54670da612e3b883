package tv.tldr.api.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tv.tldr.api.embedded.SettingCatalogue;

/** What may a stranger read of a text? Neither what this installation keeps secret, nor what looks like a secret of its customers. */
final class Redaction {
    private static final String GONE = "[redacted]";
    /** Shorter ones would take half of the text with them. */
    private static final int LEAST = 6;

    /** In this order: a password may hold what else would end an address. */
    private static final List<Form> FORMS = List.of(
            form("tldr_sk_[A-Za-z0-9_-]{8,}", "tldr_sk_" + GONE),
            form("whsec_[A-Za-z0-9+/=_-]{8,}", "whsec_" + GONE),
            // JSON Web Tokens.
            form("eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*", GONE),
            form("(?i)(authorization|x-api-key|cookie)(\"?\\s*[:=]\\s*\"?)[^\"\\r\\n,]+", "$1$2" + GONE),
            // Passwords in URLs, up to the last @, what is signed into them, and tokens of the links in mails.
            form("(?i)([a-z][a-z0-9+.-]*://)[^/\\s:\"]*:[^\\s\"]*@", "$1" + GONE + "@"),
            form("(?i)([a-z][a-z0-9+.-]*://[^\\s\"?#]+)([?#])[^\\s\"]+", "$1$2" + GONE),
            form("(?i)(token=)[^\\s\"&]+", "$1" + GONE));

    private record Form(Pattern pattern, String instead) {}

    private final List<String> secrets;

    /** @param settings by name; of those that are secrets, or hold one, it is in no text */
    Redaction(Map<String, String> settings) {
        this.secrets = SettingCatalogue.all().stream()
                .flatMap(setting -> setting.secrets(settings.getOrDefault(setting.name(), "")).stream())
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
        for (Form form : FORMS) {
            told = form.pattern().matcher(told).replaceAll(form.instead());
        }
        return told;
    }

    private static Form form(String pattern, String instead) {
        return new Form(Pattern.compile(pattern), instead);
    }
}
