package tv.tldr.api.highlights;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.MarkerStore;
import tv.tldr.activities.store.SignalStore;
import tv.tldr.api.http.Parameters;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.security.Tenant;
import tv.tldr.api.streams.StreamLookup;
import tv.tldr.workflows.signal.Marker;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.TimeRange;

/** What was measured each second, over HTTP, for charts. */
@RestController
@RequestMapping(path = "/api/v1/streams/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
final class SignalController {
    /** Seconds: with all curves about 3 MB of JSON. */
    private static final int LONGEST_STRETCH = 4 * 3600;

    private final StreamLookup streams;
    private final SignalStore signals;
    private final MarkerStore markers;

    SignalController(StreamLookup streams, SignalStore signals, MarkerStore markers) {
        this.streams = streams;
        this.signals = signals;
        this.markers = markers;
    }

    /** The stretch from {@code from} up to {@code to}, cut to what is measured. */
    @GetMapping("/signals")
    Mono<SignalsResponse> signals(
            Tenant tenant, @PathVariable String id, @RequestParam MultiValueMap<String, String> query) {
        tenant.require("streams:read");
        Parameters parameters = new Parameters(query);
        int from = parameters.integer("from", 0, TimeRange.LATEST).orElse(0);
        int to = parameters.integer("to", 0, TimeRange.LATEST).orElse(from + LONGEST_STRETCH);
        List<SignalKind> kinds = parameters.choices("kinds", SignalKind.class);
        parameters.finish();
        if (to < from) {
            throw ProblemException.invalid("to", "must not be less than from (" + from + ")");
        }
        int end = Math.min(to, from + LONGEST_STRETCH);
        Set<SignalKind> wanted = kinds.isEmpty() ? EnumSet.allOf(SignalKind.class) : EnumSet.copyOf(kinds);
        return streams.find(tenant, id)
                .flatMap(stream ->
                        Mono.zip(signals.load(stream.ref(), wanted).collectList(), markers.load(stream.ref())))
                .map(stored -> stretch(id, stored.getT1(), stored.getT2(), from, end));
    }

    private static SignalsResponse stretch(String id, List<Signals> segments, List<Marker> posted, int from, int to) {
        int measured = segments.stream()
                .mapToInt(segment -> segment.firstSecond() + segment.seconds())
                .max()
                .orElse(0);
        Signals whole = Signals.join(measured, segments).marked(posted);
        return SignalsResponse.of(id, whole, Math.min(from, measured), Math.min(to, measured));
    }
}
