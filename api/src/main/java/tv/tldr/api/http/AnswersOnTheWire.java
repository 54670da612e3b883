package tv.tldr.api.http;

import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;
import reactor.netty.NettyPipeline;
import tools.jackson.databind.json.JsonMapper;

/** Who is told why a request could not even be read? Everybody: each connection gets an {@link UnreadableRequest}. */
@Component
final class UnreadableRequests implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {
    private final JsonMapper json;

    UnreadableRequests(JsonMapper json) {
        this.json = json;
    }

    @Override
    public void customize(NettyReactiveWebServerFactory factory) {
        factory.addServerCustomizers(server -> server.doOnChannelInit((_, channel, _) ->
                channel.pipeline().addAfter(NettyPipeline.HttpCodec, "tldr.unreadable", new UnreadableRequest(json))));
    }
}
