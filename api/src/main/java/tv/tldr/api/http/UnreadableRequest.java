package tv.tldr.api.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is said of a request that the server refuses before our filters see it: a line or headers of more than it reads, an
 * address that is no URL, what is no HTTP of ours? Its bare status, 414, 431 or 400, gets the body that every error has, at its
 * place among the connection's answers. One for each connection, on its event loop alone, behind what makes messages of bytes.
 */
final class UnreadableRequest extends ChannelDuplexHandler {
    /** What the decoder calls a request whose line it gave up. */
    private static final String NO_PATH = "/bad-request";

    private static final int SPOKEN = 1;
    private static final String NO_HTTP = "This is no HTTP request that can be read.";
    private static final String NO_URL =
            "The address or the Host cannot be read: a percent sign begins an escape of two hexadecimal digits, and a"
                    + " character that no URL has is written as one.";

    private final JsonMapper json;
    private final Queue<Asked> unanswered = new ArrayDeque<>();
    /** Nothing after it can be read; the connection ends with the answer. */
    private boolean garbled;

    UnreadableRequest(JsonMapper json) {
        this.json = json;
    }

    /**
     * As far as it came.
     *
     * @param requestId as the client has it, good or not
     * @param fault what is wrong with it that the decoder lets pass; null: nothing
     */
    private record Asked(
            String uri,
            @Nullable String requestId,
            @Nullable String fault) {
        static final Asked NOTHING = new Asked(NO_PATH, null, null);

        static Asked of(HttpRequest request) {
            return new Asked(
                    request.uri(),
                    request.headers().get(RequestIdFilter.HEADER),
                    request.decoderResult().isSuccess() ? fault(request) : null);
        }

        private static @Nullable String fault(HttpRequest request) {
            HttpVersion version = request.protocolVersion();
            if (version.majorVersion() != SPOKEN) {
                return "This is " + version + "; HTTP/1.1 and HTTP/1.0 are spoken here.";
            }
            int hosts = request.headers().getAll(HttpHeaderNames.HOST).size();
            return hosts > 1 || (hosts == 0 && version.equals(HttpVersion.HTTP_1_1))
                    ? "The request has " + hosts + " Host headers; one is sent."
                    : null;
        }

        String path() {
            String path = uri.split("\\?", 2)[0];
            return path.equals(NO_PATH) || path.length() > UrlLengthFilter.LONGEST ? "/" : path;
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            Asked asked = Asked.of(request);
            unanswered.add(asked);
            if (asked.fault() != null) {
                request.setDecoderResult(DecoderResult.failure(new IllegalArgumentException(asked.fault())));
            }
        }
        garbled |= message instanceof HttpObject part && part.decoderResult().isFailure();
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        // "100 Continue" and its like come before the answer.
        if (message instanceof HttpResponse answer && answer.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
            Asked asked = Objects.requireNonNullElse(unanswered.poll(), Asked.NOTHING);
            if (answer instanceof FullHttpResponse bare && isBare(bare)) {
                FullHttpResponse told = told(bare, asked);
                ReferenceCountUtil.release(bare);
                super.write(context, told, promise);
                return;
            }
        }
        super.write(context, message, promise);
    }

    /** Whether it did not come through our filters, which name every request. */
    private static boolean isBare(FullHttpResponse response) {
        return response.status().code() >= 400
                && !response.content().isReadable()
                && !response.headers().contains(RequestIdFilter.HEADER);
    }

    private FullHttpResponse told(FullHttpResponse bare, Asked request) {
        HttpStatus status = HttpStatus.valueOf(bare.status().code());
        String requestId = RequestIdFilter.name(request.requestId());
        Problem problem = Problem.of(
                ErrorCode.VALIDATION_ERROR,
                status,
                detail(status, request),
                List.of(),
                null,
                request.path(),
                requestId);
        byte[] body = json.writeValueAsBytes(problem);
        FullHttpResponse told =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, bare.status(), Unpooled.wrappedBuffer(body));
        told.headers()
                .set(bare.headers())
                .remove(HttpHeaderNames.TRANSFER_ENCODING)
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
                .set(HttpHeaderNames.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set("X-Content-Type-Options", "nosniff")
                .set(RequestIdFilter.HEADER, requestId);
        return told;
    }

    private String detail(HttpStatus status, Asked request) {
        return switch (status) {
            case URI_TOO_LONG -> UrlLengthFilter.TOO_LONG;
            case REQUEST_HEADER_FIELDS_TOO_LARGE -> "The headers are longer than 64 KiB together.";
            case HttpStatus _ -> Objects.requireNonNullElse(request.fault(), garbled ? NO_HTTP : NO_URL);
        };
    }
}
