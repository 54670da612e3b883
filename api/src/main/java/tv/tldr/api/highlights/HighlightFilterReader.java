package tv.tldr.api.highlights;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.store.HighlightFilter;
import tv.tldr.api.http.Fields;
import tv.tldr.api.http.Parameters;
import tv.tldr.workflows.highlight.HighlightId;
import tv.tldr.workflows.stream.StreamId;

/** Which highlights does a request ask for? */
final class HighlightFilterReader {
    static final int MOST_WORDS = 20;
    static final int LONGEST_WORD = 100;
    private static final int MOST_IDS = 1000;

    private HighlightFilterReader() {}

    private enum Status {
        DETECTED,
        PROCESSED
    }

    static HighlightFilter read(Parameters parameters) {
        HighlightFilter filter = readWithoutStream(parameters);
        return parameters
                .id("stream_id", StreamId::parse, "stream")
                .map(filter::of)
                .orElse(filter);
    }

    /** The same where the stream is known already. */
    static HighlightFilter readWithoutStream(Parameters parameters) {
        return new HighlightFilter(
                List.of(),
                null,
                parameters.number("min_confidence", 0, 1).orElse(0.0),
                parameters.texts("type", MOST_WORDS, LONGEST_WORD),
                parameters.texts("tags", MOST_WORDS, LONGEST_WORD),
                parameters
                        .choice("status", Status.class)
                        .map(status -> status == Status.PROCESSED)
                        .orElse(null),
                parameters.flag("pinned").orElse(null),
                parameters.instant("created_after").orElse(null),
                parameters.instant("created_before").orElse(null));
    }

    static HighlightFilter read(Fields body) {
        return new HighlightFilter(
                ids(body, MOST_IDS).orElse(List.of()),
                stream(body),
                body.number("min_confidence", 0, 0, 1),
                body.texts("types", MOST_WORDS, LONGEST_WORD).orElse(List.of()),
                body.texts("tags", MOST_WORDS, LONGEST_WORD).orElse(List.of()),
                null,
                null,
                null,
                null);
    }

    /** The field {@code ids}: each once, and at least one where it is given. */
    static Optional<List<HighlightId>> ids(Fields body, int most) {
        return body.texts("ids", most, LONGEST_WORD).map(texts -> {
            if (texts.isEmpty()) {
                body.refuse("ids", "must hold at least one id");
            }
            return IntStream.range(0, texts.size())
                    .mapToObj(i -> id(body, "ids[" + i + "]", texts.get(i)))
                    .flatMap(Optional::stream)
                    .distinct()
                    .toList();
        });
    }

    private static Optional<HighlightId> id(Fields body, String field, String text) {
        try {
            return Optional.of(HighlightId.parse(text));
        } catch (IllegalArgumentException e) {
            body.refuse(field, NO_SUCH);
            return Optional.empty();
        }
    }

    static final String NO_SUCH = "is no highlight of yours";

    private static @Nullable StreamId stream(Fields body) {
        return body.text("stream_id", LONGEST_WORD)
                .flatMap(text -> {
                    try {
                        return Optional.of(StreamId.parse(text));
                    } catch (IllegalArgumentException e) {
                        body.refuse("stream_id", "must be the id of a stream");
                        return Optional.empty();
                    }
                })
                .orElse(null);
    }
}
