package tv.tldr.workflows.activity;

import tv.tldr.workflows.batch.BatchRef;

/** What an activity is given that works for a whole batch, and not for one stream. */
public interface BatchCommand {
    BatchRef batch();
}
