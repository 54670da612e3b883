package tv.tldr.activities.store;

import tv.tldr.workflows.stream.StreamStatus;

/** What became of an order to delete? */
public sealed interface Removed {
    /** Its rows are gone; its objects go next, whatever happens to this process. */
    record Done(Removal removal) implements Removed {}

    /** There is none of that id in the organization. */
    record Missing() implements Removed {}

    /** Somebody is at work on it. */
    record InUse(StreamStatus status) implements Removed {}

    /** Another version is current than the one that was meant. */
    record Stale(long version) implements Removed {}
}
