package tv.tldr.api.http;

import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webflux.autoconfigure.WebFluxRegistrations;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ServerWebExchange;

/**
 * Which methods does a path have? Where it is written out, those that are written beside it: {@code /highlights/bulk} is no
 * highlight, and a method that it has not is refused instead of looking for a thing of that name.
 */
final class PathsAsWritten extends RequestMappingHandlerMapping {
    private Set<String> writtenOut = Set.of();

    @Override
    public void afterPropertiesSet() {
        super.afterPropertiesSet();
        writtenOut = getHandlerMethods().keySet().stream()
                .flatMap(mapping -> mapping.getDirectPaths().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    protected @Nullable RequestMappingInfo getMatchingMapping(RequestMappingInfo mapping, ServerWebExchange exchange) {
        return isMeant(mapping, exchange) ? super.getMatchingMapping(mapping, exchange) : null;
    }

    @Override
    protected @Nullable HandlerMethod handleNoMatch(Set<RequestMappingInfo> mappings, ServerWebExchange exchange)
            throws Exception {
        return super.handleNoMatch(
                mappings.stream().filter(mapping -> isMeant(mapping, exchange)).collect(Collectors.toSet()), exchange);
    }

    private boolean isMeant(RequestMappingInfo mapping, ServerWebExchange exchange) {
        String path = exchange.getRequest().getPath().pathWithinApplication().value();
        return !writtenOut.contains(path) || mapping.getDirectPaths().contains(path);
    }

    /** Puts it in the place of the usual one. */
    @Component
    static final class Registration implements WebFluxRegistrations {
        @Override
        public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
            return new PathsAsWritten();
        }
    }
}
