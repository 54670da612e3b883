package tv.tldr.activities.recording;

import io.netty.handler.codec.http.HttpHeaders;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongConsumer;
import tv.tldr.activities.egress.PublicUrl;
import tv.tldr.activities.recording.HttpExchange.Step;
import tv.tldr.activities.recording.HttpSource.Answer;
import tv.tldr.activities.storage.Sha256;

/**
 * Writes a URL's body into a file while hashing it. A body that broke off, now or in an attempt before, is taken up where
 * it ended, if the server can and the content is still the same; one that is too large, too slow or endless is given up.
 */
final class Download {
    private static final Duration BEAT = Duration.ofMillis(500);
    private static final int BLOCK = 1 << 20;

    private final HttpSource source;
    private final SourceProperties properties;
    private final String url;
    private final PartialFile partial;
    private final LongConsumer heartbeat;
    private final long deadline;
    private final ByteBuffer head = ByteBuffer.allocate(ContentSniffer.ENOUGH);
    private Sha256 hash = new Sha256();
    private long received;
    private SourceVersion version = SourceVersion.UNKNOWN;

    /** @param heartbeat told the bytes received, at least twice a second; what it throws ends the download */
    Download(HttpSource source, SourceProperties properties, String url, PartialFile partial, LongConsumer heartbeat) {
        this.source = source;
        this.properties = properties;
        this.url = url;
        this.partial = partial;
        this.heartbeat = heartbeat;
        this.deadline = System.nanoTime() + properties.wholeTimeout().toNanos();
    }

    private sealed interface Outcome {
        record Complete() implements Outcome {}

        record BrokenOff(String why, PublicUrl url) implements Outcome {}
    }

    /** Receives everything and returns the hash, lower-case hex. */
    String run() throws IOException, InterruptedException {
        takeUp();
        Outcome outcome = version.isWhole(received) ? new Outcome.Complete() : attempt();
        for (int resumes = 0; outcome instanceof Outcome.BrokenOff broken; resumes++) {
            if (resumes == properties.resumes()) {
                throw SourceFailure.ended(broken.url() + " " + broken.why() + ", " + (resumes + 1)
                        + " times; send it from a place that delivers it whole");
            }
            outcome = attempt();
        }
        if (received == 0) {
            throw SourceFailure.notMedia("the file at this URL is empty (0 bytes)");
        }
        return hash.hex();
    }

    /** Reads what an attempt before has left, since the hash is of the whole. */
    private void takeUp() throws IOException {
        version = partial.version();
        if (!version.isKnown()) {
            return;
        }
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        try (FileChannel in = FileChannel.open(partial.content())) {
            while (in.read(block.clear()) >= 0) {
                absorb(block.flip());
                beat();
            }
        }
    }

    private Outcome attempt() throws IOException, InterruptedException {
        if (!version.isKnown()) {
            startOver(SourceVersion.UNKNOWN);
        }
        try (Answer answer = source.open(url, received, version.validator(), this::beat)) {
            HttpHeaders headers = answer.head().headers();
            if (answer.isWhole()) {
                startOver(SourceVersion.of(headers));
            } else if (version.goesOn(headers, received)) {
                version = version.sizedBy(headers);
            } else {
                startOver(SourceVersion.UNKNOWN);
                return new Outcome.BrokenOff("did not send the part that was asked for", answer.url());
            }
            if (received + answer.length() > properties.maxSize().toBytes()) {
                throw tooLarge();
            }
            try (FileChannel out =
                    FileChannel.open(partial.content(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
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
                    return ended(answer.url());
                }
                case Step.Broken broken -> {
                    return new Outcome.BrokenOff("broke the connection", answer.url());
                }
                case Step.Head again -> throw new IllegalStateException("a second head with status " + again.status());
            }
            switch (pace.judge(System.nanoTime(), received)) {
                case FAIR -> {}
                case SLOW -> throw SourceFailure.tooSlow(String.valueOf(answer.url()), properties);
                case STALLED -> {
                    return new Outcome.BrokenOff("stopped sending", answer.url());
                }
            }
        }
    }

    private Outcome ended(PublicUrl from) {
        if (version.isMore(received)) {
            return new Outcome.BrokenOff("sent less than the whole", from);
        }
        checkContent(from);
        return new Outcome.Complete();
    }

    private void take(ByteBuffer bytes, FileChannel out, PublicUrl from) throws IOException {
        boolean wasShort = head.hasRemaining();
        absorb(bytes);
        if (wasShort && !head.hasRemaining()) {
            checkContent(from);
        }
        if (received > properties.maxSize().toBytes()) {
            throw tooLarge();
        }
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    private void absorb(ByteBuffer bytes) {
        hash.update(bytes);
        head.put(bytes.duplicate().limit(bytes.position() + Math.min(bytes.remaining(), head.remaining())));
        received += bytes.remaining();
    }

    private void checkContent(PublicUrl from) {
        ContentSniffer.notMedia(Arrays.copyOf(head.array(), head.position())).ifPresent(what -> {
            throw SourceFailure.notMedia("at " + from + " is " + what);
        });
    }

    private void startOver(SourceVersion with) throws IOException {
        partial.begin(with);
        version = with;
        hash = new Sha256();
        head.clear();
        received = 0;
    }

    private ApplicationFailure tooLarge() {
        return SourceFailure.tooLong(
                "at most " + properties.maxSize().toMegabytes() + " MB are taken; send it in parts");
    }

    private void beat() {
        heartbeat.accept(received);
    }
}
