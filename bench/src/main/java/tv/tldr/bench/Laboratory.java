package tv.tldr.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import tv.tldr.activities.gemini.PictureCutter;
import tv.tldr.activities.gemini.ProxyClip;
import tv.tldr.activities.gemini.ProxyCutter;
import tv.tldr.activities.gemini.ProxyCutter.Detail;
import tv.tldr.activities.media.Ffmpeg;
import tv.tldr.activities.media.FfmpegLimits;
import tv.tldr.activities.media.FfmpegPrograms;
import tv.tldr.activities.media.Probe;
import tv.tldr.activities.media.Workspace;
import tv.tldr.activities.media.signal.SignalMeter;
import tv.tldr.activities.storage.MediaInput;
import tv.tldr.workflows.activity.MediaFacts;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.Segmentation;
import tv.tldr.workflows.stream.TimeRange;

/** The product's own parts for looking into a file and measuring it, put together without Spring and without a server. */
final class Laboratory {
    private static final DataSize NEEDED = DataSize.ofMegabytes(100);

    private final Path scratch = Path.of("target", "scratch").toAbsolutePath();
    private final FfmpegPrograms programs;
    private final Ffmpeg ffmpeg;

    Laboratory() {
        Optional<Path> configured =
                Optional.ofNullable(System.getenv("FFMPEG_PATH")).map(Path::of);
        this.programs =
                FfmpegPrograms.find(configured, Path.of("target", "ffmpeg").toAbsolutePath());
        this.ffmpeg = new Ffmpeg(programs, FfmpegLimits.DEFAULTS);
    }

    Ffmpeg ffmpeg() {
        return ffmpeg;
    }

    MediaFacts facts(Path file) {
        try (Workspace workspace = Workspace.open(scratch, NEEDED)) {
            return new Probe(ffmpeg).probe(input(file), workspace.folder(), () -> {});
        }
    }

    /** Measures one segment, as an activity does. */
    Signals segment(Path file, MediaFacts facts, int index, boolean thorough) {
        try (Workspace workspace = Workspace.open(scratch, NEEDED)) {
            return new SignalMeter(ffmpeg)
                    .measure(
                            input(file),
                            facts,
                            new Segmentation(facts.duration()).window(index),
                            thorough,
                            workspace.folder(),
                            () -> {});
        }
    }

    /** Measures a whole file, segment by segment. */
    Signals whole(Path file, boolean thorough) {
        MediaFacts facts = facts(file);
        List<Signals> segments = new ArrayList<>();
        for (int i = 0; i < new Segmentation(facts.duration()).count(); i++) {
            segments.add(segment(file, facts, i, thorough));
        }
        return Signals.join((int) Math.ceil(facts.duration() - 1e-6), segments);
    }

    /** What is done with the copy of a window that a model is shown. */
    <T> T withProxy(Path file, TimeRange window, Function<ProxyClip, T> use) {
        try (Workspace workspace = Workspace.open(scratch, NEEDED)) {
            return use.apply(new ProxyCutter(ffmpeg, 2)
                    .cut(input(file), facts(file), window, Detail.FULL, workspace.folder(), done -> {}));
        }
    }

    /**
     * What is done with the pictures of instants that a model is shown.
     *
     * @param times seconds of the stream
     */
    <T> T withPictures(Path file, List<Double> times, Function<List<@Nullable Path>, T> use) {
        try (Workspace workspace = Workspace.open(scratch, NEEDED)) {
            MediaFacts facts = facts(file);
            List<@Nullable Path> pictures = new ArrayList<>();
            for (double time : times) {
                pictures.add(new PictureCutter(ffmpeg, 2)
                        .cut(input(file), facts, time, workspace.folder(), time + ".jpg", () -> {})
                        .orElse(null));
            }
            return use.apply(pictures);
        }
    }

    private static MediaInput input(Path file) {
        return new MediaInput(file.toAbsolutePath());
    }
}
