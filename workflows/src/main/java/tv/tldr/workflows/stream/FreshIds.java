package tv.tldr.workflows.stream;

import io.temporal.workflow.Workflow;
import java.util.Random;
import java.util.UUID;
import tv.tldr.workflows.TypeId;
import tv.tldr.workflows.event.EventId;
import tv.tldr.workflows.highlight.HighlightId;

/** Ids that a workflow makes: the same ones again when it is replayed. */
public final class FreshIds {
    private final Random random = Workflow.newRandom();

    public EventId event() {
        return new EventId(uuid());
    }

    HighlightId highlight() {
        return new HighlightId(uuid());
    }

    private UUID uuid() {
        return TypeId.version7(Workflow.currentTimeMillis(), random.nextLong(), random.nextLong());
    }
}
