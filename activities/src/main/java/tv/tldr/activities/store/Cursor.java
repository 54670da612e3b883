package tv.tldr.activities.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where does a page begin? Behind the row with this sort key and id: rows that come or go elsewhere move nothing.
 *
 * @param key the row's sort key, as text
 * @param id the row's id, which parts equal keys
 */
public record Cursor(String key, UUID id) {
    /** Behind the row that was made then. */
    static Cursor made(Instant at, UUID id) {
        return new Cursor(at.toString(), id);
    }

    /** @throws IllegalArgumentException when {@code text} was not made by {@link #toString()} */
    public static Cursor parse(String text) {
        String plain = new String(Base64.getUrlDecoder().decode(text), UTF_8);
        int space = plain.indexOf(' ');
        if (space < 0) {
            throw foreign(null);
        }
        return new Cursor(plain.substring(space + 1), UUID.fromString(plain.substring(0, space)));
    }

    /** The sort key of a list by time of creation. */
    Instant instant() {
        try {
            return Instant.parse(key);
        } catch (DateTimeParseException e) {
            throw foreign(e);
        }
    }

    /** The sort key of a list by a number. */
    double number() {
        try {
            return Double.parseDouble(key);
        } catch (NumberFormatException e) {
            throw foreign(e);
        }
    }

    private static IllegalArgumentException foreign(@Nullable Throwable cause) {
        return new IllegalArgumentException("the cursor is not one of this list; begin again without it", cause);
    }

    /** Text for a URL. */
    @Override
    public String toString() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((id + " " + key).getBytes(UTF_8));
    }
}
