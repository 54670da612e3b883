package tv.tldr.activities.recording;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.failure.ApplicationFailure;
import io.temporal.spring.boot.ActivityImpl;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.springframework.stereotype.Component;
import tv.tldr.activities.ActivityFailures;
import tv.tldr.activities.RefusedConnections;
import tv.tldr.activities.SourceAddresses;
import tv.tldr.activities.StorageFullException;
import tv.tldr.activities.UploadedFiles;
import tv.tldr.activities.egress.HostNames;
import tv.tldr.activities.media.Ffmpeg;
import tv.tldr.activities.media.MediaProperties;
import tv.tldr.activities.media.NotMediaException;
import tv.tldr.activities.media.Probe;
import tv.tldr.activities.media.Workspace;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.storage.ObjectKeys;
import tv.tldr.activities.storage.ObjectStore;
import tv.tldr.activities.storage.Sha256;
import tv.tldr.activities.storage.StoredObject;
import tv.tldr.workflows.activity.MediaFacts;
import tv.tldr.workflows.activity.Recording;
import tv.tldr.workflows.activity.RecordingActivities;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.stream.StreamSource;

/** Links a local file, joins an upload, copies an object or downloads a URL into the object store, then looks what it is. */
@Component
@ActivityImpl(workers = "media")
public class RecordingActivitiesImpl implements RecordingActivities {
    private final SourceAddresses addresses;
    private final UploadedFiles uploads;
    private final SourceOpening opening;
    private final MediaProperties media;
    private final SourceProperties sources;
    private final HttpSource http;
    private final PlaylistSource playlists;
    private final ObjectStore store;
    private final Probe probe;

    public RecordingActivitiesImpl(
            SourceAddresses addresses,
            UploadedFiles uploads,
            RefusedConnections refused,
            MediaProperties media,
            SourceProperties sources,
            HostNames names,
            ObjectStore store,
            Ffmpeg ffmpeg,
            Probe probe) {
        this.addresses = addresses;
        this.uploads = uploads;
        this.opening = new SourceOpening(refused);
        this.media = media;
        this.sources = sources;
        this.http = new HttpSource(sources, names);
        this.playlists = new PlaylistSource(ffmpeg, sources, names);
        this.store = store;
        this.probe = probe;
    }

    @Override
    public ProbedSource probeSource(ProbeSource command) {
        ActivityExecutionContext context = Activity.getExecutionContext();
        StreamSource source = addresses.of(command.stream());
        return opening("Looking at the source", command.stream(), source, () -> {
            if (source.uploaded()) {
                return new UploadedSource(store, uploads.of(command.stream())).look();
            }
            if (source.inBucket()) {
                var found = BucketSource.check(source.url(), command.stream().organizationId(), store, sources);
                return new ProbedSource(found.size(), found.key().value());
            }
            if (source.playlist()) {
                return lookAtPlaylist(source, () -> context.heartbeat(0));
            }
            if (!source.local()) {
                return new HttpPreview(http).look(source.url(), () -> context.heartbeat(0));
            }
            Path file = LocalSource.check(source.url(), sources);
            return new ProbedSource(Files.size(file), String.valueOf(file.getFileName()));
        });
    }

    @Override
    public Recording recordSource(RecordSource command) {
        ActivityExecutionContext context = Activity.getExecutionContext();
        LongConsumer heartbeat = context::heartbeat;
        StreamSource source = addresses.of(command.stream());
        return opening("Recording the source", command.stream(), source, () -> {
            if (source.uploaded()) {
                return record(command, heartbeat, (key, workspace) -> join(command, key, workspace, heartbeat));
            }
            if (source.inBucket()) {
                return record(command, heartbeat, (key, _) -> copy(command, key, source, heartbeat));
            }
            if (source.playlist()) {
                return record(command, heartbeat, (key, workspace) -> join(command, key, source, workspace, heartbeat));
            }
            return source.local()
                    ? record(command, heartbeat, (key, _) -> link(key, source, heartbeat))
                    : recordRemote(command, source, heartbeat);
        });
    }

    private <T> T opening(String doing, StreamRef stream, StreamSource source, ActivityFailures.Body<T> body) {
        return opening.of(doing, stream.organizationId(), stream.streamId().toString(), source, body);
    }

    private StoredObject copy(RecordSource command, ObjectKey key, StreamSource source, LongConsumer heartbeat)
            throws IOException {
        Optional<StoredObject> before = store.find(key);
        if (before.isPresent()) {
            return before.get();
        }
        ObjectKey from = BucketSource.check(source.url(), command.stream().organizationId(), store, sources)
                .key();
        return store.copy(from, key, heartbeat);
    }

    private ProbedSource lookAtPlaylist(StreamSource source, Runnable heartbeat) {
        try (Workspace workspace = Workspace.open(media.scratchFolder(), media.scratchReserve())) {
            double duration = playlists.look(source.url(), workspace.folder(), heartbeat);
            return new ProbedSource(-1, "a playlist of " + Math.round(duration) + " s");
        }
    }

    private Recording recordRemote(RecordSource command, StreamSource source, LongConsumer heartbeat) throws Exception {
        PartialFile.sweep(media.scratchFolder(), Instant.now());
        try (PartialFile partial = PartialFile.take(
                        media.scratchFolder(), command.stream().streamId())
                .orElseThrow(SourceFailure::busy)) {
            try {
                return record(command, heartbeat, (key, _) -> download(key, source, partial, heartbeat));
            } catch (Exception e) {
                // A full scratch disk needs the room more than the next attempt needs the bytes.
                boolean isScratchInTrouble = e instanceof IOException || e instanceof StorageFullException;
                if (ActivityFailures.isTriedAgain(e) && !isScratchInTrouble) {
                    partial.keep();
                }
                throw e;
            }
        }
    }

    @FunctionalInterface
    private interface Storing {
        StoredObject under(ObjectKey key, Workspace workspace) throws IOException, InterruptedException;
    }

    private Recording record(RecordSource command, LongConsumer heartbeat, Storing storing) throws Exception {
        try (Workspace workspace = Workspace.open(media.scratchFolder(), media.scratchReserve())) {
            StoredObject stored = storing.under(ObjectKeys.source(command.stream()), workspace);
            MediaFacts facts = facts(stored, longest(command), workspace, heartbeat);
            return new Recording(stored.key().value(), stored.sizeBytes(), stored.sha256(), facts);
        }
    }

    private StoredObject link(ObjectKey key, StreamSource source, LongConsumer heartbeat) throws IOException {
        Optional<StoredObject> before = store.find(key);
        if (before.isPresent() && isStillThere(source, before.get().sizeBytes())) {
            return before.get();
        }
        Path file = LocalSource.check(source.url(), sources);
        return store.link(key, file, Sha256.of(file, heartbeat), heartbeat);
    }

    private StoredObject join(RecordSource command, ObjectKey key, Workspace workspace, LongConsumer heartbeat)
            throws IOException {
        Optional<StoredObject> before = store.find(key);
        StoredObject stored = before.isPresent()
                ? before.get()
                : new UploadedSource(store, uploads.of(command.stream()))
                        .store(key, workspace.file("upload"), heartbeat);
        uploads.takenOver(command.stream());
        return stored;
    }

    private StoredObject join(
            RecordSource command, ObjectKey key, StreamSource source, Workspace workspace, LongConsumer heartbeat)
            throws IOException {
        Optional<StoredObject> before = store.find(key);
        if (before.isPresent()) {
            return before.get();
        }
        Path file = workspace.file("joined");
        playlists.join(source.url(), longest(command), workspace.folder(), file, heartbeat);
        return store.adopt(key, file, Sha256.of(file, heartbeat), heartbeat);
    }

    private StoredObject download(ObjectKey key, StreamSource source, PartialFile partial, LongConsumer heartbeat)
            throws IOException, InterruptedException {
        Optional<StoredObject> before = store.find(key);
        if (before.isPresent()) {
            return before.get();
        }
        String sha256 = new Download(http, sources, source.url(), partial, heartbeat).run();
        return store.adopt(key, partial.content(), sha256, heartbeat);
    }

    /** A stored link is kept when the file is gone meanwhile or unchanged in size; else the file is taken anew. */
    private static boolean isStillThere(StreamSource source, long storedSize) throws IOException {
        Path file = Path.of(URI.create(source.url()));
        return !Files.isReadable(file) || Files.size(file) == storedSize;
    }

    /** Whichever is shorter: what this installation takes, or what the plan allows. */
    private Duration longest(RecordSource command) {
        Double planned = command.longest();
        Duration most = sources.maxDuration();
        return planned == null || planned >= most.toSeconds() ? most : Duration.ofSeconds(Math.round(planned));
    }

    private MediaFacts facts(StoredObject stored, Duration longest, Workspace workspace, LongConsumer heartbeat) {
        try {
            MediaFacts facts = store.reading(
                    stored.key(),
                    input -> probe.probe(input, workspace.folder(), () -> heartbeat.accept(stored.sizeBytes())));
            if (facts.duration() > longest.toSeconds()) {
                throw SourceFailure.tooLong("it runs for " + Math.round(facts.duration() / 60)
                        + " minutes, and at most " + longest.toMinutes() + " are taken; send it in parts");
            }
            return facts;
        } catch (NotMediaException e) {
            store.delete(stored.key());
            throw SourceFailure.notMedia(String.valueOf(e.getMessage()));
        } catch (ApplicationFailure e) {
            store.delete(stored.key());
            throw e;
        }
    }
}
