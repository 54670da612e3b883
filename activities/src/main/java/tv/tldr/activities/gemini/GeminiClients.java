package tv.tldr.activities.gemini;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.genai.Client;
import com.google.genai.errors.ApiException;
import com.google.genai.errors.GenAiIOException;
import com.google.genai.types.ClientOptions;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import okhttp3.OkHttpClient;
import tv.tldr.activities.Evidence;

/** How is Google's client set up, and what do its failures mean? */
final class GeminiClients {
    private static final Duration CONNECTING = Duration.ofSeconds(10);
    /** The client's own default is v1, which has no files and no schemas. */
    private static final String API_VERSION = "v1beta";
    /** No status at all: after one of the list, the client would sleep for a second even when no attempt is left. */
    private static final HttpRetryOptions SENT_ONCE =
            HttpRetryOptions.builder().attempts(1).httpStatusCodes(List.of()).build();

    private GeminiClients() {}

    /**
     * A client that sends each request once: not again after an error, since Temporal does that by the kind of error; not
     * again after a broken connection, since the first may be charged already; and not to another place, since the key
     * would go there, too.
     */
    static Client open(GeminiProperties properties, GeminiKey key) {
        OkHttpClient http = new OkHttpClient.Builder()
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .connectTimeout(CONNECTING)
                .readTimeout(properties.requestTimeout())
                .writeTimeout(properties.requestTimeout())
                .addInterceptor(new ErrorReplies(key))
                .addInterceptor(new UnsentRequests())
                .addNetworkInterceptor(UnsentRequests::leave)
                .build();
        HttpOptions.Builder options = HttpOptions.builder()
                .apiVersion(API_VERSION)
                .timeout((int) properties.requestTimeout().toMillis())
                .retryOptions(SENT_ONCE);
        String baseUrl = properties.baseUrl();
        if (baseUrl != null && !baseUrl.isBlank()) {
            options.baseUrl(baseUrl);
        }
        return Client.builder()
                .apiKey(key.value())
                // Else an environment variable of Google's could send our videos to another of its services.
                .vertexAI(false)
                .clientOptions(ClientOptions.builder().customHttpClient(http).build())
                .httpOptions(options.build())
                .build();
    }

    /** The failure behind what Google's client threw; a fault of ours comes back as it is. */
    static RuntimeException failure(Throwable thrown, GeminiKey key) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case GeminiException known -> {
                    return known;
                }
                case ErrorReplies.Caught caught -> {
                    return caught.reply().failure();
                }
                case ApiException error -> {
                    return new ErrorReply(error.code(), "", null).failure();
                }
                default -> {}
            }
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            // JSON that cannot be read and an upload without its headers: something other than Google has answered.
            if (cause instanceof JsonProcessingException || cause instanceof IllegalStateException) {
                return new GeminiException.Away("an answer that is not of its protocol");
            }
            if (cause instanceof IOException && !(cause.getCause() instanceof IOException)) {
                return new GeminiException.Away(evidence(cause, key));
            }
        }
        if (thrown instanceof GenAiIOException) {
            return new GeminiException.Away("an answer that is not of its protocol");
        }
        return thrown instanceof RuntimeException ours ? ours : new IllegalStateException(thrown);
    }

    private static String evidence(Throwable cause, GeminiKey key) {
        String message = String.valueOf(cause.getMessage());
        return cause.getClass().getSimpleName() + ": " + Evidence.clean(key.hiddenIn(message));
    }
}
