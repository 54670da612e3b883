package tv.tldr.api.http;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.integration.Slf4jThreadLocalAccessor;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import reactor.util.context.Context;

/** Which fields has every line of the log that is written for a request? With LOG_FORMAT=json they stand beside the message. */
public final class LogFields {
    public static final String REQUEST = "request_id";
    public static final String ORGANIZATION = "organization_id";
    public static final String STREAM = "stream_id";

    static {
        ContextRegistry.getInstance()
                .registerThreadLocalAccessor(new Slf4jThreadLocalAccessor(REQUEST, ORGANIZATION, STREAM));
    }

    private LogFields() {}

    /** One more field, for all that happens in the chain that this context is written to. */
    public static UnaryOperator<Context> with(String field, String value) {
        return context -> {
            Map<String, String> fields =
                    new HashMap<>(context.<Map<String, String>>getOrEmpty(Slf4jThreadLocalAccessor.KEY)
                            .orElse(Map.of()));
            fields.put(field, value);
            return context.put(Slf4jThreadLocalAccessor.KEY, Map.copyOf(fields));
        };
    }
}
