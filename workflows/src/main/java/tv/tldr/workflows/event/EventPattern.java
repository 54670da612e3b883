package tv.tldr.workflows.event;

import java.util.Arrays;

/**
 * Which events does an endpoint want? {@code *} all, {@code highlight.*} all whose name begins so, else the one of that name.
 *
 * @param text as it was given
 */
public record EventPattern(String text) {
    private static final String ALL = "*";
    private static final String REST = ".*";

    /** Whether it wants an event of this type, by the name on the wire. */
    public boolean matches(String type) {
        return text.equals(ALL)
                || text.equals(type)
                || (text.endsWith(REST) && type.startsWith(text.substring(0, text.length() - 1)));
    }

    /** Whether there is any event that it wants: a word that is misspelt wants none. */
    public boolean wantsAnything() {
        return Arrays.stream(EventType.values()).anyMatch(type -> matches(type.wire()));
    }
}
