package tv.tldr.api.events;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.EventQuery;
import tv.tldr.activities.store.EventStore;
import tv.tldr.api.http.Parameters;
import tv.tldr.api.security.Tenant;
import tv.tldr.workflows.event.EventType;
import tv.tldr.workflows.stream.StreamId;

/** The feed of all that happened in an organization, to reconcile with. */
@RestController
@RequestMapping(path = "/api/v1/events", produces = MediaType.APPLICATION_JSON_VALUE)
final class EventController {
    private static final List<String> TYPES =
            Arrays.stream(EventType.values()).map(EventType::wire).toList();

    private final EventStore events;

    EventController(EventStore events) {
        this.events = events;
    }

    @GetMapping
    Mono<EventFeedResponse> feed(Tenant tenant, @RequestParam MultiValueMap<String, String> query) {
        tenant.require("streams:read");
        tenant.require("highlights:read");
        Parameters parameters = new Parameters(query);
        Optional<Long> cursor = parameters.cursor(EventFeedResponse.LIST, EventController::position);
        Optional<Long> after = parameters.count("after");
        if (cursor.isPresent() && after.isPresent()) {
            parameters.refuse("cursor", "must not be given beside after");
        }
        EventQuery wanted = new EventQuery(
                cursor.or(() -> after).orElse(0L),
                parameters.words("types", TYPES),
                parameters.id("stream_id", StreamId::parse, "stream").orElse(null),
                parameters.limit());
        parameters.finish();
        return events.feed(tenant.organizationId(), wanted)
                .map(feed -> EventFeedResponse.of(tenant.organizationId(), feed));
    }

    private static long position(List<String> keys) {
        long position = Long.parseLong(keys.get(1));
        if (position < 0) {
            throw new IllegalArgumentException("negative");
        }
        return position;
    }
}
