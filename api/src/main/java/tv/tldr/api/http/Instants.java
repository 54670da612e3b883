package tv.tldr.api.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Which instant does a text of a request name? */
public final class Instants {
    static final String FORM = "must be an instant of RFC 3339, such as 2026-01-31T12:00:00Z";

    private static final int LONGEST = 64;
    private static final Instant FIRST = Instant.parse("0001-01-02T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-30T00:00:00Z");

    private Instants() {}

    /** What is in the field; a fault is noted there. */
    public static Optional<Instant> read(Fields body, String name) {
        return body.text(name, LONGEST).flatMap(text -> {
            try {
                return Optional.of(parse(text));
            } catch (IllegalArgumentException e) {
                body.refuse(name, FORM);
                return Optional.empty();
            }
        });
    }

    /** @throws IllegalArgumentException when it is none, or the database and RFC 3339 cannot hold it */
    static Instant parse(String text) {
        Instant instant;
        try {
            instant = OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(e);
        }
        if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
            throw new IllegalArgumentException("out of range");
        }
        return instant;
    }
}
