package tv.tldr.api.keys;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.egress.AddressRange;
import tv.tldr.activities.store.ApiKey;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.security.Tenant;
import tv.tldr.workflows.account.Scope;

/**
 * How far may keys go that somebody makes, changes or revokes? A key makes none that outlives it, that is good from more
 * addresses or more often, and lays no hand on one that is; one that has a successor does so with none.
 *
 * @param tenant who asks, with what they may do
 * @param own the key that asks; null: a person
 */
record KeyBounds(Tenant tenant, @Nullable ApiKey own) {
    /** @throws ProblemException INSUFFICIENT_PERMISSIONS, when the key that asks has been rotated */
    KeyBounds {
        if (own != null && own.successor() != null) {
            throw new ProblemException(
                    ErrorCode.INSUFFICIENT_PERMISSIONS,
                    "This key has been rotated; its successor makes, changes and revokes keys.");
        }
    }

    /** @throws ProblemException INSUFFICIENT_PERMISSIONS with all that would go too far */
    void require(KeyReader.Wanted wanted) {
        require("would be", beyond(wanted.expiresAt(), wanted.ipAllowList(), wanted.requestsPerMinute()));
    }

    /** The same for a key that is there. */
    void require(ApiKey key) {
        KeyReader.requireWithin(tenant, key.scopes(), "is beyond your own scopes");
        require("is", beyond(key.expiresAt(), key.ipAllowList(), key.requestsPerMinute()));
    }

    /** Whether a key that is there goes no further. */
    boolean reach(ApiKey key) {
        return Scope.beyond(key.scopes(), tenant.scopes()).isEmpty()
                && beyond(key.expiresAt(), key.ipAllowList(), key.requestsPerMinute())
                        .isEmpty();
    }

    private static void require(String verb, List<String> beyond) {
        if (!beyond.isEmpty()) {
            throw new ProblemException(
                    ErrorCode.INSUFFICIENT_PERMISSIONS,
                    "The key " + verb + " beyond your own: " + String.join("; ", beyond) + ".");
        }
    }

    private List<String> beyond(@Nullable Instant expiresAt, List<String> ranges, @Nullable Integer requests) {
        List<String> beyond = new ArrayList<>();
        if (own == null) {
            return beyond;
        }
        Instant end = own.expiresAt();
        if (end != null && (expiresAt == null || expiresAt.isAfter(end))) {
            beyond.add("expires_at may be " + end + " at most");
        }
        if (!own.ipAllowList().isEmpty() && !isWithin(ranges, own.ipAllowList())) {
            beyond.add("ip_allow_list may hold addresses in " + String.join(", ", own.ipAllowList()));
        }
        Integer most = own.requestsPerMinute();
        if (most != null && (requests == null || requests > most)) {
            beyond.add("requests_per_minute may be " + most + " at most");
        }
        return beyond;
    }

    private static boolean isWithin(List<String> ranges, List<String> allowed) {
        List<AddressRange> wide = allowed.stream().map(AddressRange::parse).toList();
        return !ranges.isEmpty()
                && ranges.stream().map(AddressRange::parse).allMatch(range -> wide.stream()
                        .anyMatch(one -> one.contains(range)));
    }
}
