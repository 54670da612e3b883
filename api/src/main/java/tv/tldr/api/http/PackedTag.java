package tv.tldr.api.http;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import java.util.regex.Pattern;

/**
 * What is the entity tag of an answer that was compressed on its way out? Not that of the same answer as it is (RFC 9110,
 * 8.8.3): {@code "5"} becomes {@code "5-gzip"}, which names the same version when it comes back.
 */
@Sharable
final class PackedTag extends ChannelOutboundHandlerAdapter {
    private static final String TAG = "ETag";
    private static final String STRONG = "\"";
    private static final Pattern PACKED = Pattern.compile("-(gzip|deflate|br|zstd|snappy)\"$");

    /** The tag of the same version as it is. */
    static String plain(String tag) {
        return PACKED.matcher(tag).replaceFirst(STRONG);
    }

    /** A weak one says already that the bytes may differ. */
    private static String packed(String tag, String encoding) {
        return tag.startsWith(STRONG) && tag.length() > 1
                ? tag.substring(0, tag.length() - 1) + "-" + encoding + STRONG
                : tag;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof HttpResponse response) {
            HttpHeaders headers = response.headers();
            String encoding = headers.get(HttpHeaderNames.CONTENT_ENCODING);
            String tag = headers.get(TAG);
            if (encoding != null && tag != null) {
                headers.set(TAG, packed(tag, encoding));
            }
        }
        super.write(context, message, promise);
    }
}
