package tv.tldr.api.http;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which limit of the plan stands in the way?
 *
 * @param name what is limited, such as {@code stream_hours}
 * @param used so much of it, in the limit's own unit
 * @param reset when it begins again from nothing; null: it does not, but grows less when something ends or is deleted
 */
public record Quota(
        String name, double used, double limit, @Nullable Instant reset) {}
