package tv.tldr.api.http;

import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may ask besides those that hold a key themselves?
 *
 * @param corsOrigins pages of which origins may call the API from a browser, such as {@code https://app.example.com}; one
 *     that is {@code *}: of all; empty: of none but our own
 */
@ConfigurationProperties("tldr.http")
public record HttpProperties(@DefaultValue Set<String> corsOrigins) {
    private static final String ANY = "*";

    public HttpProperties {
        corsOrigins = Set.copyOf(corsOrigins);
    }

    boolean allows(String origin) {
        return corsOrigins.contains(origin) || corsOrigins.contains(ANY);
    }
}
