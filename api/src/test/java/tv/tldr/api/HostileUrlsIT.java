package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tv.tldr.activities.RefusedConnections;
import tv.tldr.activities.TestActivities;
import tv.tldr.activities.UploadedFiles;
import tv.tldr.activities.delivery.Reception;
import tv.tldr.activities.delivery.WebhookRequest;
import tv.tldr.activities.delivery.WebhookSender;
import tv.tldr.activities.egress.Canary;
import tv.tldr.activities.egress.HostNames;
import tv.tldr.activities.egress.HostileUrls;
import tv.tldr.activities.egress.HostileUrls.Careless;
import tv.tldr.activities.egress.HostileUrls.Hostile;
import tv.tldr.activities.egress.HostileUrls.Seen;
import tv.tldr.activities.egress.NameServer;
import tv.tldr.activities.egress.Origin;
import tv.tldr.activities.media.Ffmpeg;
import tv.tldr.activities.media.FfmpegCommand;
import tv.tldr.activities.media.FfmpegFailure;
import tv.tldr.activities.media.FfmpegLimits;
import tv.tldr.activities.media.FfmpegPrograms;
import tv.tldr.activities.media.MediaProperties;
import tv.tldr.activities.media.Probe;
import tv.tldr.activities.recording.RecordingActivitiesImpl;
import tv.tldr.activities.recording.SourceProperties;
import tv.tldr.activities.storage.ObjectStore;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.activity.FailureType;
import tv.tldr.workflows.activity.RecordingActivities;
import tv.tldr.workflows.activity.RecordingActivities.ProbeSource;
import tv.tldr.workflows.activity.RecordingActivities.RecordSource;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.stream.Platform;
import tv.tldr.workflows.stream.StreamId;
import tv.tldr.workflows.stream.StreamSource;

/**
 * Some two hundred URLs that lead where nobody may go, as sources and as webhooks, at the door and at the one who dials, whatever
 * the door said: none is reached. What is counted is written to {@code target/hostile-urls.md}.
 */
class HostileUrlsIT {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final FfmpegLimits WITHOUT_SANDBOX =
            new FfmpegLimits(FfmpegLimits.DEFAULTS.addressSpace(), FfmpegLimits.DEFAULTS.fileSize(), false);
    private static final RunningApi HERE = RunningApi.shared();

    @TempDir
    private static Path folder = Path.of("");

    private static final Map<String, Count> COUNTS = new TreeMap<>();

    private static Canary canary;
    private static Origin origin;
    private static NameServer names;
    private static List<Hostile> urls;
    private static RunningApi strict;

    private final TestActivityEnvironment temporal = TestActivities.environment();

    /** All that is wrong is told at once. */
    private final SoftAssertions softly = new SoftAssertions();

    private final Caller caller = HERE.caller("admin");

    /** Of one family of URLs. */
    private static final class Count {
        int urls;
        int refused;
        int notDialled;
        int hits;
        int careless;
        int hitsOfCareless;
    }

    @BeforeAll
    static void start() throws IOException {
        canary = new Canary();
        origin = new Origin(folder);
        names = new NameServer();
        urls = HostileUrls.all(canary, origin, names);
        // Its own ports are allowed, so that nothing but the address is judged.
        strict = HERE.another(Map.of(
                "WORKERS_ENABLED",
                "false",
                "SWEEP_ENABLED",
                "false",
                "SOURCES_ALLOWED_ADDRESSES",
                Origin.ADDRESS,
                "SOURCES_PORTS",
                "80,443," + canary.port() + "," + origin.port(),
                "WEBHOOK_PORTS",
                "80,443," + canary.port() + "," + origin.port(),
                "EGRESS_NAME_SERVERS",
                names.address(),
                "EGRESS_DENIED_ADDRESSES",
                NameServer.OURS));
    }

    @AfterAll
    static void end() throws IOException {
        StringBuilder report = new StringBuilder("""
                | what is hostile | URLs | refused at the door | not dialled | hits | careless programs | their hits |
                | --- | --- | --- | --- | --- | --- | --- |
                """);
        COUNTS.forEach((family, count) -> report.append("| %s | %d | %d | %d | %d | %d | %d |%n"
                .formatted(
                        family,
                        count.urls,
                        count.refused,
                        count.notDialled,
                        count.hits,
                        count.careless,
                        count.hitsOfCareless)));
        Files.writeString(Path.of("target", "hostile-urls.md"), report);
        strict.close();
        names.close();
        origin.close();
        canary.close();
    }

    @AfterEach
    void tell() {
        temporal.close();
        softly.assertAll();
    }

    @Test
    void thereAreEnoughOfThem() {
        assertThat(urls).extracting(Hostile::url).doesNotHaveDuplicates().hasSizeGreaterThan(150);
    }

    @Test
    void noneIsReachedAsASource() {
        Recorder recorder = new Recorder(temporal, strict.bean(SourceProperties.class));
        for (Hostile hostile : urls) {
            Count count = count("source: ", hostile);
            int before = canary.hits();
            Answer answer = caller.at(strict).post("/api/v1/streams", json(Map.of("source_url", hostile.url())));
            if (hostile.seen() == Seen.AS_TEXT) {
                softly.assertThat(answer.status()).as(hostile.toString()).isEqualTo(400);
                softly.assertThat(answer.text("/code")).isEqualTo("VALIDATION_ERROR");
                softly.assertThat(answer.wrongFields()).containsExactly("source_url");
                count.refused++;
            } else {
                softly.assertThat(answer.status()).as(hostile.toString()).isEqualTo(202);
            }
            FailureType expected = hostile.seen() == Seen.NOT_AT_ALL
                    ? FailureType.SOURCE_UNREACHABLE
                    : FailureType.SOURCE_FORBIDDEN_ADDRESS;
            softly.assertThat(recorder.failures(hostile.url(), caller.organization()))
                    .as(hostile.toString())
                    .containsOnly(expected.name());
            count.notDialled++;
            count.hits += canary.hits() - before;
        }
        assertThat(canary.hits()).isEqualTo(hitsOfCareless());
    }

    @Test
    void noneIsReachedAsAWebhook() {
        WebhookSender sender = strict.bean(WebhookSender.class);
        for (Hostile hostile : urls) {
            Count count = count("webhook: ", hostile);
            int before = canary.hits();
            if (hostile.isRedirect()) {
                // Where a webhook's receiver is allowed, what it redirects to is not followed.
                Reception reception = send(HERE.bean(WebhookSender.class), hostile.url());
                softly.assertThat(reception)
                        .as(hostile.toString())
                        .matches(one -> one instanceof Reception.Answered answered && !answered.isWelcome());
            } else {
                Answer answer = caller.at(strict)
                        .post("/api/v1/webhooks", json(Map.of("url", hostile.secure(), "enabled", false)));
                if (hostile.seen() == Seen.AS_TEXT) {
                    softly.assertThat(answer.status()).as(hostile.toString()).isEqualTo(400);
                    softly.assertThat(answer.text("/code")).isEqualTo("VALIDATION_ERROR");
                    softly.assertThat(answer.wrongFields()).containsExactly("url");
                    count.refused++;
                } else {
                    softly.assertThat(answer.status()).as(hostile.toString()).isEqualTo(201);
                }
                softly.assertThat(send(sender, hostile.secure()))
                        .as(hostile.toString())
                        .isInstanceOf(
                                hostile.seen() == Seen.NOT_AT_ALL
                                        ? Reception.Unanswered.class
                                        : Reception.Forbidden.class);
            }
            count.notDialled++;
            count.hits += canary.hits() - before;
        }
        assertThat(canary.hits()).isEqualTo(hitsOfCareless());
    }

    /** A test that finds nothing finds nothing also when nothing was asked: careless programs do get there. */
    @Test
    void withoutTheGuardTheyAreReached() {
        Recorder open = new Recorder(temporal, careless(strict.bean(SourceProperties.class)));
        for (Hostile hostile : urls) {
            if (hostile.careless() == Careless.NOBODY) {
                continue;
            }
            Count count = count("source: ", hostile, 0);
            int before = canary.hits();
            if (hostile.careless() == Careless.CLIENT) {
                open.failures(hostile.url(), caller.organization());
            } else {
                openByFfmpeg(hostile.url());
            }
            softly.assertThat(canary.hits()).as(hostile.toString()).isGreaterThan(before);
            count.careless++;
            count.hitsOfCareless += canary.hits() - before;
        }
    }

    @Test
    void withoutTheGuardTheyAreReachedByWebhooks() {
        try (RunningApi open = HERE.another(Map.of(
                "WORKERS_ENABLED",
                "false",
                "SWEEP_ENABLED",
                "false",
                "WEBHOOK_ALLOW_PRIVATE",
                "true",
                "EGRESS_NAME_SERVERS",
                names.address()))) {
            for (Hostile hostile : urls) {
                if (hostile.careless() != Careless.CLIENT || hostile.isRedirect()) {
                    continue;
                }
                Count count = count("webhook: ", hostile, 0);
                int before = canary.hits();
                send(open.bean(WebhookSender.class), hostile.url());
                softly.assertThat(canary.hits()).as(hostile.toString()).isGreaterThan(before);
                count.careless++;
                count.hitsOfCareless += canary.hits() - before;
            }
        }
    }

    /** The recorder as the program has it, told where to record from. */
    private static final class Recorder {
        private final RecordingActivities activities;
        private StreamSource source = new StreamSource("http://nothing.invalid/", Platform.FILE);

        Recorder(TestActivityEnvironment temporal, SourceProperties sources) {
            temporal.registerActivitiesImplementations(new RecordingActivitiesImpl(
                    _ -> source,
                    strict.bean(UploadedFiles.class),
                    strict.bean(RefusedConnections.class),
                    strict.bean(MediaProperties.class),
                    sources,
                    strict.bean(HostNames.class),
                    strict.bean(ObjectStore.class),
                    strict.bean(Ffmpeg.class),
                    strict.bean(Probe.class)));
            activities = temporal.newActivityStub(RecordingActivities.class);
        }

        /** What a look at it, and recording it, end with. */
        List<String> failures(String url, OrganizationId organization) {
            source = new StreamSource(url, Platform.FILE);
            StreamRef stream = new StreamRef(organization, new StreamId(UUID.randomUUID()));
            return List.of(
                    type(catchThrowable(() -> activities.probeSource(new ProbeSource(stream)))),
                    type(catchThrowable(() -> activities.recordSource(new RecordSource(stream, null)))));
        }

        private static String type(@Nullable Throwable thrown) {
            return thrown != null && thrown.getCause() instanceof ApplicationFailure failure
                    ? failure.getType()
                    : "none";
        }
    }

    private static SourceProperties careless(SourceProperties all) {
        return new SourceProperties(
                false,
                true,
                List.of(),
                all.ports(),
                all.maxDuration(),
                all.maxSize(),
                all.redirects(),
                all.connectTimeout(),
                all.responseTimeout(),
                all.idleTimeout(),
                all.slowWindow(),
                all.slowSize(),
                all.wholeTimeout(),
                all.resumes());
    }

    private static void openByFfmpeg(String url) {
        try {
            new Ffmpeg(strict.bean(FfmpegPrograms.class), WITHOUT_SANDBOX)
                    .run(
                            FfmpegCommand.ffprobe(
                                    folder, Duration.ofSeconds(10), List.of("-rw_timeout", "2000000", "-i", url)),
                            progress -> {});
        } catch (FfmpegFailure noMedia) {
            // It has been there, which is what is asked.
        }
    }

    private static Reception send(WebhookSender sender, String url) {
        return Objects.requireNonNull(
                sender.send(new WebhookRequest(url, "evt_1", "{\"id\":\"evt_1\"}", List.of(SECRET), Map.of()))
                        .block());
    }

    private static String json(Map<String, Object> body) {
        return JsonMapper.shared().writeValueAsString(body);
    }

    private static Count count(String as, Hostile hostile) {
        return count(as, hostile, 1);
    }

    private static Count count(String as, Hostile hostile, int more) {
        Count count = COUNTS.computeIfAbsent(as + hostile.family(), _ -> new Count());
        count.urls += more;
        return count;
    }

    private static int hitsOfCareless() {
        return COUNTS.values().stream().mapToInt(count -> count.hitsOfCareless).sum();
    }
}
