package tv.tldr.api.usage;

import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import tv.tldr.api.http.LogFields;
import tv.tldr.api.security.Tenant;
import tv.tldr.workflows.account.OrganizationId;

/** Whose request is counted? That of everybody who is known to act for an organization and was not told to come later. */
@Component
@Order(10)
public final class ApiCallFilter implements WebFilter {
    private final ApiCalls calls;

    ApiCallFilter(ApiCalls calls) {
        this.calls = calls;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        Optional<OrganizationId> known = Tenant.of(exchange).flatMap(Tenant::organization);
        if (known.isEmpty()) {
            return chain.filter(exchange);
        }
        OrganizationId organization = known.get();
        calls.count(organization);
        return chain.filter(exchange).contextWrite(LogFields.with(LogFields.ORGANIZATION, organization.toString()));
    }
}
