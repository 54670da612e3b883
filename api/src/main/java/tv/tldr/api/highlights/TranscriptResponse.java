package tv.tldr.api.highlights;

import java.util.List;
import tv.tldr.workflows.transcript.Transcript;

/**
 * What is said in a stream, as far as somebody listened.
 *
 * @param lines by time
 */
record TranscriptResponse(String streamId, List<SpokenLine> lines) {
    static TranscriptResponse of(String streamId, Transcript transcript) {
        return new TranscriptResponse(streamId, SpokenLine.of(transcript.lines()));
    }
}
