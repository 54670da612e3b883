package tv.tldr.api.temporal;

import java.util.ArrayList;
import java.util.List;
import tv.tldr.activities.store.FreshUuid;
import tv.tldr.activities.store.HighlightRow;
import tv.tldr.activities.store.StreamRow;
import tv.tldr.workflows.activity.CatalogActivities.NewHighlight;
import tv.tldr.workflows.activity.ScoringActivities.Moment;
import tv.tldr.workflows.event.EventId;
import tv.tldr.workflows.stream.StreamState;

/**
 * What need a stream's new workflow not do again when the one before it is lost? What the database knows as done: the
 * recording, and the highlights with the ids that they were announced with. Stored segments are found by their activity.
 */
final class Resumption {
    private Resumption() {}

    /** @param highlights all of the stream, cut or not, best first */
    static StreamState of(StreamRow stream, List<HighlightRow> highlights) {
        // Another analysis chooses again; which moments it has written down already, the choice finds out.
        if (highlights.isEmpty() || stream.analysis() > 1) {
            return new StreamState(stream.recording(), 0, 0, null, 0, List.of(), null, false, List.of());
        }
        List<NewHighlight> inOrder = new ArrayList<>();
        highlights.stream().filter(Resumption::isCut).map(Resumption::chosen).forEach(inOrder::add);
        int cut = inOrder.size();
        highlights.stream().filter(row -> !isCut(row)).map(Resumption::chosen).forEach(inOrder::add);
        int measured = stream.progress().segmentsMeasured();
        return new StreamState(stream.recording(), measured, measured, inOrder, cut, List.of(), null, false, List.of());
    }

    private static boolean isCut(HighlightRow highlight) {
        return highlight.files() != null;
    }

    private static NewHighlight chosen(HighlightRow row) {
        Moment moment = new Moment(row.candidate(), row.range(), row.peak(), row.confidence(), row.type());
        // It is announced already; the event's id will not be used.
        return new NewHighlight(row.id(), new EventId(FreshUuid.next()), moment);
    }
}
