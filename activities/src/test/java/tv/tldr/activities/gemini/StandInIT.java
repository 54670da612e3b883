package tv.tldr.activities.gemini;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;
import tv.tldr.activities.gemini.standin.GeminiStandIn;
import tv.tldr.activities.gemini.standin.GeminiStandIn.Settings;
import tv.tldr.activities.media.Probe;
import tv.tldr.activities.media.TestMedia;
import tv.tldr.activities.storage.MediaInput;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.activity.MediaFacts;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.stream.StreamId;
import tv.tldr.workflows.stream.TimeRange;

/** What every test of the gateway begins with: Google's own client against the stand-in, over HTTP, with a real clip. */
abstract class StandInIT {
    static final StreamRef STREAM = new StreamRef(new OrganizationId(new UUID(1, 2)), new StreamId(new UUID(3, 4)));
    /** A secret that must be found nowhere. */
    static final String CANARY = "AIzaSyCanary0123456789-canary-canary";

    static final DataSize INLINE = DataSize.ofMegabytes(8);
    static final DataSize NEVER_INLINE = DataSize.ofBytes(0);

    private static ProxyClip clip;

    final List<ModelCall> journal = new CopyOnWriteArrayList<>();
    GeminiStandIn standIn;

    /** Nine seconds of a still, a loud storm of noise, and the still again. */
    @BeforeAll
    static void makeAClip(@TempDir Path folder) {
        Path source = TestMedia.make(
                folder,
                "-f lavfi -i color=gray:size=640x360:rate=25:duration=3 -f lavfi -i"
                        + " testsrc2=size=640x360:rate=25:duration=3,noise=alls=100:allf=t -f lavfi -i"
                        + " aevalsrc='if(between(t,3,6),0.9,0.05)*sin(880*t)':duration=9 -filter_complex"
                        + " [0:v]split[a][b];[a][1:v][b]concat=n=3:v=1[v] -map [v] -map 2:a -c:v libx264 -preset"
                        + " ultrafast -pix_fmt yuv420p -c:a aac -shortest storm.mp4");
        MediaInput input = new MediaInput(source);
        MediaFacts facts = new Probe(TestMedia.FFMPEG).probe(input, folder, () -> {});
        clip = new ProxyCutter(TestMedia.FFMPEG, 2)
                .cut(input, facts, new TimeRange(0, 9), ProxyCutter.Detail.FULL, kept(), done -> {});
    }

    @BeforeEach
    void startTheStandIn(@TempDir Path folder) throws IOException {
        standIn = start(folder, new Settings(CANARY, List.of("gemini-3.8-flash"), 1000, 2));
    }

    static GeminiStandIn start(Path folder, Settings settings) throws IOException {
        return new GeminiStandIn(settings, 0, folder, TestMedia.FFMPEG, Clock.systemUTC());
    }

    @AfterEach
    void stopTheStandIn() {
        standIn.close();
    }

    GeminiGateway gateway(DataSize inlineLimit) {
        return new GeminiGateway(properties(standIn.url(), CANARY, "gemini-3.8-flash", inlineLimit), Clock.systemUTC());
    }

    static GeminiProperties properties(String url, String key, String model, DataSize inlineLimit) {
        return new GeminiProperties(
                new GeminiKey(key),
                url,
                model,
                "low",
                Duration.ofSeconds(20),
                2,
                Duration.ofMillis(10),
                Duration.ofSeconds(20),
                Duration.ofMillis(5),
                Duration.ofMillis(20),
                inlineLimit,
                8192,
                null,
                null,
                null,
                null,
                null,
                List.of());
    }

    static WindowRequest request() {
        return new WindowRequest(STREAM, 7, question(), clip, 8192);
    }

    static Question question() {
        return new Question(Asked.question().dimensions(), Asked.shots(3, 3), 2, Words.OF_MOMENTS);
    }

    Outcome<Answer> ask(GeminiGateway gateway) {
        return gateway.askWindow(request(), journal::add, () -> {});
    }

    /** A folder that outlives the method; the build removes it. */
    private static Path kept() {
        try {
            Path target = Path.of("target", "proxies").toAbsolutePath();
            Files.createDirectories(target);
            return Files.createTempDirectory(target, "proxy");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
