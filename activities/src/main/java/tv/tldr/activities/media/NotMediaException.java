package tv.tldr.activities.media;

import java.io.Serial;
import java.util.List;

/** Why is a file that was opened no playable media? The message follows on "the source cannot be used: ". */
public final class NotMediaException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    /** What FFmpeg also gives up for, and what says nothing about the file. */
    private static final List<String> OF_THE_MACHINE = List.of(
            "Input/output error",
            "No space left",
            "No such file",
            "Permission denied",
            "Resource temporarily unavailable",
            "Connection",
            "HTTP error",
            "Server returned");

    public NotMediaException(String message) {
        super(message);
    }

    /**
     * What a failed look into a file means.
     *
     * @throws FfmpegFailure {@code failure} itself, when it says nothing about the file: time limit, memory, a full disk
     */
    static NotMediaException because(FfmpegFailure failure) {
        String evidence = failure.evidence();
        if (evidence.contains("moov atom not found")) {
            return new NotMediaException(
                    "moov atom not found: the file was cut off before its index was written; finish the "
                            + "upload or download, or export it again (with “faststart” the index comes first)");
        }
        if (evidence.contains("not on whitelist")) {
            return new NotMediaException(
                    "it is a playlist, a picture or another format that is not taken as a recording: "
                            + "send the video or audio file itself (MP4, MOV, MKV, WebM, AVI, TS, MP3, WAV …)");
        }
        if (evidence.contains("exceeds max_streams")) {
            return new NotMediaException("it has more tracks than any recording: export the ones that matter");
        }
        if (evidence.contains("Cannot allocate memory")) {
            return new NotMediaException(
                    "its header asks for more memory than any recording needs: it is damaged, or it was made so");
        }
        boolean isOfTheFile = evidence.contains("File ended prematurely")
                || (failure.exitCode() == FfmpegFailure.GAVE_UP
                        && OF_THE_MACHINE.stream().noneMatch(evidence::contains));
        if (isOfTheFile || evidence.contains("Invalid data found") || evidence.contains("End of file")) {
            return new NotMediaException(
                    "it is not a video or audio file that FFmpeg can read, or it is damaged: play it, and export it again");
        }
        throw failure;
    }
}
