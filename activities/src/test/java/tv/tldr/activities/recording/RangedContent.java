package tv.tldr.activities.recording;

import static tv.tldr.activities.RawHttpServer.write;

import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import tv.tldr.activities.RawHttpServer;
import tv.tldr.activities.RawHttpServer.Request;

/** A file as a good server has it: with a validator, in ranges, and with connections that end where a test wants. */
final class RangedContent implements RawHttpServer.Script {
    /** All that was ever sent of the body. */
    final AtomicLong served = new AtomicLong();

    /** Sent of one answer at most, before {@link #stalls} or the connection breaks off. */
    volatile int most = Integer.MAX_VALUE;
    /** Whether an answer that is not complete stays open. */
    volatile boolean stalls;
    /** Whether ranges are answered. */
    volatile boolean hasRanges = true;
    /** Whether a range is answered without a look at what it is to be a range of. */
    volatile boolean ignoresIfRange;

    /** The longest part, whatever is asked for. */
    volatile int shortRange = Integer.MAX_VALUE;

    private volatile byte[] content;
    private volatile String validator;
    private final CountDownLatch never = new CountDownLatch(1);

    /** @param validator the header, such as {@code ETag: "one"}; other headers may follow */
    RangedContent(byte[] content, String validator) {
        this.content = content;
        this.validator = validator;
    }

    void becomes(byte[] other, String itsValidator) {
        content = other;
        validator = itsValidator;
    }

    @Override
    public void answer(Request request, OutputStream out) throws Exception {
        byte[] now = content;
        String range = request.headers().getOrDefault("Range", "");
        boolean isSame =
                ignoresIfRange || firstValue(validator).equals(request.headers().get("If-Range"));
        boolean isPart = hasRanges && isSame && !range.isEmpty();
        int from = isPart ? Integer.parseInt(range.substring("bytes=".length(), range.length() - 1)) : 0;
        if (isPart && from >= now.length) {
            write(out, "HTTP/1.1 416 Told\r\nContent-Range: bytes */" + now.length + "\r\nContent-Length: 0\r\n\r\n");
            return;
        }
        int to = isPart ? (int) Math.min(now.length, (long) from + shortRange) : now.length;
        String status = isPart
                ? "206 Partial Content\r\nContent-Range: bytes " + from + "-" + (to - 1) + "/" + now.length
                : "200 OK";
        write(
                out,
                "HTTP/1.1 " + status + "\r\nContent-Type: video/mp4\r\n" + validator + "\r\nContent-Length: "
                        + (to - from) + "\r\n\r\n");
        int count = Math.min(most, to - from);
        out.write(now, from, count);
        out.flush();
        served.addAndGet(count);
        if (stalls && from + count < to) {
            never.await();
        }
    }

    private static String firstValue(String headers) {
        return headers.substring(headers.indexOf(':') + 1)
                .lines()
                .findFirst()
                .orElse("")
                .strip();
    }
}
