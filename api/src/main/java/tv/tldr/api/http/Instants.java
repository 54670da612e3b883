package tv.tldr.api.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Which instant does a field of a request's body name? */
public final class Instants {
    private static final int LONGEST = 64;

    private Instants() {}

    /** What is in the field, if the database and RFC 3339 can hold it; a fault is noted there. */
    public static Optional<Instant> read(Fields body, String name) {
        return body.text(name, LONGEST).flatMap(text -> {
            try {
                return Optional.of(
                        Parameters.storable(OffsetDateTime.parse(text).toInstant()));
            } catch (DateTimeException | IllegalArgumentException e) {
                body.refuse(name, "must be an instant of RFC 3339, such as 2026-01-31T12:00:00Z");
                return Optional.empty();
            }
        });
    }
}
