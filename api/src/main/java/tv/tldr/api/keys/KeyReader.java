package tv.tldr.api.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.store.ApiKey;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.Fields;
import tv.tldr.api.http.Instants;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.security.AddressRanges;
import tv.tldr.api.security.Tenant;
import tv.tldr.workflows.account.Scope;

/** What is a key to be like? Read from a request, whole and without fault. */
final class KeyReader {
    private static final int LONGEST_NAME = 100;
    private static final int MOST_SCOPES = 30;
    private static final int LONGEST_WORD = 64;
    private static final int MOST_REQUESTS = 1_000_000;
    private static final int LONGEST_OVERLAP = (int) Duration.ofDays(30).toSeconds();
    private static final int USUAL_OVERLAP = (int) Duration.ofDays(1).toSeconds();

    private KeyReader() {}

    /**
     * @param requestsPerMinute null: as many as the organization may
     * @param expiresAt null: never
     */
    record Wanted(
            String name,
            Set<String> scopes,
            List<String> ipAllowList,
            @Nullable Integer requestsPerMinute,
            @Nullable Instant expiresAt) {
        ApiKey of(ApiKey key) {
            return key.with(name, scopes, ipAllowList, requestsPerMinute, expiresAt);
        }
    }

    /**
     * A key that is to be made.
     *
     * @throws ProblemException with every fault, or when the scopes are more than those of {@code tenant}
     */
    static Wanted read(Tenant tenant, Fields body, Instant now) {
        return read(tenant, body, now, null);
    }

    /**
     * What is to become of a key.
     *
     * @param end when it ends as it is, which may stay so though that is over; null: never
     */
    static Wanted read(Tenant tenant, Fields body, Instant now, @Nullable Instant end) {
        String name = body.requiredText("name", LONGEST_NAME);
        if (name.isBlank() && body.isSound("name")) {
            body.refuse("name", "must not be empty");
        }
        Set<String> scopes = scopes(body);
        List<String> ranges = AddressRanges.read(body, "ip_allow_list");
        Optional<Integer> requestsPerMinute = body.integer("requests_per_minute", 1, MOST_REQUESTS);
        Optional<Instant> expiresAt = Instants.read(body, "expires_at");
        expiresAt
                .filter(at -> !at.isAfter(now) && !at.equals(end))
                .ifPresent(at -> body.refuse("expires_at", "must lie in the future"));
        body.finish();
        requireWithin(tenant, scopes, "would be beyond your own");
        return new Wanted(name.strip(), scopes, ranges, requestsPerMinute.orElse(null), expiresAt.orElse(null));
    }

    /** @throws ProblemException INSUFFICIENT_PERMISSIONS when {@code scopes} are more than those of {@code tenant} */
    static void requireWithin(Tenant tenant, Set<String> scopes, String what) {
        List<String> beyond = Scope.beyond(scopes, tenant.scopes());
        if (!beyond.isEmpty()) {
            throw new ProblemException(
                    ErrorCode.INSUFFICIENT_PERMISSIONS,
                    "The key " + what + ": "
                            + String.join(", ", beyond.stream().sorted().toList()) + ".");
        }
    }

    /** For how long a key that is rotated goes on beside the one in its place. */
    static Duration overlap(Fields body) {
        int seconds = body.integer("overlap_seconds", 0, LONGEST_OVERLAP).orElse(USUAL_OVERLAP);
        body.finish();
        return Duration.ofSeconds(seconds);
    }

    private static Set<String> scopes(Fields body) {
        Optional<List<String>> given = body.texts("scopes", MOST_SCOPES, LONGEST_WORD);
        if (given.isEmpty() || given.get().isEmpty()) {
            if (body.isSound("scopes")) {
                body.refuse("scopes", "must hold at least one of " + String.join(", ", Scope.words()));
            }
            return Set.of();
        }
        List<String> words = given.get();
        for (int i = 0; i < words.size(); i++) {
            if (!Scope.isKnown(words.get(i))) {
                body.refuse("scopes[" + i + "]", "is not a scope; there are " + String.join(", ", Scope.words()));
            }
        }
        return new LinkedHashSet<>(words);
    }
}
