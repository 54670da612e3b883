package tv.tldr.activities.media;

/**
 * What did a finished FFmpeg say?
 *
 * @param stdout its standard output, at most {@value #MOST_CHARACTERS} characters
 * @param errorTail the end of its standard error, cleaned of paths and secrets; often empty
 */
public record FfmpegOutput(String stdout, String errorTail) {
    static final int MOST_CHARACTERS = 8 * 1024 * 1024;
}
