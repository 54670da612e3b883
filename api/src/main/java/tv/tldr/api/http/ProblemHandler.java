package tv.tldr.api.http;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.web.server.ContentTooLargeException;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;
import tools.jackson.databind.json.JsonMapper;

/** The one place where a failure becomes an answer: problem details, never a stack trace. */
@Component
@Order(-2)
public final class ProblemHandler implements ErrorWebExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);
    private static final String RETRY_AFTER_SECONDS = "2";

    private final JsonMapper json;

    public ProblemHandler(JsonMapper json) {
        this.json = json;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        ServerHttpResponse response = exchange.getResponse();
        // Nobody listens any more to whom anything could be said: no fault of ours.
        if (failure instanceof AbortedException) {
            return Mono.empty();
        }
        if (response.isCommitted()) {
            return Mono.error(failure);
        }
        ProblemException problem = understand(failure);
        tell(exchange, problem, failure);
        Problem body = Problem.of(
                problem.code(),
                problem.status(),
                problem.detail(),
                problem.errors(),
                problem.quota(),
                exchange.getRequest().getPath().value(),
                RequestIdFilter.of(exchange));
        response.setStatusCode(problem.status());
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        response.getHeaders().setCacheControl("no-store");
        addRemedy(response.getHeaders(), problem, failure);
        byte[] bytes = json.writeValueAsBytes(body);
        response.getHeaders().setContentLength(bytes.length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(bytes)));
    }

    private static ProblemException understand(Throwable failure) {
        return switch (failure) {
            case ProblemException known -> known;
            case MethodNotAllowedException wrong ->
                ProblemException.refused(
                        HttpStatus.METHOD_NOT_ALLOWED,
                        wrong.getHttpMethod() + " is not possible here; possible: "
                                + names(possible(wrong).stream().toList()) + ".");
            case UnsupportedMediaTypeStatusException wrong ->
                ProblemException.refused(
                        HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                        "Send the body as Content-Type: "
                                + wrong.getSupportedMediaTypes().stream()
                                        .findFirst()
                                        .orElse(MediaType.APPLICATION_JSON) + ".");
            case NotAcceptableStatusException wrong ->
                ProblemException.refused(
                        HttpStatus.NOT_ACCEPTABLE, "This answer exists as " + wrong.getSupportedMediaTypes() + ".");
            case InvalidMimeTypeException unreadable -> unreadable(unreadable.getMimeType());
            case InvalidMediaTypeException unreadable -> unreadable(unreadable.getMediaType());
            case ContentTooLargeException large -> JsonBody.tooLarge();
            case DataBufferLimitException large -> JsonBody.tooLarge();
            case ResponseStatusException other
            when other.getStatusCode().value() == HttpStatus.NOT_FOUND.value() -> ProblemException.notFound("page");
            case ResponseStatusException other
            when other.getStatusCode().is4xxClientError() ->
                ProblemException.refused(
                        HttpStatus.valueOf(other.getStatusCode().value()), reason(other));
            default ->
                Outage.caused(failure)
                        ? new ProblemException(
                                ErrorCode.SERVICE_UNAVAILABLE,
                                "A part of the service is away for the moment; try again in a few seconds.")
                        : new ProblemException(
                                ErrorCode.INTERNAL_ERROR,
                                "Something of ours failed. The request id finds the cause in our logs.");
        };
    }

    private static ProblemException unreadable(String mediaType) {
        return ProblemException.refused(
                HttpStatus.BAD_REQUEST, "A header names \"" + mediaType + "\", which is no media type.");
    }

    private static String reason(ResponseStatusException failure) {
        String reason = failure.getReason();
        return reason == null ? "The request cannot be understood." : reason;
    }

    private static String names(List<HttpMethod> methods) {
        return methods.stream().map(HttpMethod::name).sorted().collect(Collectors.joining(", "));
    }

    private static void addRemedy(HttpHeaders headers, ProblemException problem, Throwable failure) {
        if (problem.code() == ErrorCode.SERVICE_UNAVAILABLE) {
            headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        if (problem.status() == HttpStatus.UNAUTHORIZED) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"tldr\"");
        }
        if (failure instanceof UnsatisfiableRange range) {
            headers.putAll(range.getHeaders());
        }
        if (failure instanceof MethodNotAllowedException wrong) {
            headers.setAllow(possible(wrong));
        }
    }

    /** Whatever answers GET answers HEAD. */
    private static Set<HttpMethod> possible(MethodNotAllowedException wrong) {
        Set<HttpMethod> methods = new HashSet<>(wrong.getSupportedMethods());
        if (methods.contains(HttpMethod.GET)) {
            methods.add(HttpMethod.HEAD);
        }
        return methods;
    }

    private static void tell(ServerWebExchange exchange, ProblemException problem, Throwable failure) {
        String what = exchange.getRequest().getMethod() + " "
                + exchange.getRequest().getPath().value();
        // Outside of the chain that has the field by itself.
        String request = RequestIdFilter.of(exchange);
        try (MDC.MDCCloseable _ = MDC.putCloseable(LogFields.REQUEST, request)) {
            if (problem.code() == ErrorCode.INTERNAL_ERROR) {
                log.error("{} failed, request {}", what, request, failure);
            } else if (problem.code() == ErrorCode.SERVICE_UNAVAILABLE) {
                log.warn("{} unavailable, request {}: {}", what, request, failure.toString());
            }
        }
    }
}
