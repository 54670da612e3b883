package tv.tldr.api.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A connection whose clock is turned by hand. */
class RequestDeadlineTest {
    private static final String HEAD = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n";

    private final RequestDeadline deadline = new RequestDeadline(Duration.ofSeconds(20));
    private final EmbeddedChannel channel = channel();

    @Test
    void headersThatDripAreEndedAfterTheirPatienceWhateverStillDrips() {
        for (int second = 0; second < 19; second++) {
            send("X");
            pass(1);
        }
        assertThat(channel.isOpen()).isTrue();

        send("X");
        pass(2);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aBodyThatDripsIsEndedToo() {
        send(HEAD);
        for (int second = 0; second < 21; second++) {
            send("x");
            pass(1);
        }
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aBodyThatComesSteadilyMayTakeItsTime() {
        send(HEAD);
        for (int second = 0; second < 97; second++) {
            send("x".repeat(1025));
            pass(1);
        }
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void whatTheAnswerTakesIsOfNoConsequence() {
        send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        pass(3600);
        assertThat(channel.isOpen()).isTrue();

        send("GET / HT");
        pass(19);
        assertThat(channel.isOpen())
                .as("the next request has patience of its own")
                .isTrue();
        pass(2);
        assertThat(channel.isOpen()).isFalse();
    }

    private EmbeddedChannel channel() {
        EmbeddedChannel made = new EmbeddedChannel(deadline.bytes(), new HttpRequestDecoder(), deadline.messages());
        made.freezeTime();
        return made;
    }

    private void send(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, ISO_8859_1));
        channel.releaseInbound();
    }

    private void pass(int seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }
}
