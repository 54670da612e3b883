package tv.tldr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.tldr.activities.gemini.standin.GeminiStandIn;
import tv.tldr.activities.gemini.standin.GeminiStandIn.Settings;
import tv.tldr.activities.gemini.standin.Operation;
import tv.tldr.activities.gemini.standin.Tokens;
import tv.tldr.activities.media.Probe;
import tv.tldr.activities.media.TestMedia;
import tv.tldr.activities.storage.MediaInput;
import tv.tldr.activities.storage.ObjectKeys;
import tv.tldr.workflows.activity.AskingActivities.AskWindow;
import tv.tldr.workflows.activity.AskingActivities.Asked;
import tv.tldr.workflows.activity.AskingActivities.Outcome;
import tv.tldr.workflows.activity.MediaFacts;
import tv.tldr.workflows.activity.Recording;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.asking.Window;
import tv.tldr.workflows.asking.Window.Why;
import tv.tldr.workflows.scoring.Preset;
import tv.tldr.workflows.scoring.ProcessingModules;
import tv.tldr.workflows.scoring.Strategy;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.stream.TimeRange;

/** What is the model sent of a recording with picture and sound, when only one of them counts? */
class AskedOfWhatCountsIT extends StoreIT {
    private static final int SECONDS = 30;
    private static final ProcessingModules SEEN = new ProcessingModules(true, false, true, true);
    private static final ProcessingModules HEARD = new ProcessingModules(false, true, true, true);

    private Path film = Path.of("");
    private MediaFacts facts = new MediaFacts(0, 0, "", 0, null, null);
    private GeminiStandIn model;
    private AskingRun run;
    private StreamRef stream;

    @BeforeAll
    void makeARecording(@TempDir Path fresh) {
        film = TestMedia.make(
                fresh,
                "-f lavfi -i testsrc2=size=64x36:rate=1:duration=" + SECONDS
                        + " -f lavfi -i sine=frequency=440:duration=" + SECONDS
                        + " -c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac film.mp4");
        facts = new Probe(TestMedia.FFMPEG).probe(new MediaInput(film), fresh, () -> {});
    }

    @BeforeEach
    void planAStream(@TempDir Path folder) throws IOException {
        model = new GeminiStandIn(Settings.DEFAULTS, 0, folder, TestMedia.FFMPEG, Clock.systemUTC());
        stream = stores.submitted(stores.organization());
        stores.signals.save(stream, 0, "as ever", spokenOfAfterACut()).block();
        stores.objects.put(ObjectKeys.source(stream), film);
        stores.asking
                .save(
                        stream,
                        Preset.GAMING_DEFAULT.dimensionSet(),
                        ProcessingModules.ALL,
                        List.of(new Window(0, new TimeRange(0, SECONDS), Why.EVERYTHING)))
                .block();
        run = new AskingRun(stores, folder, model, Settings.DEFAULTS.key());
    }

    @AfterEach
    void stop() {
        run.close();
        model.close();
    }

    @Test
    void withoutPictureItIsSentTheSoundAndToldOfNoShots() {
        assertThat(ask(HEARD).outcome()).isEqualTo(Outcome.ANSWERED);

        assertThat(question()).contains("audio/mp3").doesNotContain("video/mp4").contains(". speech ");
        assertThat(shots()).as("the cut is not seen").isEqualTo(2);
        Tokens charged = model.charged();
        assertThat(charged.video()).isZero();
        assertThat(charged.audio()).isPositive();
    }

    @Test
    void withoutSoundItIsSentThePictureAndToldOfNoTurns() {
        assertThat(ask(SEEN).outcome()).isEqualTo(Outcome.ANSWERED);

        assertThat(question())
                .contains("video/mp4", "Leave the transcript out.")
                .doesNotContain("audio/mp3", ". speech ");
        Tokens charged = model.charged();
        assertThat(charged.video()).isPositive();
        assertThat(charged.audio()).isZero();
    }

    @Test
    void eachIsAQuestionOfItsOwnAndNoneIsPaidForTwice() {
        for (ProcessingModules modules : List.of(ProcessingModules.ALL, SEEN, HEARD)) {
            assertThat(ask(modules).costMicroUsd()).isPositive();
        }
        assertThat(question(0)).contains("video/mp4", ". speech ");

        for (ProcessingModules modules : List.of(HEARD, ProcessingModules.ALL, SEEN)) {
            assertThat(ask(modules)).isEqualTo(new Asked(Outcome.ANSWERED, 0, null));
        }
        assertThat(ask(new ProcessingModules(true, true, false, false)))
                .as("what is sent does not depend on chat, nor on how signals are fused")
                .isEqualTo(new Asked(Outcome.ANSWERED, 0, null));
        assertThat(model.calls(Operation.GENERATE)).hasSize(3);
    }

    private Asked ask(ProcessingModules modules) {
        StreamOptions options =
                StreamOptions.DEFAULTS.withStrategy(Strategy.AI_ONLY).withModules(modules);
        Recording recording = new Recording(ObjectKeys.source(stream).value(), 1, Samples.SHA256, facts);
        return run.activities().askWindow(new AskWindow(stream, recording, 0, options));
    }

    private String question() {
        return question(0);
    }

    private String question(int number) {
        return model.calls(Operation.GENERATE).get(number).body().toString();
    }

    private int shots() {
        return question().split("\\. shot ", -1).length - 1;
    }

    /** Somebody speaks from 10 to 14; the picture cuts at 5. */
    private static Signals spokenOfAfterACut() {
        Map<SignalKind, float[]> curves = new EnumMap<>(SignalKind.class);
        for (SignalKind kind : List.of(SignalKind.SPEECH, SignalKind.LOUDNESS, SignalKind.CHANGE)) {
            curves.put(kind, new float[SECONDS]);
        }
        float[] speech = new float[SECONDS];
        Arrays.fill(speech, 10, 14, 1f);
        curves.put(SignalKind.SPEECH, speech);
        return new Signals(0, SECONDS, curves, List.of(5.0), List.of());
    }
}
