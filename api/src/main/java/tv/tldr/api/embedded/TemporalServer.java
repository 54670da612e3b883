package tv.tldr.api.embedded;

import io.temporal.common.SearchAttributeKey;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import tv.tldr.workflows.stream.StreamAttributes;

/** Which Temporal server does the embedded default run on? */
sealed interface TemporalServer extends AutoCloseable permits DevTemporalServer, InMemoryTemporalServer {
    /** What an operator filters streams by in the Web UI; a new server has to be told. */
    List<SearchAttributeKey<?>> SEARCH_ATTRIBUTES = List.of(
            StreamAttributes.ORGANIZATION_ID,
            StreamAttributes.STREAM_STATUS,
            StreamAttributes.PLATFORM,
            StreamAttributes.IS_LIVE,
            StreamAttributes.HIGHLIGHT_COUNT);

    /** Host and port of the gRPC frontend. */
    String address();

    /** Where to look at workflows; empty when the server has no pages. */
    Optional<URI> webUi();

    @Override
    void close();
}
