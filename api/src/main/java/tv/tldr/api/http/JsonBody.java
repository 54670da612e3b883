package tv.tldr.api.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;

/** Reads a request's body as exactly one JSON object: strict, bounded, no guessing. */
public final class JsonBody {
    /** Bytes. */
    public static final int LARGEST = 1 << 20;

    /** All of a body comes within it: a client that sends a byte a second holds nothing for ever. */
    static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final int DEEPEST = 64;

    private static final Pattern ESCAPED_SURROGATE = Pattern.compile("\\\\u[dD][89a-fA-F]");

    private static final JsonMapper STRICT = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private JsonBody() {}

    /** The body's fields; a body that is required and absent is refused. */
    public static Mono<Fields> required(ServerHttpRequest request) {
        return read(request).switchIfEmpty(Mono.error(() -> malformed("The body is empty; send a JSON object.")));
    }

    /** The body's fields; none when it is absent. */
    public static Mono<Fields> optional(ServerHttpRequest request) {
        return read(request).switchIfEmpty(Mono.fromSupplier(() -> new Fields(STRICT.createObjectNode())));
    }

    /** The body as it came, if it is not empty. */
    public static Mono<byte[]> bytes(ServerHttpRequest request) {
        if (request.getHeaders().getContentLength() > LARGEST) {
            return Mono.error(tooLarge());
        }
        return DataBufferUtils.join(request.getBody(), LARGEST)
                .timeout(PATIENCE)
                .onErrorMap(TimeoutException.class, slow -> tooSlow())
                .map(JsonBody::bytes)
                .filter(bytes -> bytes.length > 0);
    }

    private static Mono<Fields> read(ServerHttpRequest request) {
        return bytes(request).doOnNext(_ -> requireJson(request.getHeaders())).map(JsonBody::parse);
    }

    /** A body of which nothing is said is taken for what it has to be. */
    private static void requireJson(HttpHeaders headers) {
        MediaType type = contentType(headers);
        if (type != null && !MediaType.APPLICATION_JSON.isCompatibleWith(type)) {
            throw new UnsupportedMediaTypeStatusException(type, List.of(MediaType.APPLICATION_JSON));
        }
        if (headers.containsHeader(HttpHeaders.CONTENT_ENCODING)) {
            throw ProblemException.refused(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Send the body as it is, without a Content-Encoding.");
        }
    }

    /**
     * What a body says it is; null when it says nothing.
     *
     * @throws UnsupportedMediaTypeStatusException when that cannot be read
     */
    public static @Nullable MediaType contentType(HttpHeaders headers) {
        try {
            return headers.getContentType();
        } catch (InvalidMediaTypeException unreadable) {
            throw new UnsupportedMediaTypeStatusException(unreadable.getMessage());
        }
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    /** The fields of a body that has come already. */
    public static Fields parse(byte[] bytes) {
        try {
            String text = decode(bytes);
            JsonNode node = STRICT.readTree(text);
            if (!node.isObject()) {
                throw malformed("The body must be a JSON object.");
            }
            if (ESCAPED_SURROGATE.matcher(text).find()
                    && !StandardCharsets.UTF_8.newEncoder().canEncode(node.toString())) {
                throw malformed("The body has half a character: of \\ud800 to \\udfff two always stand together.");
            }
            return new Fields(node);
        } catch (StreamConstraintsException e) {
            throw malformed("The body is more than " + DEEPEST
                    + " levels deep, or a number, a name or a text in it is too long" + place(e) + ".");
        } catch (MismatchedInputException e) {
            throw malformed("The body is not valid JSON: something stands behind its end" + place(e) + ".");
        } catch (JacksonException e) {
            throw malformed("The body is not valid JSON: " + firstLine(e.getOriginalMessage()) + place(e));
        } catch (NumberFormatException e) {
            throw malformed("The body has a number with an exponent that nothing can have.");
        } catch (CharacterCodingException e) {
            throw malformed("The body is not valid UTF-8.");
        }
    }

    private static String decode(byte[] bytes) throws CharacterCodingException {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        return decoder.decode(ByteBuffer.wrap(bytes)).toString();
    }

    private static String place(JacksonException failure) {
        return failure.getLocation() == null
                ? ""
                : " (line " + failure.getLocation().getLineNr() + ", column "
                        + failure.getLocation().getColumnNr() + ")";
    }

    private static String firstLine(String message) {
        // Not how the reader could be told to take it all the same.
        return message.lines()
                .findFirst()
                .orElse("unreadable")
                .replaceFirst(":? \\(?(maybe a .*)?(enable `|not recognized as one since Feature ).*", "");
    }

    private static ProblemException malformed(String detail) {
        return ProblemException.refused(HttpStatus.BAD_REQUEST, detail);
    }

    private static ProblemException tooSlow() {
        return ProblemException.refused(
                HttpStatus.REQUEST_TIMEOUT,
                "The body did not come within " + PATIENCE.toSeconds() + " seconds; send it at once.");
    }

    static ProblemException tooLarge() {
        return ProblemException.refused(HttpStatus.CONTENT_TOO_LARGE, "The body is larger than " + LARGEST + " bytes.");
    }
}
