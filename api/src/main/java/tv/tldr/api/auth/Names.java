package tv.tldr.api.auth;

import tv.tldr.api.http.Fields;

/** What may people and organizations be called? Anything that can be seen. */
public final class Names {
    private static final int LONGEST = 100;

    private Names() {}

    /** Reads one that must be there; a fault is noted in {@code body}. */
    public static String read(Fields body, String name) {
        String text = body.requiredText(name, LONGEST).strip();
        if (body.isSound(name) && (text.isEmpty() || text.chars().anyMatch(Character::isISOControl))) {
            body.refuse(name, "must be 1 to " + LONGEST + " characters that can be seen");
        }
        return text;
    }
}
