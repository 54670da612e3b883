package tv.tldr.activities.gemini;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Did a request leave at all? One that found no connection has reached nobody, so that nobody charges it: it leaves Google's
 * client as an {@link Unsent}. Whether it left is known where it leaves, not by the kind of its failure.
 */
final class UnsentRequests implements Interceptor {
    /** A failure to connect. */
    static final class Unsent extends IOException {
        private static final long serialVersionUID = 1;

        private Unsent(IOException cause) {
            super(cause);
        }
    }

    private static final class Departure {
        private volatile boolean gone;
    }

    static boolean isCauseOf(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Unsent) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Departure departure = new Departure();
        try {
            return chain.proceed(
                    chain.request().newBuilder().tag(Departure.class, departure).build());
        } catch (IOException e) {
            throw departure.gone ? e : new Unsent(e);
        }
    }

    /** To be added as a network interceptor: those are asked when there is a connection. */
    static Response leave(Chain chain) throws IOException {
        Departure departure = chain.request().tag(Departure.class);
        if (departure != null) {
            departure.gone = true;
        }
        return chain.proceed(chain.request());
    }
}
