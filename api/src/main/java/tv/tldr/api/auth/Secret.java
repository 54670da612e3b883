package tv.tldr.api.auth;

import tv.tldr.api.http.Fields;

/** What proves something: a password or a token, as it is told. */
final class Secret {
    /** None of ours is longer. */
    private static final int LONGEST = 1024;

    private Secret() {}

    /** Reads one that must be there; a fault is noted in {@code body}. */
    static String read(Fields body, String name) {
        return body.requiredText(name, LONGEST);
    }
}
