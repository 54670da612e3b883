package tv.tldr.api.http;

import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;
import reactor.netty.NettyPipeline;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is done to answers where no filter reaches? Each connection gets an {@link UnreadableRequest}, which tells everybody why a
 * request could not even be read, and a {@link PackedTag}.
 */
@Component
final class AnswersOnTheWire implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {
    private final JsonMapper json;

    AnswersOnTheWire(JsonMapper json) {
        this.json = json;
    }

    @Override
    public void customize(NettyReactiveWebServerFactory factory) {
        PackedTag packed = new PackedTag();
        factory.addServerCustomizers(server -> server.doOnChannelInit((_, channel, _) -> channel.pipeline()
                .addAfter(NettyPipeline.HttpCodec, "tldr.unreadable", new UnreadableRequest(json))
                .addAfter(NettyPipeline.HttpCodec, "tldr.packed-tag", packed)));
    }
}
