package tv.tldr.api.events;

import java.time.Duration;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.StoredEvent;
import tv.tldr.activities.store.StreamRow;
import tv.tldr.api.http.Parameters;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.security.StillAdmitted;
import tv.tldr.api.security.Tenant;
import tv.tldr.api.streams.StreamLookup;
import tv.tldr.workflows.account.OrganizationId;

/** A stream as it goes: its events as they come, as server-sent events. */
@RestController
final class StreamEventsController {
    private static final String LAST_SEEN = "Last-Event-ID";
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    /** Then the client comes again and shows its key again. */
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final StreamLookup streams;
    private final StreamFollower follower;
    private final StillAdmitted admitted;

    StreamEventsController(StreamLookup streams, StreamFollower follower, StillAdmitted admitted) {
        this.streams = streams;
        this.follower = follower;
        this.admitted = admitted;
    }

    /** 204: the stream has ended and the client has seen it all, which tells a browser not to come again. */
    @GetMapping(path = "/api/v1/streams/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Mono<ResponseEntity<Flux<ServerSentEvent<EventResponse>>>> follow(
            Tenant tenant,
            @PathVariable String id,
            @RequestParam MultiValueMap<String, String> query,
            ServerWebExchange exchange) {
        tenant.require("streams:read");
        tenant.require("highlights:read");
        Parameters parameters = new Parameters(query);
        long given = parameters.count("after").orElse(0L);
        parameters.finish();
        long seen = Math.max(given, lastSeen(exchange.getRequest()));
        return streams.find(tenant, id).flatMap(stream -> follower.place(stream, seen)
                .flatMap(after -> answer(tenant, stream, after, exchange)));
    }

    private Mono<ResponseEntity<Flux<ServerSentEvent<EventResponse>>>> answer(
            Tenant tenant, StreamRow stream, long after, ServerWebExchange exchange) {
        return follower.isOver(stream, after)
                .map(over -> over && after > 0
                        ? ResponseEntity.noContent().build()
                        : ResponseEntity.ok()
                                .contentType(MediaType.TEXT_EVENT_STREAM)
                                .header("X-Accel-Buffering", "no")
                                .body(told(tenant.organizationId(), stream, after)
                                        .takeUntilOther(admitted.untilNot(exchange))));
    }

    private Flux<ServerSentEvent<EventResponse>> told(OrganizationId organization, StreamRow stream, long after) {
        ServerSentEvent<EventResponse> first =
                ServerSentEvent.<EventResponse>builder().retry(PAUSE).build();
        return follower.follow(stream, after)
                .map(event -> wire(organization, event))
                .publish(events -> Flux.merge(events, heartbeats(events)), 1)
                .startWith(first)
                .take(LONGEST);
    }

    private static Flux<ServerSentEvent<EventResponse>> heartbeats(Flux<ServerSentEvent<EventResponse>> until) {
        return Flux.interval(HEARTBEAT)
                .onBackpressureDrop()
                .map(beat -> ServerSentEvent.<EventResponse>builder()
                        .comment("still here")
                        .build())
                .takeUntilOther(until.ignoreElements());
    }

    private static ServerSentEvent<EventResponse> wire(OrganizationId organization, StoredEvent event) {
        return ServerSentEvent.<EventResponse>builder()
                .id(String.valueOf(event.sequence()))
                .event(event.type())
                .data(EventResponse.of(organization, event))
                .build();
    }

    private static long lastSeen(ServerHttpRequest request) {
        List<String> given = request.getHeaders().getOrEmpty(LAST_SEEN);
        if (given.isEmpty() || given.getFirst().isEmpty()) {
            return 0;
        }
        try {
            long seen = Long.parseLong(given.getFirst());
            if (seen >= 0) {
                return seen;
            }
        } catch (NumberFormatException e) {
            // As wrong as a negative one.
        }
        throw ProblemException.invalid(
                LAST_SEEN, "must be the id of an event of this stream, a whole number from 0 to " + Long.MAX_VALUE);
    }
}
