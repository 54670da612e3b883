package tv.tldr.activities.egress;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.netty.resources.LoopResources;

class HostNamesIT {
    /**
     * Whoever connects waits in the loop of the connection. An answer in another thread can come while they are about to wait, is
     * then told twice, and the second time nobody is there: a stack trace in the log.
     */
    @ParameterizedTest
    @CsvSource({"there.example.com, true", "nowhere.example.com, false"})
    void whatANameStandsForIsToldInTheLoopOfWhoeverAsks(String name, boolean known) throws Exception {
        LoopResources loops = LoopResources.create("asking", 1, true);
        try (NameServer server = new NameServer()) {
            server.name("there.example.com", "192.0.2.7");
            EventLoop loop = loops.onClient(LoopResources.DEFAULT_NATIVE).next();
            CompletableFuture<Boolean> inLoop = new CompletableFuture<>();

            server.names()
                    .resolvers()
                    .getResolver(loop)
                    .resolveAll(InetSocketAddress.createUnresolved(name, 80))
                    .addListener(answer -> {
                        assertThat(answer.isSuccess()).isEqualTo(known);
                        inLoop.complete(loop.inEventLoop());
                    });

            assertThat(inLoop).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(true);
        } finally {
            loops.dispose();
        }
    }
}
