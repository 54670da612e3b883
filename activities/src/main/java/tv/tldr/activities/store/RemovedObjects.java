package tv.tldr.activities.store;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.storage.ObjectStore;

/** Are the objects gone whose rows are? Removed when that is noted, and again by a sweep until they are. */
public final class RemovedObjects {
    private static final int BATCH = 100;

    private final RemovalStore removals;
    private final ObjectStore objects;

    RemovedObjects(RemovalStore removals, ObjectStore objects) {
        this.removals = removals;
        this.objects = objects;
    }

    /** Removes what lies at or below the folder and forgets the note. May run twice. */
    public Mono<Void> remove(Removal removal) {
        return Mono.<Void>fromRunnable(() -> removeAll(removal.folder()))
                .subscribeOn(Schedulers.boundedElastic())
                .then(removals.forget(removal));
    }

    void removeAll(ObjectKey folder) {
        objects.list(folder).forEach(objects::delete);
        if (objects.find(folder).isPresent()) {
            objects.delete(folder);
        }
    }

    /** Removes what is still noted, of all organizations; the number of folders. */
    public Mono<Long> sweep() {
        return removals.noted(BATCH)
                .concatMap(removal -> remove(removal).thenReturn(removal))
                .count()
                .expand(done -> done == BATCH ? sweep() : Mono.empty())
                .reduce(0L, Long::sum);
    }
}
