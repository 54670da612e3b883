package tv.tldr.api.webhooks;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** May a customer have this header sent? Not what says how a request is read, where it goes, or that it is ours. */
final class HeaderRules {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e]{0,1024}");
    private static final Set<String> OURS = Set.of(
            "accept",
            "accept-encoding",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "cookie",
            "date",
            "expect",
            "forwarded",
            "host",
            "http2-settings",
            "keep-alive",
            "origin",
            "referer",
            "set-cookie",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "user-agent",
            "via");
    private static final Pattern FAMILIES = Pattern.compile("(webhook|x-tldr|proxy|sec|x-forwarded|x-real|svix)-.*");

    private HeaderRules() {}

    /** What is wrong with it; empty: nothing. */
    static Optional<String> fault(String name, String value) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (!NAME.matcher(name).matches()) {
            return Optional.of("is not the name of a header, of at most 100 characters");
        }
        if (OURS.contains(lower) || FAMILIES.matcher(lower).matches()) {
            return Optional.of("is a header that is not yours to set");
        }
        return VALUE.matcher(value).matches()
                ? Optional.empty()
                : Optional.of("must hold at most 1024 visible ASCII characters");
    }
}
