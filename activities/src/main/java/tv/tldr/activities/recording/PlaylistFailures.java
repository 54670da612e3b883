package tv.tldr.activities.recording;

import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.function.Function;
import tv.tldr.activities.media.FfmpegFailure;

/** Why could a recording not be put together of what its playlist names? In our words: FFmpeg's are for those who know FFmpeg. */
final class PlaylistFailures {
    private record Reason(String evidence, Function<String, ApplicationFailure> failure, String words) {}

    /** The first that fits, since the later ones often follow from it. */
    private static final List<Reason> REASONS = List.of(
            new Reason(
                    "not on whitelist",
                    SourceFailure::forbidden,
                    "its playlist names something that is not fetched; pieces are taken by http and https, as MPEG-TS, MP4, WebM or sound"),
            new Reason(
                    "is not in allowed",
                    SourceFailure::forbidden,
                    "its playlist names something that does not look like a piece of video or sound"),
            new Reason("time limit", SourceFailure::unreachableNow, "what its playlist names does not come in time"),
            new Reason(
                    "Error when loading first segment",
                    SourceFailure::ended,
                    "the first piece that its playlist names is not there, or is neither picture nor sound"),
            new Reason("404 Not Found", SourceFailure::ended, "something that its playlist names is not there (404)"),
            new Reason(
                    "401 Unauthorized", SourceFailure::ended, "its server wants to know who asks (401); sign the URLs"),
            new Reason(
                    "403 Forbidden",
                    SourceFailure::ended,
                    "its server does not give out what its playlist names (403)"),
            new Reason("4XX Client Error", SourceFailure::ended, "its server refuses what its playlist names (4xx)"),
            new Reason("5XX Server Error", SourceFailure::ended, "its server fails at what its playlist names (5xx)"),
            new Reason(
                    "does not contain any stream",
                    SourceFailure::notMedia,
                    "its playlist names no picture and no sound that can be read"),
            new Reason("Invalid data", SourceFailure::notMedia, "its playlist, or what it names, cannot be read"));

    private PlaylistFailures() {}

    static ApplicationFailure explain(FfmpegFailure failure) {
        String evidence = String.valueOf(failure.getMessage());
        return REASONS.stream()
                .filter(reason -> evidence.contains(reason.evidence()))
                .findFirst()
                .map(reason -> reason.failure().apply(reason.words()))
                .orElseGet(() ->
                        SourceFailure.ended("not all that its playlist names could be fetched; check that it plays"));
    }
}
