package tv.tldr.workflows.stream;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.activity.CatalogActivities.NewHighlight;
import tv.tldr.workflows.activity.Recording;
import tv.tldr.workflows.highlight.HighlightId;

/**
 * What is known of a stream when its workflow goes on as a new run.
 *
 * @param recording null until it is stored
 * @param segmentsDone so many segments from the beginning are measured or given up
 * @param segmentsMeasured so many of them are measured
 * @param highlights what was selected, in the order of cutting; null until selected
 * @param highlightsCut so many of them, from the beginning, are cut or given up
 * @param uncut the ones given up
 * @param emptyReason why nothing was selected; null when something was, or not yet
 * @param stopping whether the stream was asked to stop
 * @param asking how far the model was asked
 * @param errors what went wrong without ending the stream
 * @param fairnessWeight how many turns of the workers the stream gets; null: as many as any other one
 */
public record StreamState(
        @Nullable Recording recording,
        int segmentsDone,
        int segmentsMeasured,
        @Nullable List<NewHighlight> highlights,
        int highlightsCut,
        List<HighlightId> uncut,
        @Nullable String emptyReason,
        boolean stopping,
        AskingState asking,
        List<StreamError> errors,
        @Nullable Double fairnessWeight) {
    /** Nothing is done yet. */
    public static final StreamState NOTHING = new StreamState(null, 0, 0, null, 0, List.of(), null, false, List.of());

    public StreamState {
        // What was carried over before the model could be asked.
        asking = asking == null ? AskingState.NOT_PLANNED : asking;
    }

    /** Of a stream whose model was not asked, or whose answers are found stored. */
    public StreamState(
            @Nullable Recording recording,
            int segmentsDone,
            int segmentsMeasured,
            @Nullable List<NewHighlight> highlights,
            int highlightsCut,
            List<HighlightId> uncut,
            @Nullable String emptyReason,
            boolean stopping,
            List<StreamError> errors) {
        this(
                recording,
                segmentsDone,
                segmentsMeasured,
                highlights,
                highlightsCut,
                uncut,
                emptyReason,
                stopping,
                AskingState.NOT_PLANNED,
                errors,
                null);
    }
}
