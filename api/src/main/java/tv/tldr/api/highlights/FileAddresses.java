package tv.tldr.api.highlights;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.FileLink;
import tv.tldr.activities.store.FileLink.Kind;
import tv.tldr.activities.store.FileLinks;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.highlight.HighlightId;

/**
 * At which addresses has a highlight its files? Signed ones, that need no key of the API and are good for some hours. They stay
 * the same for an hour, so that browsers find again what they have.
 */
@Component
public final class FileAddresses {
    static final String FOLDER = "/files/";

    private static final Duration LEAST = Duration.ofHours(6);
    private static final long STEP_SECONDS = 3600;
    /** A key that was changed elsewhere is signed with for as long as this: what is signed then may be void. */
    private static final Duration KEY_KNOWN = Duration.ofSeconds(5);

    private static final int MOST_KNOWN = 10_000;

    private final FileLinks links;
    private final Clock clock;
    private final Cache<OrganizationId, Integer> keys = Caffeine.newBuilder()
            .maximumSize(MOST_KNOWN)
            .expireAfterWrite(KEY_KNOWN)
            .build();

    FileAddresses(FileLinks links, Clock clock) {
        this.links = links;
        this.clock = clock;
    }

    /** To sign those of an organization's highlights. */
    Mono<Signer> of(OrganizationId organization) {
        Integer known = keys.getIfPresent(organization);
        Mono<Integer> key = known != null
                ? Mono.just(known)
                : links.key(organization)
                        .map(current -> current.number())
                        .doOnNext(number -> keys.put(organization, number));
        return key.map(number -> new Signer(links, organization, number, end()));
    }

    /** The key of the organization was changed: from now on nothing is signed with the last one here. */
    public void forget(OrganizationId organization) {
        keys.invalidate(organization);
    }

    private Instant end() {
        long least = clock.instant().plus(LEAST).getEpochSecond();
        return Instant.ofEpochSecond(Math.ceilDiv(least, STEP_SECONDS) * STEP_SECONDS);
    }

    /** Signs with one key, until one moment. */
    record Signer(FileLinks links, OrganizationId organization, int key, Instant until) {
        String address(HighlightId highlight, Kind kind) {
            return FOLDER + links.sign(new FileLink(organization, highlight, kind, key, until));
        }
    }
}
