package tv.tldr.activities.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import tv.tldr.activities.recording.HttpExchange.Step;
import tv.tldr.activities.recording.HttpSource.Answer;

/**
 * A file behind a URL of which only that is fetched in which it says what it is: its beginning, and for most kinds some of
 * its end. All else is a hole, so that a reader who looks for the description finds everything where it belongs.
 *
 * @param size bytes of the whole; −1 when the server does not say
 * @param isSpoken whether all that was wanted came, so that a file without a description has none
 */
record HttpExcerpt(long size, boolean isSpoken) {
    static final int HEAD = 2 << 20;
    private static final int TAIL = 1 << 20;
    /** More than the description of a 12-hour recording. */
    private static final int MOST = 64 << 20;

    private static final Duration BEAT = Duration.ofMillis(500);

    /**
     * Fills {@code file}.
     *
     * @param heartbeat called at least twice a second; what it throws ends the fetching
     * @throws io.temporal.failure.ApplicationFailure in words, when there is nothing to fetch or it is no media
     */
    static HttpExcerpt fetch(HttpSource source, String url, Path file, Runnable heartbeat)
            throws IOException, InterruptedException {
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            SourceVersion version;
            byte[] head;
            try (Answer answer = source.open(url, 0, "", heartbeat)) {
                version = SourceVersion.of(answer.head().headers());
                head = read(answer, HEAD, heartbeat);
                ContentSniffer.notMedia(Arrays.copyOf(head, Math.min(head.length, ContentSniffer.ENOUGH)))
                        .ifPresent(what -> {
                            throw SourceFailure.notMedia("at " + answer.url() + " is " + what);
                        });
            }
            write(out, 0, head);
            if (head.length < HEAD) {
                return new HttpExcerpt(head.length, true);
            }
            MovieBox wanted = MovieBox.find(head, version.size())
                    .orElse(new MovieBox(Math.max(HEAD, version.size() - TAIL), version.size()));
            boolean isSpoken = wanted.end() <= HEAD || fetchRest(source, url, version, wanted, out, heartbeat);
            if (out.size() < version.size()) {
                write(out, version.size() - 1, new byte[1]);
            }
            return new HttpExcerpt(version.size(), isSpoken);
        }
    }

    private static boolean fetchRest(
            HttpSource source, String url, SourceVersion version, MovieBox wanted, FileChannel out, Runnable heartbeat)
            throws IOException, InterruptedException {
        long from = Math.max(HEAD, wanted.start());
        if (version.size() < 0 || wanted.end() - from > MOST) {
            return false;
        }
        try (Answer answer = source.open(url, from, version.validator(), heartbeat)) {
            if (answer.isWhole() || !version.goesOn(answer.head().headers(), from)) {
                return false;
            }
            byte[] rest = read(answer, (int) (wanted.end() - from), heartbeat);
            write(out, from, rest);
            return rest.length == wanted.end() - from;
        }
    }

    private static byte[] read(Answer answer, int most, Runnable heartbeat) throws InterruptedException {
        ByteBuffer bytes = ByteBuffer.allocate(most);
        while (bytes.hasRemaining()) {
            heartbeat.run();
            switch (answer.body().next(BEAT)) {
                case null -> {}
                case Step.Block block -> {
                    ByteBuffer came = block.bytes();
                    bytes.put(came.limit(came.position() + Math.min(came.remaining(), bytes.remaining())));
                }
                case Step.End end -> {
                    return Arrays.copyOf(bytes.array(), bytes.position());
                }
                case Step.Broken broken -> throw ConnectionFailures.explain(broken.cause(), answer.url());
                case Step.Head again -> throw new IllegalStateException("a second head with status " + again.status());
            }
        }
        return bytes.array();
    }

    private static void write(FileChannel out, long start, byte[] bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        out.position(start);
        while (rest.hasRemaining()) {
            out.write(rest);
        }
    }
}
