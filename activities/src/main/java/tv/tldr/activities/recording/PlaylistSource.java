package tv.tldr.activities.recording;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.unit.DataSize;
import tv.tldr.activities.egress.EgressLimits;
import tv.tldr.activities.egress.ForbiddenAddressException;
import tv.tldr.activities.egress.GuardProxy;
import tv.tldr.activities.egress.HostNames;
import tv.tldr.activities.egress.Refusal;
import tv.tldr.activities.media.Ffmpeg;
import tv.tldr.activities.media.FfmpegCommand;
import tv.tldr.activities.media.FfmpegFailure;
import tv.tldr.activities.media.FfmpegOutput;

/**
 * A recording that a playlist names piece by piece (HLS, DASH). FFmpeg joins the pieces as they are; whatever the playlist
 * names, and what that leads to, it can only reach through a {@link GuardProxy}, which looks through every playlist.
 */
final class PlaylistSource {
    /**
     * Plain HTTP, which goes to the proxy. It stands on tcp, which a playlist could name, to go past the proxy: what keeps
     * it from that is that the proxy shows no playlist that names anything but http. crypto are keys of HLS.
     */
    private static final String PROTOCOLS = "http,tcp,crypto";
    /** The playlists and what their pieces are packed in. */
    private static final String FORMATS = "hls,dash,mov,mpegts,matroska,aac,mp3,ac3,eac3";
    /** Twelve hours in pieces of 2 s, twice over for sound of its own. */
    private static final int MOST_REQUESTS = 50_000;
    /** A playlist, those that it names, and a piece of each. */
    private static final int REQUESTS_FOR_A_LOOK = 60;

    private static final DataSize MOST_FOR_A_LOOK = DataSize.ofMegabytes(256);
    private static final Duration LOOK = Duration.ofMinutes(1);
    private static final String MICROSECONDS_TO_WAIT = "15000000";

    private static final Logger LOG = LoggerFactory.getLogger(PlaylistSource.class);

    private final Ffmpeg ffmpeg;
    private final SourceProperties sources;
    private final HostNames names;

    PlaylistSource(Ffmpeg ffmpeg, SourceProperties sources, HostNames names) {
        this.ffmpeg = ffmpeg;
        this.sources = sources;
        this.names = names;
    }

    /**
     * How long the recording is by its playlist, seconds.
     *
     * @throws io.temporal.failure.ApplicationFailure in words, when it would not be taken
     */
    double look(String url, Path folder, Runnable heartbeat) {
        List<String> arguments = new ArrayList<>(input(url));
        arguments.addAll(List.of("-show_entries", "format=duration", "-print_format", "csv=p=0"));
        EgressLimits limits = new EgressLimits(REQUESTS_FOR_A_LOOK, MOST_FOR_A_LOOK);
        String duration = guarded(
                        limits, folder, FfmpegCommand.ffprobe(folder, LOOK, arguments), received -> heartbeat.run())
                .stdout()
                .strip();
        try {
            return Double.parseDouble(duration);
        } catch (NumberFormatException notKnown) {
            throw SourceFailure.unreachable(
                    "its playlist has no end: live streams are not taken yet; send it when it is over");
        }
    }

    /**
     * Joins all pieces in {@code file}.
     *
     * @param longest what is longer is not taken
     * @param heartbeat told the bytes fetched, twice a second; what it throws ends it
     */
    void join(String url, Duration longest, Path folder, Path file, LongConsumer heartbeat) {
        double duration = look(url, folder, () -> heartbeat.accept(0));
        if (duration > longest.toSeconds()) {
            throw SourceFailure.tooLong("it runs for " + Math.round(duration / 60) + " minutes, and at most "
                    + longest.toMinutes() + " are taken; send it in parts");
        }
        List<String> arguments = new ArrayList<>(input(url));
        // The same pieces give the same bits, so that a recording is known again.
        arguments.addAll(List.of("-map", "0:v:0?", "-map", "0:a:0?", "-c", "copy", "-map_metadata", "-1", "-fflags"));
        arguments.addAll(
                List.of("+bitexact", "-fs", String.valueOf(sources.maxSize().toBytes())));
        arguments.addAll(List.of("-f", "matroska", file.toString()));
        guarded(
                new EgressLimits(MOST_REQUESTS, sources.maxSize()),
                folder,
                FfmpegCommand.ffmpeg(folder, sources.wholeTimeout(), arguments),
                heartbeat);
    }

    /** FFmpeg opens no playlist that it finds in a piece of HLS: {@code extension_picky}, which is on unless it is asked. */
    private static List<String> input(String url) {
        return List.of(
                "-protocol_whitelist",
                PROTOCOLS,
                "-format_whitelist",
                FORMATS,
                "-rw_timeout",
                MICROSECONDS_TO_WAIT,
                "-i",
                shown(url));
    }

    private static String shown(String url) {
        try {
            return GuardProxy.shown(url);
        } catch (ForbiddenAddressException e) {
            throw SourceFailure.forbidden(String.valueOf(e.getMessage()));
        }
    }

    private FfmpegOutput guarded(EgressLimits limits, Path job, FfmpegCommand command, LongConsumer heartbeat) {
        try (GuardProxy proxy = new GuardProxy(
                names,
                sources.addresses(),
                sources.ports(),
                limits,
                sources.connectTimeout(),
                sources.idleTimeout(),
                String.valueOf(job.getFileName()))) {
            Pace pace = new Pace(sources, System.nanoTime(), 0);
            try {
                FfmpegOutput output = ffmpeg.run(command.through(proxy.url()), progress -> {
                    heartbeat.accept(proxy.received());
                    keepUp(pace, proxy.received());
                });
                proxy.refusal().ifPresent(PlaylistSource::refuse);
                return output;
            } catch (FfmpegFailure failure) {
                proxy.refusal().ifPresent(PlaylistSource::refuse);
                LOG.info("{}: the pieces of a playlist could not be had: {}", job.getFileName(), failure.getMessage());
                throw PlaylistFailures.explain(failure);
            }
        }
    }

    /** Whoever sends a byte now and then never times out, and would hold a place for hours. */
    private void keepUp(Pace pace, long received) {
        switch (pace.judge(System.nanoTime(), received)) {
            case FAIR -> {}
            case SLOW -> throw SourceFailure.tooSlow("the server of its playlist", sources);
            case STALLED ->
                throw SourceFailure.ended("nothing of what its playlist names came for "
                        + sources.idleTimeout().toSeconds() + " s");
        }
    }

    private static void refuse(Refusal refusal) {
        throw switch (refusal.reason()) {
            case FORBIDDEN -> SourceFailure.forbidden(refusal.why());
            case TOO_MUCH -> SourceFailure.tooLong(refusal.why());
            case NOT_MEDIA -> SourceFailure.notMedia(refusal.why());
            case UNTRUSTED -> SourceFailure.unreachable(refusal.why() + "; renew it, or send another URL");
        };
    }
}
