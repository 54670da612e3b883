package tv.tldr.api.security;

import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.ProblemException;

/** How does a controller learn its {@link Tenant}? From what the filter left; without one it is not reached. */
@Component
final class TenantResolver implements HandlerMethodArgumentResolver, WebFluxConfigurer {
    @Override
    public void configureArgumentResolvers(ArgumentResolverConfigurer configurer) {
        configurer.addCustomResolver(this);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Tenant.class;
    }

    @Override
    public Mono<Object> resolveArgument(
            MethodParameter parameter, BindingContext bindingContext, ServerWebExchange exchange) {
        return Mono.<Object>justOrEmpty(Tenant.of(exchange))
                .switchIfEmpty(
                        Mono.error(() -> new ProblemException(ErrorCode.AUTHENTICATION_REQUIRED, "Send an API key.")));
    }
}
