package tv.tldr.api.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is said of a request that the server refuses before there is one: a line or headers of more than it reads, or what is
 * no HTTP? Its bare status, 414, 431 or 400, gets the body that every error has, at its place among the connection's answers.
 * One for each connection, on its event loop alone, behind what makes messages of bytes.
 */
final class UnreadableRequest extends ChannelDuplexHandler {
    /** What the decoder calls a request whose line it gave up. */
    private static final String NO_PATH = "/bad-request";

    private final JsonMapper json;
    private @Nullable Asked asked;

    UnreadableRequest(JsonMapper json) {
        this.json = json;
    }

    /** As far as it came. */
    private record Asked(String path, String requestId) {
        static Asked of(HttpObject message) {
            if (message instanceof HttpRequest request) {
                String path = request.uri().split("\\?", 2)[0];
                return new Asked(
                        path.equals(NO_PATH) || path.length() > UrlLengthFilter.LONGEST ? "/" : path,
                        RequestIdFilter.name(request.headers().get(RequestIdFilter.HEADER)));
            }
            return new Asked("/", RequestIdFilter.name(null));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpObject part && part.decoderResult().isFailure()) {
            asked = Asked.of(part);
        }
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (asked != null && message instanceof FullHttpResponse bare && isBare(bare)) {
            FullHttpResponse told = told(bare, asked);
            ReferenceCountUtil.release(bare);
            super.write(context, told, promise);
        } else {
            super.write(context, message, promise);
        }
    }

    private static boolean isBare(FullHttpResponse response) {
        return response.status().code() >= 400 && !response.content().isReadable() && !HttpUtil.isKeepAlive(response);
    }

    private FullHttpResponse told(FullHttpResponse bare, Asked request) {
        HttpStatus status = HttpStatus.valueOf(bare.status().code());
        Problem problem = Problem.of(
                ErrorCode.VALIDATION_ERROR,
                status,
                detail(status),
                List.of(),
                null,
                request.path(),
                request.requestId());
        byte[] body = json.writeValueAsBytes(problem);
        FullHttpResponse told =
                new DefaultFullHttpResponse(bare.protocolVersion(), bare.status(), Unpooled.wrappedBuffer(body));
        told.headers()
                .set(bare.headers())
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
                .set(HttpHeaderNames.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set("X-Content-Type-Options", "nosniff")
                .set(RequestIdFilter.HEADER, request.requestId());
        return told;
    }

    private static String detail(HttpStatus status) {
        return switch (status) {
            case URI_TOO_LONG -> UrlLengthFilter.TOO_LONG;
            case REQUEST_HEADER_FIELDS_TOO_LARGE -> "The headers are longer than 64 KiB together.";
            case HttpStatus _ -> "This is no HTTP request that can be read.";
        };
    }
}
