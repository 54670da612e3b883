package tv.tldr.api.security;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.ProblemException;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.account.Role;
import tv.tldr.workflows.account.Scope;

/**
 * On whose behalf is a request? A controller that takes one is reached only with a valid key or by somebody who is signed in,
 * and scopes everything it reads or writes by the organization.
 *
 * @param place null: somebody who belongs to no organization, and may do what concerns themselves and make one
 * @param scopes what may be done
 */
public record Tenant(@Nullable Place place, Actor actor, Set<Scope> scopes) {
    private static final String ATTRIBUTE = Tenant.class.getName();

    public Tenant {
        scopes = Set.copyOf(scopes);
    }

    /**
     * Where somebody is something.
     *
     * @param role of the user, or of the user who made the key, as it is now
     */
    public record Place(OrganizationId organizationId, Role role) {}

    public Tenant(OrganizationId organizationId, Actor actor, Role role, Set<Scope> scopes) {
        this(new Place(organizationId, role), actor, scopes);
    }

    /** Somebody who belongs to no organization. */
    static Tenant nowhere(Actor.Person person) {
        return new Tenant(null, person, Set.of());
    }

    /** The organization, for whom it is no matter when there is none. */
    public Optional<OrganizationId> organization() {
        return Optional.ofNullable(place).map(Place::organizationId);
    }

    /** @throws ProblemException INSUFFICIENT_PERMISSIONS for somebody who belongs to none */
    public OrganizationId organizationId() {
        return somewhere().organizationId();
    }

    /** @throws ProblemException INSUFFICIENT_PERMISSIONS for somebody who belongs to no organization */
    public Role role() {
        return somewhere().role();
    }

    private Place somewhere() {
        if (place == null) {
            throw new ProblemException(
                    ErrorCode.INSUFFICIENT_PERMISSIONS,
                    "This is done in an organization, and you belong to none: make one with POST /api/v1/organizations, or"
                            + " have somebody invite you, and then POST /api/v1/auth/refresh.");
        }
        return place;
    }

    /** Whose request it is, for filters behind the one that admits; empty where nobody needs to be admitted. */
    public static Optional<Tenant> of(ServerWebExchange exchange) {
        return Optional.ofNullable(exchange.getAttribute(ATTRIBUTE));
    }

    void attachTo(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }

    /**
     * Goes on when {@code scope}, such as {@code streams:read}, is among those of the caller.
     *
     * @throws ProblemException INSUFFICIENT_PERMISSIONS
     */
    public void require(String scope) {
        Scope needed = Scope.named(scope).orElseThrow(() -> new IllegalArgumentException("no scope: " + scope));
        Role role = role();
        if (!scopes.contains(needed)) {
            throw new ProblemException(
                    ErrorCode.INSUFFICIENT_PERMISSIONS,
                    switch (actor) {
                        case Actor.Key _ -> "This API key lacks the scope " + scope + ".";
                        case Actor.Person _ -> "The role " + role + " lacks the scope " + scope + ".";
                    });
        }
    }

    /**
     * The person who is signed in.
     *
     * @throws ProblemException INSUFFICIENT_PERMISSIONS for an API key
     */
    public Actor.Person requirePerson() {
        return switch (actor) {
            case Actor.Person person -> person;
            case Actor.Key _ ->
                throw new ProblemException(
                        ErrorCode.INSUFFICIENT_PERMISSIONS,
                        "This is for a person who is signed in, not for an API key: POST /api/v1/auth/login.");
        };
    }

    /** Whether it is whoever runs the installation: with a key that belongs to nobody, and may do everything. */
    public boolean isOperator() {
        return isAdmin() && actor instanceof Actor.Key key && key.creator() == null;
    }

    /** Whether everything in the organization is the caller's to see and change. */
    public boolean isAdmin() {
        return scopes.contains(Scope.ADMIN);
    }
}
