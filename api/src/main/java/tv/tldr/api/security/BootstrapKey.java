package tv.tldr.api.security;

import java.util.Set;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.AccountStore;
import tv.tldr.activities.store.IssuedKey;
import tv.tldr.workflows.account.OrganizationId;

/** How does the first person get in? One organization and one key are made when there are none; the key is told once. */
@Component
public final class BootstrapKey {
    private static final String ORGANIZATION = "default";
    private static final Set<String> SCOPES = Set.of("admin");

    private final AccountStore accounts;

    BootstrapKey(AccountStore accounts) {
        this.accounts = accounts;
    }

    /**
     * Makes the first organization and its key; empty when there is an organization already. Many processes may ask at
     * once: one of them gets the key.
     */
    public Mono<IssuedKey> issueFirst() {
        return accounts.bootstrap(ORGANIZATION, SCOPES);
    }

    /** Whether the first one is still to be made. */
    public Mono<Boolean> isWanted() {
        return accounts.firstOrganization().hasElement().map(there -> !there);
    }

    /** Makes a key that may do everything in an organization, for whoever runs the installation. */
    public Mono<IssuedKey> issueFor(OrganizationId organization, String name) {
        return accounts.issueKey(organization, name, SCOPES, null);
    }

    /**
     * Makes another key for the first organization, for whoever owns the machine and has lost the first one.
     *
     * @param name what the key is for, such as {@code cli}
     */
    public Mono<IssuedKey> issueAnother(String name) {
        return accounts.firstOrganization()
                .flatMap(organization -> issueFor(organization, name))
                .switchIfEmpty(Mono.defer(this::issueFirst));
    }
}
