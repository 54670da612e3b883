package tv.tldr.activities.recording;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.springframework.util.unit.DataSize;
import tv.tldr.activities.TestActivities;
import tv.tldr.activities.egress.HostNames;
import tv.tldr.activities.egress.NameServer;
import tv.tldr.activities.media.Ffmpeg;
import tv.tldr.activities.media.MediaProperties;
import tv.tldr.activities.media.Probe;
import tv.tldr.activities.media.TestMedia;
import tv.tldr.activities.storage.FolderObjectStore;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.activity.FailureType;
import tv.tldr.workflows.activity.Recording;
import tv.tldr.workflows.activity.RecordingActivities;
import tv.tldr.workflows.activity.RecordingActivities.ProbeSource;
import tv.tldr.workflows.activity.RecordingActivities.ProbedSource;
import tv.tldr.workflows.activity.RecordingActivities.RecordSource;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.stream.Platform;
import tv.tldr.workflows.stream.StreamId;
import tv.tldr.workflows.stream.StreamSource;

/** The recorder on real folders, called as Temporal calls it. */
final class RecorderFixture implements AutoCloseable {
    final StreamRef stream;
    final FolderObjectStore store;
    final TestActivityEnvironment temporal = TestActivities.environment();
    final TestUpload upload = new TestUpload();
    final List<String> refusals = new CopyOnWriteArrayList<>();
    private volatile String address = "";
    private final Path objects;
    private final Path scratch;
    private final RecordingActivities activities;

    RecorderFixture(Path folder, SourceProperties sources) {
        this(folder, folder.resolve("scratch"), sources);
    }

    RecorderFixture(Path folder, SourceProperties sources, HostNames names) {
        this(folder, folder.resolve("scratch"), sources, names, TestMedia.FFMPEG, fresh());
    }

    RecorderFixture(Path folder, SourceProperties sources, Ffmpeg ffmpeg) {
        this(folder, folder.resolve("scratch"), sources, NameServer.OF_THIS_MACHINE, ffmpeg, fresh());
    }

    RecorderFixture(Path folder, Path scratch, SourceProperties sources) {
        this(folder, scratch, sources, fresh());
    }

    private static StreamRef fresh() {
        return new StreamRef(new OrganizationId(UUID.randomUUID()), new StreamId(UUID.randomUUID()));
    }

    /** With the stream of another fixture and its folders: the recorder as a new process has it. */
    RecorderFixture(Path folder, Path scratch, SourceProperties sources, StreamRef stream) {
        this(folder, scratch, sources, NameServer.OF_THIS_MACHINE, TestMedia.FFMPEG, stream);
    }

    private RecorderFixture(
            Path folder, Path scratch, SourceProperties sources, HostNames names, Ffmpeg ffmpeg, StreamRef stream) {
        this.stream = stream;
        this.objects = folder.resolve("objects");
        this.scratch = scratch;
        this.store = new FolderObjectStore(objects);
        MediaProperties media = new MediaProperties(
                scratch,
                DataSize.ofKilobytes(64),
                objects,
                null,
                folder,
                2,
                DataSize.ofGigabytes(12),
                DataSize.ofGigabytes(64),
                true);
        temporal.registerActivitiesImplementations(new RecordingActivitiesImpl(
                _ -> new StreamSource(address, platform(address)),
                upload,
                (_, _, target, url, why) ->
                        refusals.add(target + " " + URI.create(url).getHost() + ": " + why),
                media,
                sources,
                names,
                store,
                ffmpeg,
                new Probe(ffmpeg)));
        this.activities = temporal.newActivityStub(RecordingActivities.class);
    }

    /** Short times, small sizes, loopback allowed. */
    static SourceProperties impatient() {
        return new SourceProperties(
                true,
                true,
                List.of(),
                Set.of(80, 443),
                Duration.ofSeconds(30),
                DataSize.ofMegabytes(4),
                5,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                DataSize.ofKilobytes(4),
                Duration.ofSeconds(8),
                3);
    }

    /** Waits for a server as long as it takes. */
    static SourceProperties patient() {
        SourceProperties all = impatient();
        return new SourceProperties(
                true,
                true,
                List.of(),
                all.ports(),
                all.maxDuration(),
                all.maxSize(),
                all.redirects(),
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                all.slowSize(),
                Duration.ofMinutes(5),
                all.resumes());
    }

    private static Platform platform(String address) {
        if (address.endsWith(".m3u8")) {
            return Platform.HLS;
        }
        return address.endsWith(".mpd") ? Platform.DASH : Platform.FILE;
    }

    ProbedSource probe(String url) {
        address = url;
        return activities.probeSource(new ProbeSource(stream));
    }

    Recording record(String url) {
        address = url;
        return activities.recordSource(new RecordSource(stream, null));
    }

    /** For an organization whose plan takes so many seconds. */
    Recording record(String url, double longest) {
        address = url;
        return activities.recordSource(new RecordSource(stream, longest));
    }

    /** The failure that the call ends with, after a look that nothing is left of it. */
    ApplicationFailure failure(FailureType type, ThrowingCallable call) throws IOException {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).as("the call must fail with " + type).isNotNull();
        ApplicationFailure failure = (ApplicationFailure) requireNonNull(thrown.getCause());
        assertThat(failure.getType()).as(failure.getOriginalMessage()).isEqualTo(type.name());
        assertThat(filesLeft()).isEmpty();
        return failure;
    }

    /** Everything but folders in the scratch folder and the object store. */
    List<Path> filesLeft() throws IOException {
        List<Path> left = new ArrayList<>();
        for (Path folder : List.of(scratch, objects)) {
            if (Files.exists(folder)) {
                try (Stream<Path> files = Files.walk(folder)) {
                    left.addAll(files.filter(file -> !Files.isDirectory(file)).toList());
                }
            }
        }
        return left;
    }

    @Override
    public void close() {
        temporal.close();
    }
}
