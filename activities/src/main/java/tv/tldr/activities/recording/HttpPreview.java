package tv.tldr.activities.recording;

import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import tv.tldr.activities.recording.HttpExchange.Step;
import tv.tldr.activities.recording.HttpSource.Answer;
import tv.tldr.workflows.activity.RecordingActivities.ProbedSource;

/** Looks at the headers and the first bytes behind a URL, and hangs up. */
final class HttpPreview {
    private static final Duration BEAT = Duration.ofMillis(500);
    /** A server that sends nothing for so long is left to the recorder, which waits longer. */
    private static final int MOST_BEATS = 20;

    private final HttpSource source;

    HttpPreview(HttpSource source) {
        this.source = source;
    }

    ProbedSource look(String url, Runnable heartbeat) throws InterruptedException {
        try (Answer answer = source.open(url, 0, "", heartbeat)) {
            ContentSniffer.notMedia(head(answer.body(), heartbeat)).ifPresent(what -> {
                throw SourceFailure.notMedia("at " + answer.url() + " is " + what);
            });
            String type = answer.header(HttpHeaderNames.CONTENT_TYPE).orElse("unknown type");
            return new ProbedSource(answer.length(), answer.url() + " (" + type + ")");
        }
    }

    private static byte[] head(HttpExchange body, Runnable heartbeat) throws InterruptedException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int beats = 0; beats < MOST_BEATS && head.size() < ContentSniffer.ENOUGH; ) {
            heartbeat.run();
            switch (body.next(BEAT)) {
                case null -> beats++;
                case Step.Block block -> head.writeBytes(block.bytes().array());
                case Step.End end -> {
                    return head.toByteArray();
                }
                case Step.Broken broken -> {
                    return head.toByteArray();
                }
                case Step.Head again -> throw new IllegalStateException("a second head with status " + again.status());
            }
        }
        return head.toByteArray();
    }
}
