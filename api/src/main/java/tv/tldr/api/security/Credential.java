package tv.tldr.api.security;

import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

/** What was presented, before and after it was admitted. */
final class Credential extends AbstractAuthenticationToken {
    /** Which of the two ways in was taken. */
    enum Kind {
        API_KEY,
        ACCESS_TOKEN
    }

    private static final long serialVersionUID = 1;

    private final Kind kind;
    private final String text;
    private final transient @Nullable InetAddress address;
    private final transient @Nullable Tenant tenant;

    private Credential(
            Kind kind, String text, @Nullable InetAddress address, @Nullable Tenant tenant, boolean admitted) {
        super(AuthorityUtils.NO_AUTHORITIES);
        this.kind = kind;
        this.text = text;
        this.address = address;
        this.tenant = tenant;
        super.setAuthenticated(admitted);
    }

    static Credential presented(Kind kind, String text, Optional<InetAddress> address) {
        return new Credential(kind, text, address.orElse(null), null, false);
    }

    /** The text is of no more use. */
    Credential admitted(Tenant whose) {
        return new Credential(kind, "", address, whose, true);
    }

    /** Nobody could look whether it is good: who shows it is let in as a stranger. */
    Credential unread() {
        return new Credential(kind, "", address, null, true);
    }

    Kind kind() {
        return kind;
    }

    Optional<InetAddress> address() {
        return Optional.ofNullable(address);
    }

    @Override
    public String getCredentials() {
        return text;
    }

    @Override
    public @Nullable Tenant getPrincipal() {
        return tenant;
    }

    /** Without what was presented. */
    @Override
    public String toString() {
        return "Credential[" + kind + "]";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
