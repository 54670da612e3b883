package tv.tldr.api;

import io.r2dbc.spi.Connection;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.FreshUuid;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.stream.StreamId;

/** A transaction that stays open for as long as a test likes. */
final class OwnTransaction {
    private final Connection connection;

    OwnTransaction(RunningApi api) {
        connection = Mono.from(api.owner().getConnectionFactory().create())
                .blockOptional()
                .orElseThrow();
        Mono.from(connection.beginTransaction()).block();
    }

    void run(String statement) {
        Flux.from(connection.createStatement(statement).execute())
                .flatMap(result -> result.getRowsUpdated())
                .blockLast();
    }

    /** Its id; nobody else sees it yet. */
    String insertStream(OrganizationId organization) {
        UUID id = FreshUuid.next();
        run("""
                INSERT INTO streams (organization_id, id, source_url, source_key, platform, status, is_live, allow_duplicate,
                                     options, metadata, progress, workflow_id, queued_at)
                SELECT '%1$s', '%2$s', 'https://media.example.com/%2$s.mp4', sha256('%2$s'), 'file', 'pending', false, true,
                       options, '{}', progress, 'stream/%2$s', NULL
                FROM streams LIMIT 1
                """.formatted(organization.uuid(), id));
        return new StreamId(id).toString();
    }

    void commit() {
        Mono.from(connection.commitTransaction())
                .then(Mono.from(connection.close()))
                .block();
    }
}
