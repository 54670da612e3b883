package tv.tldr.activities.store;

import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tv.tldr.activities.ActivityFailures;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.storage.ObjectKeys;
import tv.tldr.activities.storage.ObjectStore;
import tv.tldr.workflows.activity.CatalogActivities.FinishStream;
import tv.tldr.workflows.activity.ClipActivities.CutClip;
import tv.tldr.workflows.activity.FailureType;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.stream.StreamStatus;

/**
 * What does a stream's end leave in the object store that nobody can reach any more? Of one that failed at first everything
 * but the clips of its highlights; of any other the files of moments that were given up, and after another analysis those of
 * highlights that are gone or have other files. Removed after the rows have changed.
 */
final class Leftovers {
    private final ObjectStore objects;
    private final HighlightStore highlights;
    private final RecutStore recuts;
    private final StreamStore streams;

    Leftovers(ObjectStore objects, HighlightStore highlights, RecutStore recuts, StreamStore streams) {
        this.objects = objects;
        this.highlights = highlights;
        this.recuts = recuts;
        this.streams = streams;
    }

    /** @param end what has been written down; the caller sees to it that no other analysis begins meanwhile */
    void remove(FinishStream end) {
        StreamRef stream = end.stream();
        boolean first = end.analysis() == 1;
        boolean whole = end.status() == StreamStatus.FAILED && first;
        if (end.uncut().isEmpty() && !whole && first) {
            return;
        }
        Set<String> wanted = wanted(stream);
        try {
            if (whole) {
                removeBelow(ObjectKeys.stream(stream), wanted);
            } else if (!first) {
                removeBelow(ObjectKeys.highlights(stream), wanted);
            } else {
                end.uncut().forEach(highlight -> removeBelow(ObjectKeys.highlight(stream, highlight), wanted));
            }
        } catch (UncheckedIOException e) {
            throw ActivityFailures.of(
                    FailureType.SERVICE_UNAVAILABLE,
                    "removing what the stream left waits for the object store, which is tried again: "
                            + e.getMessage());
        }
    }

    private void removeBelow(ObjectKey folder, Set<String> wanted) {
        objects.list(folder).stream()
                .filter(key -> !wanted.contains(key.value()))
                .forEach(objects::delete);
    }

    private Set<String> wanted(StreamRef stream) {
        Set<String> keys = new HashSet<>();
        // One that was uploaded cannot be taken in again, so that its row names it even when it failed.
        Awaited.of("looking whether the source is wanted", streams.find(stream))
                .map(StreamRow::recording)
                .ifPresent(recording -> keys.add(recording.objectKey()));
        for (CutClip files : Awaited.of(
                        "looking which files are wanted",
                        highlights.files(stream).collectList())
                .orElse(List.of())) {
            keys.add(files.clip().objectKey());
            if (files.thumbnail() != null) {
                keys.add(files.thumbnail().objectKey());
            }
        }
        Awaited.of("looking which files are being cut", recuts.underWay(stream).collectList())
                .ifPresent(all -> all.forEach(key -> keys.add(key.value())));
        return keys;
    }
}
