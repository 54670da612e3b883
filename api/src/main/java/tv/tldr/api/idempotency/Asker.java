package tv.tldr.api.idempotency;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tv.tldr.activities.store.IdempotencyOwner;
import tv.tldr.api.http.Fields;
import tv.tldr.api.http.JsonBody;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.security.Tenant;
import tv.tldr.workflows.account.Scope;
import tv.tldr.workflows.account.UserId;

/**
 * Who sends a request that may come again?
 *
 * @param owner to whom its key belongs
 * @param person who acts, or empty; what somebody made is not shown to others of the organization as theirs
 * @param scopes what may be done
 */
record Asker(IdempotencyOwner owner, String person, Set<String> scopes) {
    private static final int LONGEST_NAME = 1024;

    Asker {
        scopes = Set.copyOf(scopes);
    }

    static Asker of(Tenant tenant) {
        UserId person = tenant.actor().user();
        String id = person == null ? "" : person.toString();
        return new Asker(
                tenant.organization()
                        .<IdempotencyOwner>map(own -> new IdempotencyOwner.Tenant(own, id))
                        .orElseGet(() -> new IdempotencyOwner.Stranger("person " + person)),
                id,
                tenant.scopes().stream().map(Scope::word).collect(Collectors.toSet()));
    }

    /** Whom a body names that comes without a key or a sign-in; empty when it names nobody, and will be refused for that. */
    static Optional<Asker> named(byte[] body) {
        return name(body).map(name -> new Asker(new IdempotencyOwner.Stranger(name), "", Set.of()));
    }

    private static Optional<String> name(byte[] body) {
        Fields fields;
        try {
            fields = JsonBody.parse(body);
        } catch (ProblemException unreadable) {
            return Optional.empty();
        }
        return Stream.of("email", "refresh_token", "token")
                .flatMap(field -> fields
                        .text(field, LONGEST_NAME)
                        .map(text -> field + " " + (field.equals("email") ? normal(text) : text))
                        .stream())
                .findFirst();
    }

    private static String normal(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }
}
