package tv.tldr.api.keys;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.egress.AddressRange;
import tv.tldr.activities.store.ApiKey;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.ProblemException;

/**
 * How far may keys go that somebody makes or changes? A key makes none that outlives it, that is good from more addresses or
 * more often, and one that has a successor makes and changes none.
 *
 * @param own the key that asks; null: a person
 */
record KeyBounds(@Nullable ApiKey own) {
    static final KeyBounds OF_A_PERSON = new KeyBounds(null);

    /** @throws ProblemException INSUFFICIENT_PERMISSIONS, when the key that asks has been rotated */
    KeyBounds {
        if (own != null && own.successor() != null) {
            throw new ProblemException(
                    ErrorCode.INSUFFICIENT_PERMISSIONS,
                    "This key has been rotated; its successor makes and changes keys.");
        }
    }

    /** @throws ProblemException INSUFFICIENT_PERMISSIONS with all that would go too far */
    void require(KeyReader.Wanted wanted) {
        require(wanted.expiresAt(), wanted.ipAllowList(), wanted.requestsPerMinute());
    }

    /** The same for a key that is there. */
    void require(ApiKey key) {
        require(key.expiresAt(), key.ipAllowList(), key.requestsPerMinute());
    }

    private void require(@Nullable Instant expiresAt, List<String> ranges, @Nullable Integer requests) {
        if (own == null) {
            return;
        }
        List<String> beyond = new ArrayList<>();
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
        if (!beyond.isEmpty()) {
            throw new ProblemException(
                    ErrorCode.INSUFFICIENT_PERMISSIONS,
                    "The key would be beyond your own: " + String.join("; ", beyond) + ".");
        }
    }

    private static boolean isWithin(List<String> ranges, List<String> allowed) {
        List<AddressRange> wide = allowed.stream().map(AddressRange::parse).toList();
        return !ranges.isEmpty()
                && ranges.stream().map(AddressRange::parse).allMatch(range -> wide.stream()
                        .anyMatch(one -> one.contains(range)));
    }
}
