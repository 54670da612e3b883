package tv.tldr.api.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * After which entry does the next page begin? Opaque to clients, so that its content may change.
 *
 * @param list which list, in which order, it belongs to: a cursor of another one is refused
 * @param keys the sort keys of the last entry that was seen
 */
public record PageToken(String list, List<String> keys) {
    private static final String SEPARATOR = "|";

    public PageToken {
        keys = List.copyOf(keys);
    }

    /** What the {@code list} below {@code parent} is called: below another one it is another list. */
    public static String listBelow(String parent, String list) {
        return list + "-of-" + parent;
    }

    /** The text for the wire. */
    public String encode() {
        String text = list + SEPARATOR + String.join(SEPARATOR, keys);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws IllegalArgumentException when {@code text} was not made by {@link #encode} for {@code list} */
    static PageToken parse(String list, String text) {
        List<String> parts =
                List.of(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("\\|", -1));
        if (parts.size() < 2 || !parts.getFirst().equals(list)) {
            throw new IllegalArgumentException("not a cursor of " + list);
        }
        return new PageToken(list, parts.subList(1, parts.size()));
    }
}
