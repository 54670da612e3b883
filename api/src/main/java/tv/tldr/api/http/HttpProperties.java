package tv.tldr.api.http;

import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may ask besides those that hold a key themselves, and how slowly?
 *
 * @param corsOrigins pages of which origins may call the API from a browser, such as {@code https://app.example.com}; one
 *     that is {@code *}: of all; empty: of none but our own
 * @param apiEnabled whether this process answers more than what its operators ask
 * @param requestPatience a request comes within this time, and a second more for each KiB of it
 */
@ConfigurationProperties("tldr.http")
public record HttpProperties(
        @DefaultValue Set<String> corsOrigins,
        @DefaultValue("true") boolean apiEnabled,
        @DefaultValue("20s") Duration requestPatience) {
    private static final String ANY = "*";

    public HttpProperties {
        corsOrigins = Set.copyOf(corsOrigins);
    }

    boolean allows(String origin) {
        return corsOrigins.contains(origin) || corsOrigins.contains(ANY);
    }
}
