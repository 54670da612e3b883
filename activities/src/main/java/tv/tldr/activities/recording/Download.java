package tv.tldr.activities.recording;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongConsumer;
import tv.tldr.activities.egress.PublicUrl;
import tv.tldr.activities.recording.HttpExchange.Step;
import tv.tldr.activities.recording.HttpSource.Answer;
import tv.tldr.activities.storage.Sha256;

/**
 * Writes a URL's body into a file while hashing it. A body that breaks off is taken up where it ended, if the server can
 * and the content is still the same; one that is too large, too slow or endless is given up.
 */
final class Download {
    private static final Duration BEAT = Duration.ofMillis(500);

    private final HttpSource source;
    private final SourceProperties properties;
    private final String url;
    private final Path file;
    private final LongConsumer heartbeat;
    private final long deadline;
    private final ByteBuffer head = ByteBuffer.allocate(ContentSniffer.ENOUGH);
    private Sha256 hash = new Sha256();
    private long received;
    private String contentTag = "";

    /** @param heartbeat told the bytes received, at least twice a second; what it throws ends the download */
    Download(HttpSource source, SourceProperties properties, String url, Path file, LongConsumer heartbeat) {
        this.source = source;
        this.properties = properties;
        this.url = url;
        this.file = file;
        this.heartbeat = heartbeat;
        this.deadline = System.nanoTime() + properties.wholeTimeout().toNanos();
    }

    private sealed interface Outcome {
        record Complete() implements Outcome {}

        record BrokenOff(String why, PublicUrl url) implements Outcome {}
    }

    /** Receives everything and returns the hash, lower-case hex. */
    String run() throws IOException, InterruptedException {
        Outcome outcome = attempt();
        for (int resumes = 0; outcome instanceof Outcome.BrokenOff broken; resumes++) {
            if (resumes == properties.resumes()) {
                throw SourceFailure.unreachableNow(broken.url() + " " + broken.why() + ", " + (resumes + 1) + " times");
            }
            outcome = attempt();
        }
        if (received == 0) {
            throw SourceFailure.notMedia("the file at this URL is empty (0 bytes)");
        }
        return hash.hex();
    }

    private Outcome attempt() throws IOException, InterruptedException {
        if (contentTag.isEmpty()) {
            startOver();
        }
        try (Answer answer = source.open(url, received, contentTag, this::beat)) {
            if (answer.head().status() == 200 || !continues(answer)) {
                startOver();
            }
            contentTag = strongTag(answer);
            if (received + answer.length() > properties.maxSize().toBytes()) {
                throw tooLarge();
            }
            try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                return receive(answer, out);
            }
        }
    }

    private Outcome receive(Answer answer, FileChannel out) throws IOException, InterruptedException {
        Pace pace = new Pace(properties, System.nanoTime(), received);
        while (true) {
            beat();
            if (System.nanoTime() > deadline) {
                throw SourceFailure.tooLong("after " + properties.wholeTimeout()
                        + " it had not ended; send a recording, not a live stream");
            }
            switch (answer.body().next(BEAT)) {
                case null -> {}
                case Step.Block block -> take(block.bytes(), out, answer.url());
                case Step.End end -> {
                    checkContent(answer.url());
                    return new Outcome.Complete();
                }
                case Step.Broken broken -> {
                    return new Outcome.BrokenOff("broke the connection", answer.url());
                }
                case Step.Head again -> throw new IllegalStateException("a second head with status " + again.status());
            }
            switch (pace.judge(System.nanoTime(), received)) {
                case FAIR -> {}
                case SLOW ->
                    throw SourceFailure.unreachableNow(answer.url() + " sends less than " + properties.slowSize()
                            + " in " + properties.slowWindow().toSeconds() + " s; send it from a faster place");
                case STALLED -> {
                    return new Outcome.BrokenOff("stopped sending", answer.url());
                }
            }
        }
    }

    private void take(ByteBuffer bytes, FileChannel out, PublicUrl from) throws IOException {
        hash.update(bytes);
        if (head.hasRemaining()) {
            head.put(bytes.duplicate().limit(Math.min(bytes.limit(), bytes.position() + head.remaining())));
            if (!head.hasRemaining()) {
                checkContent(from);
            }
        }
        received += bytes.remaining();
        if (received > properties.maxSize().toBytes()) {
            throw tooLarge();
        }
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    private void checkContent(PublicUrl from) {
        ContentSniffer.notMedia(Arrays.copyOf(head.array(), head.position())).ifPresent(what -> {
            throw SourceFailure.notMedia("at " + from + " is " + what);
        });
    }

    private void startOver() throws IOException {
        Files.deleteIfExists(file);
        hash = new Sha256();
        head.clear();
        received = 0;
    }

    private boolean continues(Answer answer) {
        return answer.header(HttpHeaderNames.CONTENT_RANGE)
                .filter(range -> range.startsWith("bytes " + received + "-"))
                .isPresent();
    }

    /** What tells that a later answer is of the same content; empty when the server has nothing of the kind. */
    private static String strongTag(Answer answer) {
        String tag = answer.header(HttpHeaderNames.ETAG).orElse("");
        return tag.isEmpty() || tag.startsWith("W/")
                ? answer.header(HttpHeaderNames.LAST_MODIFIED).orElse("")
                : tag;
    }

    private ApplicationFailure tooLarge() {
        return SourceFailure.tooLong(
                "at most " + properties.maxSize().toMegabytes() + " MB are taken; send it in parts");
    }

    private void beat() {
        heartbeat.accept(received);
    }
}
