package tv.tldr.api.embedded;

import java.net.URI;
import java.util.Optional;

/** Which Temporal server does the embedded default run on? */
sealed interface TemporalServer extends AutoCloseable permits DevTemporalServer, InMemoryTemporalServer {
    /** Host and port of the gRPC frontend. */
    String address();

    /** Where to look at workflows; empty when the server has no pages. */
    Optional<URI> webUi();

    @Override
    void close();
}
