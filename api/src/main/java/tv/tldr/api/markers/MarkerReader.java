package tv.tldr.api.markers;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tv.tldr.activities.store.NewMarker;
import tv.tldr.activities.store.StreamRow;
import tv.tldr.api.http.Fields;
import tv.tldr.api.http.Instants;
import tv.tldr.api.streams.Metadata;
import tv.tldr.workflows.signal.Marker;
import tv.tldr.workflows.signal.MarkerKind;
import tv.tldr.workflows.stream.TimeRange;

/** What does a request say that happened in a stream? */
final class MarkerReader {
    private static final int MOST_AT_ONCE = 500;
    private static final int LONGEST_KIND = 40;
    private static final int LONGEST_LABEL = 200;

    /** Seconds: what lies farther from its marker is another moment. */
    private static final double FARTHEST = 300;

    private static final double MILLISECONDS = 1000;
    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9_]*");

    private final StreamRow stream;

    MarkerReader(StreamRow stream) {
        this.stream = stream;
    }

    /** All of them, no two of which are the same. */
    List<NewMarker> read(Fields body) {
        List<Fields> entries = body.objects("markers", MOST_AT_ONCE).orElse(List.of());
        if (entries.isEmpty() && body.isSound("markers")) {
            body.refuse("markers", "must hold at least one marker");
        }
        Map<List<Object>, Integer> places = new LinkedHashMap<>();
        List<NewMarker> markers = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            Optional<NewMarker> read = marker(entries.get(i));
            if (read.isPresent()) {
                Integer same = places.putIfAbsent(key(read.get().marker()), i);
                if (same != null) {
                    body.refuse("markers[" + i + "]", "is the same as markers[" + same + "]: time, kind and label are");
                }
                markers.add(read.get());
            }
        }
        body.finish();
        return markers;
    }

    private static List<Object> key(Marker marker) {
        return List.of(marker.time(), marker.kind(), Optional.ofNullable(marker.label()));
    }

    private Optional<NewMarker> marker(Fields entry) {
        String kind = kind(entry);
        MarkerKind usual = MarkerKind.of(kind);
        Optional<Double> time = time(entry);
        String label = entry.text("label", LONGEST_LABEL).map(String::strip).orElse("");
        double weight = entry.number("weight", usual.weight(), 0, 1);
        double lead = entry.number("lead", usual.lead(), 0, FARTHEST);
        double lag = entry.number("lag", usual.lag(), 0, FARTHEST);
        Map<String, Object> metadata =
                entry.node("metadata").map(node -> Metadata.read(entry, node)).orElse(Map.of());
        return time.filter(at -> !kind.isEmpty())
                .map(at -> new NewMarker(
                        new Marker(kind, at, label.isEmpty() ? null : label, weight, lead, lag), metadata));
    }

    private static String kind(Fields entry) {
        String kind = entry.requiredText("kind", LONGEST_KIND);
        if (entry.isSound("kind") && !KIND.matcher(kind).matches()) {
            entry.refuse("kind", "must be a word of small letters, digits and _, such as goal or clip_that");
            return "";
        }
        return kind;
    }

    private Optional<Double> time(Fields entry) {
        Optional<Double> time = entry.number("time", 0, TimeRange.LATEST);
        Optional<Instant> sent = Instants.read(entry, "sent_at");
        if (time.isPresent() && sent.isPresent()) {
            entry.refuse("sent_at", "cannot be given with time");
        } else if (time.isEmpty() && sent.isEmpty() && entry.isSound("time") && entry.isSound("sent_at")) {
            entry.refuse("time", stream.live() ? "or sent_at is required" : "is required");
        }
        return time.or(() -> sent.flatMap(at -> sinceStart(entry, at))).map(MarkerReader::toTheMillisecond);
    }

    /** Only a live stream has a clock that others share. */
    private Optional<Double> sinceStart(Fields entry, Instant sent) {
        if (!stream.live() || stream.startedAt() == null) {
            entry.refuse(
                    "sent_at",
                    stream.live()
                            ? "cannot be placed before the stream has started; send time, or try again then"
                            : "cannot be placed in a recording; send time, in seconds of the stream");
            return Optional.empty();
        }
        double seconds = Duration.between(stream.startedAt(), sent).toMillis() / MILLISECONDS;
        if (seconds < 0 || seconds > TimeRange.LATEST) {
            entry.refuse("sent_at", "must not lie before the start of the stream, " + stream.startedAt());
            return Optional.empty();
        }
        return Optional.of(seconds);
    }

    private static double toTheMillisecond(double seconds) {
        return Math.round(seconds * MILLISECONDS) / MILLISECONDS;
    }
}
