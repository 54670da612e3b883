package tv.tldr.activities.media;

import java.io.Serial;

/** Why did FFmpeg not do what it was asked? Carries the exit code and what it wrote, cleaned of paths and secrets. */
public final class FfmpegFailure extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    /** The exit code of an ffprobe that could not read what it was given. */
    static final int GAVE_UP = 1;

    /** The exit code of a child that was killed by SIGKILL, as at its time limit. */
    public static final int KILLED = 137;

    private final int exitCode;
    private final String evidence;

    FfmpegFailure(String what, int exitCode, String evidence) {
        super(evidence.isEmpty() ? what : what + ": " + evidence.strip().replace('\n', ';'));
        this.exitCode = exitCode;
        this.evidence = evidence;
    }

    public int exitCode() {
        return exitCode;
    }

    /** The end of standard error; never null, often the best explanation there is. */
    public String evidence() {
        return evidence;
    }
}
