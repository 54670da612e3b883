package tv.tldr.api.http;

import io.netty.channel.ChannelPipeline;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;
import reactor.netty.NettyPipeline;

/** Whose request is ended because it only drips? Everybody's: each connection gets a {@link RequestDeadline}. */
@Component
final class SlowRequests implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {
    private final HttpProperties properties;

    SlowRequests(HttpProperties properties) {
        this.properties = properties;
    }

    @Override
    public void customize(NettyReactiveWebServerFactory factory) {
        factory.addServerCustomizers(server -> server.doOnChannelInit(
                (_, channel, _) -> watch(channel.pipeline(), new RequestDeadline(properties.requestPatience()))));
    }

    private static void watch(ChannelPipeline pipeline, RequestDeadline deadline) {
        pipeline.addBefore(NettyPipeline.HttpCodec, "tldr.bytes", deadline.bytes());
        pipeline.addAfter(NettyPipeline.HttpCodec, "tldr.messages", deadline.messages());
    }
}
