package tv.tldr.activities.recording;

import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tv.tldr.activities.RefusedConnections;
import tv.tldr.activities.egress.HostNames;
import tv.tldr.activities.media.MediaProperties;
import tv.tldr.activities.media.NotMediaException;
import tv.tldr.activities.media.Probe;
import tv.tldr.activities.media.Workspace;
import tv.tldr.activities.storage.MediaInput;
import tv.tldr.activities.storage.ObjectStore;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.activity.MediaFacts;
import tv.tldr.workflows.stream.StreamSource;

/** What would a source be, if it were recorded? Looks at its headers without storing it. */
@Component
public final class SourceLook {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SourceProperties sources;
    private final SourceOpening opening;
    private final MediaProperties media;
    private final HttpSource http;
    private final ObjectStore store;
    private final Probe probe;

    public SourceLook(
            SourceProperties sources,
            HostNames names,
            RefusedConnections refused,
            MediaProperties media,
            ObjectStore store,
            Probe probe) {
        this.sources = sources;
        this.opening = new SourceOpening(refused);
        this.media = media;
        this.http = new HttpSource(sources, names);
        this.store = store;
        this.probe = probe;
    }

    /**
     * What is known of it.
     *
     * @param sizeBytes −1 when its server does not say
     * @param facts as its headers have them; null when they do not say how long it is
     */
    public record Seen(long sizeBytes, @Nullable MediaFacts facts) {}

    /**
     * Blocks for 30 seconds at most.
     *
     * @param organization that would submit it
     * @throws ApplicationFailure in words, with the name of a {@link tv.tldr.workflows.activity.FailureType}, when it would
     *     not be taken
     */
    public Seen look(OrganizationId organization, StreamSource source) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Runnable heartbeat = () -> {
            if (System.nanoTime() > end) {
                throw SourceFailure.unreachable(
                        "it did not say within " + PATIENCE.toSeconds() + " s what it is; send it from a faster place");
            }
        };
        return opening.of(
                "Looking at the source", organization, null, source, () -> look(organization, source, heartbeat));
    }

    private Seen look(OrganizationId organization, StreamSource source, Runnable heartbeat)
            throws IOException, InterruptedException {
        try (Workspace workspace = Workspace.open(media.scratchFolder(), media.scratchReserve())) {
            if (source.inBucket()) {
                BucketSource.Found found = BucketSource.check(source.url(), organization, store, sources);
                return store.reading(found.key(), input -> seen(found.size(), input, true, workspace, heartbeat));
            }
            if (source.local()) {
                Path file = LocalSource.check(source.url(), sources);
                return seen(Files.size(file), new MediaInput(file), true, workspace, heartbeat);
            }
            Path file = workspace.file("excerpt");
            HttpExcerpt excerpt = HttpExcerpt.fetch(http, source.url(), file, heartbeat);
            return seen(excerpt.size(), new MediaInput(file), excerpt.isSpoken(), workspace, heartbeat);
        }
    }

    private Seen seen(long size, MediaInput input, boolean isSpoken, Workspace workspace, Runnable heartbeat) {
        if (size == 0) {
            throw SourceFailure.notMedia("the file is empty (0 bytes)");
        }
        if (size > sources.maxSize().toBytes()) {
            throw SourceFailure.tooLong("it has " + (size >> 20) + " MiB, and at most "
                    + sources.maxSize().toMegabytes() + " MiB are taken; send it in parts");
        }
        Optional<MediaFacts> facts;
        try {
            facts = probe.headers(input, workspace.folder(), heartbeat);
        } catch (NotMediaException e) {
            if (isSpoken) {
                throw SourceFailure.notMedia(String.valueOf(e.getMessage()));
            }
            facts = Optional.empty();
        }
        return new Seen(size, facts.orElse(null));
    }
}
