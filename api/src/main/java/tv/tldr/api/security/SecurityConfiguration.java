package tv.tldr.api.security;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.WebFilterExchange;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.firewall.ServerWebExchangeFirewall;
import org.springframework.security.web.server.util.matcher.NegatedServerWebExchangeMatcher;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.ProblemException;

/** Which requests pass? Those to open paths, and those with something good; no cookie, no form, no state in between. */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
class SecurityConfiguration {
    @Bean
    SecurityWebFilterChain securityFilterChain(
            ServerHttpSecurity http, CredentialReader reader, CredentialAdmission admission, OpenPaths open) {
        AuthenticationWebFilter authentication =
                new AuthenticationWebFilter((ServerWebExchange exchange) -> Mono.<ReactiveAuthenticationManager>just(
                        open.letsStrangersIn(exchange.getRequest()) ? admission::authenticateOrNot : admission));
        authentication.setServerAuthenticationConverter(reader);
        authentication.setRequiresAuthenticationMatcher(new NegatedServerWebExchangeMatcher(open));
        authentication.setAuthenticationSuccessHandler(SecurityConfiguration::goOn);
        return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
                .cors(ServerHttpSecurity.CorsSpec::disable)
                .headers(ServerHttpSecurity.HeaderSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
                .addFilterAt(authentication, SecurityWebFiltersOrder.AUTHENTICATION)
                .authorizeExchange(paths -> paths.matchers(open)
                        .permitAll()
                        .matchers(open::isClosedOperation)
                        .access((admitted, _) -> admitted.flatMap(SecurityConfiguration::requireOperator))
                        .anyExchange()
                        .authenticated())
                .exceptionHandling(failures -> failures.authenticationEntryPoint((exchange, _) -> Mono.error(nothing()))
                        .accessDeniedHandler((exchange, _) -> Mono.error(nothing())))
                .build();
    }

    /** Paths are compared as they were sent, here and by the router alike: what neither knows is answered as not there. */
    @Bean
    ServerWebExchangeFirewall firewall() {
        return ServerWebExchangeFirewall.INSECURE_NOOP;
    }

    private static Mono<Void> goOn(WebFilterExchange filter, Authentication admitted) {
        if (admitted.getPrincipal() instanceof Tenant tenant) {
            tenant.attachTo(filter.getExchange());
        }
        return filter.getChain().filter(filter.getExchange());
    }

    /** Anybody can register: to be somebody is not enough where strangers are kept out. */
    private static Mono<AuthorizationResult> requireOperator(Authentication admitted) {
        return admitted.getPrincipal() instanceof Tenant tenant && tenant.isOperator()
                ? Mono.just(new AuthorizationDecision(true))
                : Mono.error(new ProblemException(
                        ErrorCode.INSUFFICIENT_PERMISSIONS,
                        "This is for whoever runs the installation: with the OPERATIONS_TOKEN, or with a key that has the scope"
                                + " admin and belongs to nobody."));
    }

    private static ProblemException nothing() {
        return new ProblemException(
                ErrorCode.AUTHENTICATION_REQUIRED,
                "Send an API key as X-API-Key: tldr_sk_…, or a key or an access token as Authorization: Bearer ….");
    }
}
