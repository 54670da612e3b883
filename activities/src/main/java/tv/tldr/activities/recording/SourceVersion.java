package tv.tldr.activities.recording;

import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Is what a server would send now still the content that a part of was received before? Only then may the two be joined.
 *
 * @param validator a strong ETag, or a Last-Modified that is as good; empty when the server has nothing of the kind
 * @param size of the whole content; −1 when the server does not say
 */
record SourceVersion(String validator, long size) {
    static final SourceVersion UNKNOWN = new SourceVersion("", -1);

    private static final Pattern PART = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");
    /** A file may change twice within one tick of its server's clock; this much later the date says which change it was. */
    private static final Duration SETTLED = Duration.ofMinutes(1);

    /** Of a whole answer. */
    static SourceVersion of(HttpHeaders whole) {
        return new SourceVersion(validatorOf(whole), lengthOf(whole));
    }

    /** Bytes of an answer's body; −1 when the server does not say. */
    static long lengthOf(HttpHeaders answer) {
        String length = answer.get(HttpHeaderNames.CONTENT_LENGTH, "");
        return length.matches("\\d{1,18}") ? Long.parseLong(length) : -1;
    }

    /** Whether a later request can ask for the rest. */
    boolean isKnown() {
        return !validator.isEmpty();
    }

    /** Whether this many bytes are the whole, which is unknown without a size. */
    boolean isWhole(long received) {
        return received == size;
    }

    /** Whether fewer bytes than the whole came. */
    boolean isMore(long received) {
        return received < size;
    }

    /**
     * Whether a partial answer begins at {@code offset} of this very content. Some servers send a part of whatever they
     * have, so what the answer says about itself counts.
     */
    boolean goesOn(HttpHeaders part, long offset) {
        Matcher range = PART.matcher(part.get(HttpHeaderNames.CONTENT_RANGE, ""));
        return range.matches()
                && Long.parseLong(range.group(1)) == offset
                && (size < 0 || range.group(3).equals("*") || Long.parseLong(range.group(3)) == size)
                && isSame(part);
    }

    /** The same with the size that a part tells of the whole, if only the part does. */
    SourceVersion sizedBy(HttpHeaders part) {
        Matcher range = PART.matcher(part.get(HttpHeaderNames.CONTENT_RANGE, ""));
        return size < 0 && range.matches() && !range.group(3).equals("*")
                ? new SourceVersion(validator, Long.parseLong(range.group(3)))
                : this;
    }

    /** A part need not repeat the validator that was asked with; if it does, it is the same. */
    private boolean isSame(HttpHeaders part) {
        if (!isKnown()) {
            return true;
        }
        boolean isTag = validator.startsWith("\"");
        return validator.equals(part.get(isTag ? HttpHeaderNames.ETAG : HttpHeaderNames.LAST_MODIFIED, validator));
    }

    private static String validatorOf(HttpHeaders headers) {
        String tag = headers.get(HttpHeaderNames.ETAG, "");
        if (tag.startsWith("\"")) {
            return tag;
        }
        String modified = headers.get(HttpHeaderNames.LAST_MODIFIED, "");
        boolean isSettled = date(modified)
                .flatMap(changed -> date(headers.get(HttpHeaderNames.DATE, ""))
                        .filter(now -> !now.minus(SETTLED).isBefore(changed)))
                .isPresent();
        return isSettled ? modified : "";
    }

    private static Optional<Instant> date(String text) {
        return Optional.ofNullable(DateFormatter.parseHttpDate(text)).map(Date::toInstant);
    }
}
