package tv.tldr.activities.store;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import reactor.core.publisher.Mono;
import tv.tldr.workflows.account.OrganizationId;

/** Who is told of one stream alone? Endpoints like all others, which go with their stream and which no list shows. */
final class StreamHooks {
    private final Database database;

    StreamHooks(Database database) {
        this.database = database;
    }

    /** Belongs to the transaction that writes the streams. */
    Mono<Void> write(OrganizationId organization, List<NewStream> streams) {
        List<Named> named = streams.stream()
                .flatMap(stream -> stream.hooks().stream()
                        .map(hook -> new Named(stream.ref().streamId().uuid(), hook)))
                .toList();
        return named.isEmpty()
                ? Mono.empty()
                : database.update(database.sql(organization, """
                        INSERT INTO webhook_endpoints (organization_id, id, stream_id, url, events)
                        SELECT :organization, one.id, stream, url, string_to_array(events, ' ')
                        FROM unnest(:ids::uuid[], :streams::uuid[], :urls::text[], :events::text[])
                            AS one (id, stream, url, events)
                        """)
                                .bind(
                                        "ids",
                                        IntStream.range(0, named.size())
                                                .mapToObj(i -> FreshUuid.next())
                                                .toArray(UUID[]::new))
                                .bind(
                                        "streams",
                                        named.stream().map(Named::stream).toArray(UUID[]::new))
                                .bind("urls", texts(named, one -> one.hook().url()))
                                .bind(
                                        "events",
                                        texts(
                                                named,
                                                one -> String.join(
                                                        " ", one.hook().events()))))
                        .then();
    }

    private record Named(UUID stream, StreamHook hook) {}

    private static String[] texts(List<Named> named, Function<Named, String> text) {
        return named.stream().map(text).toArray(String[]::new);
    }
}
