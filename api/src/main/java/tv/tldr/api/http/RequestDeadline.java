package tv.tldr.api.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Does a request come fast enough? One that drips would hold its connection for as long as its sender likes. From its first
 * byte on it has some patience, and a second more for each KiB that came; then the connection is closed. What the answer
 * takes is of no consequence here. One for each connection, on its event loop alone.
 */
final class RequestDeadline {
    /** Bytes a second. */
    static final int SLOWEST = 1024;

    private final long patience;
    private @Nullable Future<?> end;
    private long begun;
    private long bytes;

    RequestDeadline(Duration patience) {
        this.patience = patience.toNanos();
    }

    /** Stands before what makes messages of bytes. */
    ChannelInboundHandler bytes() {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                if (message instanceof ByteBuf some) {
                    came(context, some.readableBytes());
                }
                context.fireChannelRead(message);
            }

            @Override
            public void channelInactive(ChannelHandlerContext context) {
                ended();
                context.fireChannelInactive();
            }
        };
    }

    /** Stands behind it. */
    ChannelInboundHandler messages() {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                if (message instanceof LastHttpContent) {
                    ended();
                }
                context.fireChannelRead(message);
            }
        };
    }

    private void came(ChannelHandlerContext context, int more) {
        bytes += more;
        if (end == null) {
            begun = now(context);
            look(context, patience);
        }
    }

    private void ended() {
        bytes = 0;
        if (end != null) {
            end.cancel(false);
            end = null;
        }
    }

    private void look(ChannelHandlerContext context, long later) {
        end = context.executor().schedule(() -> judge(context), later, TimeUnit.NANOSECONDS);
    }

    private void judge(ChannelHandlerContext context) {
        long left = begun + patience + bytes * TimeUnit.SECONDS.toNanos(1) / SLOWEST - now(context);
        if (left > 0) {
            look(context, left);
        } else {
            var _ = context.close();
        }
    }

    private static long now(ChannelHandlerContext context) {
        return context.executor().ticker().nanoTime();
    }
}
