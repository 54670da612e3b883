package tv.tldr.activities.gemini;

import java.io.IOException;
import java.util.Optional;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Catches errors of the API before Google's client reduces them to a message: they leave as a {@link Caught} with the
 * {@link ErrorReply} in it.
 */
final class ErrorReplies implements Interceptor {
    private static final long LONGEST_BODY = 64 * 1024;

    private final GeminiKey key;

    ErrorReplies(GeminiKey key) {
        this.key = key;
    }

    /** An error of the API on its way through Google's client. */
    static final class Caught extends IOException {
        private static final long serialVersionUID = 1;
        private final transient ErrorReply reply;

        private Caught(ErrorReply reply) {
            super("HTTP " + reply.status());
            this.reply = reply;
        }

        ErrorReply reply() {
            return reply;
        }
    }

    /** The API's error behind what Google's client threw; empty when the API did not answer with one. */
    static Optional<ErrorReply> in(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Caught caught) {
                return Optional.of(caught.reply());
            }
        }
        return Optional.empty();
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        if (response.isSuccessful()) {
            return response;
        }
        try (response) {
            String body = response.peekBody(LONGEST_BODY).string();
            throw new Caught(new ErrorReply(response.code(), key.hiddenIn(body), response.header("Retry-After")));
        }
    }
}
