package tv.tldr.activities.recording;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.util.Locale;
import tv.tldr.activities.egress.PublicUrl;
import tv.tldr.activities.recording.HttpExchange.Step;

/** Is this answer the content that was asked for, or what does it say instead? */
final class HttpStatusCheck {
    /** A server may ask us to wait, but not to wait for ever. */
    private static final long LONGEST_WAIT_SECONDS = 300;

    private HttpStatusCheck() {}

    static void check(Step.Head head, PublicUrl url) {
        int status = head.status();
        switch (status) {
            case 200, 206 -> checkType(head.headers(), url);
            case 401, 403 ->
                throw SourceFailure.unreachable(url + " answers " + status
                        + ": it wants a sign-in or the link has expired; send a public or freshly signed URL");
            case 404, 410 ->
                throw SourceFailure.unreachable(
                        url + " answers " + status + ": there is nothing at this URL; check it");
            case 408, 425, 429 ->
                throw SourceFailure.throttled(url + " answers " + status + " (too many requests)", wait(head));
            default -> {
                if (status >= 500) {
                    throw SourceFailure.throttled(
                            url + " answers " + status + " (an error of that server)", wait(head));
                }
                throw SourceFailure.unreachable(url + " answers " + status + "; open it in a browser to see why");
            }
        }
    }

    private static void checkType(HttpHeaders headers, PublicUrl url) {
        String type = headers.get(HttpHeaderNames.CONTENT_TYPE, "").toLowerCase(Locale.ROOT);
        if (type.startsWith("text/html") || type.startsWith("application/xhtml")) {
            throw SourceFailure.notMedia(
                    url + " answers with a web page, not with the video itself; send the URL of the file");
        }
        if (type.startsWith("image/") || type.startsWith("application/json")) {
            throw SourceFailure.notMedia(url + " answers with " + type + ", not with video or audio");
        }
        if (!headers.get(HttpHeaderNames.CONTENT_ENCODING, "identity").equalsIgnoreCase("identity")) {
            throw SourceFailure.notMedia(url + " answers with a compressed body, which was not asked for");
        }
    }

    private static Duration wait(Step.Head head) {
        String seconds = head.headers().get(HttpHeaderNames.RETRY_AFTER, "");
        return seconds.matches("\\d{1,9}")
                ? Duration.ofSeconds(Math.min(Long.parseLong(seconds), LONGEST_WAIT_SECONDS))
                : Duration.ZERO;
    }
}
