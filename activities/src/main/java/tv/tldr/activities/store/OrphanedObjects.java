package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.required;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.storage.ObjectKeys;
import tv.tldr.activities.storage.ObjectStore;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.stream.StreamId;

/**
 * Which objects has nobody a row for? Those of streams that are gone, written by a worker that did not know it yet, or left by a
 * removal that was lost; and what was begun and never became an object. Only what is older than a day is looked at: by then
 * nobody is still at it.
 */
public final class OrphanedObjects {
    private static final Duration YOUNG = Duration.ofDays(1);
    private static final int BATCH = 500;

    private final Database database;
    private final ObjectStore objects;
    private final StoreMark mark;
    private final RemovedObjects removed;
    private final InstantSource clock;

    /** @param clock of this process: what is written to a folder has its time */
    OrphanedObjects(
            Database database, ObjectStore objects, StoreMark mark, RemovedObjects removed, InstantSource clock) {
        this.database = database;
        this.objects = objects;
        this.mark = mark;
        this.removed = removed;
        this.clock = clock;
    }

    /**
     * Removes them, of all organizations; the number of streams and of unfinished objects that there were. What is older than a day
     * is so by the database's clock and by that of this process, one of which may be wrong: nothing is removed that is on its way.
     *
     * <p>Fails with {@link OthersObjectsException} where the store bears another database's mark, or none and most of its streams
     * have no row.
     */
    public Mono<Long> sweep() {
        return now().flatMap(this::sweep);
    }

    /** Whose objects would be removed as those of streams without a row, whatever mark the store bears. */
    public Flux<StreamRef> leftOver() {
        return now().flatMapMany(now -> leftOver(now.minus(YOUNG)));
    }

    private Mono<Instant> now() {
        return database.now().map(now -> now.isBefore(clock.instant()) ? now : clock.instant());
    }

    Mono<Long> sweep(Instant now) {
        Instant before = now.minus(YOUNG);
        return mark.bearer().flatMap(bearer -> switch (bearer) {
            case THIS -> remove(before);
            // Marked afterwards: a full store takes nothing before.
            case NOBODY -> requireMostKnown(before).then(remove(before)).delayUntil(done -> mark.take());
            case ANOTHER ->
                Mono.error(() -> new OthersObjectsException("The object store bears the mark of another database."));
        });
    }

    private Mono<Void> requireMostKnown(Instant before) {
        return Mono.zip(old(before).count(), leftOver(before).count()).flatMap(counted -> {
            long all = counted.getT1();
            long unknown = counted.getT2();
            return unknown <= all - unknown
                    ? Mono.empty()
                    : Mono.error(() -> new OthersObjectsException("The object store bears no mark yet, and " + unknown
                            + " of its " + all + " streams have no row in this database."));
        });
    }

    private Mono<Long> remove(Instant before) {
        return Mono.fromCallable(() -> (long) objects.removeUnfinished(before))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(unfinished -> leftOver(before)
                        .concatMap(stream -> Mono.fromRunnable(() -> removed.removeAll(ObjectKeys.stream(stream)))
                                .subscribeOn(Schedulers.boundedElastic())
                                .thenReturn(stream))
                        .count()
                        .map(streams -> unfinished + streams));
    }

    private Flux<StreamRef> old(Instant before) {
        return organizations().concatMap(organization -> old(organization, before)
                .map(stream -> new StreamRef(organization, stream)));
    }

    private Flux<StreamRef> leftOver(Instant before) {
        return organizations().concatMap(organization -> old(organization, before)
                .buffer(BATCH)
                .concatMap(streams -> withoutRow(organization, streams))
                .map(stream -> new StreamRef(organization, stream)));
    }

    private Flux<OrganizationId> organizations() {
        return folders(ObjectKeys.organizations())
                .concatMap(folder -> Mono.justOrEmpty(ObjectKeys.organization(folder)));
    }

    private Flux<StreamId> old(OrganizationId organization, Instant before) {
        return folders(ObjectKeys.streams(organization))
                .concatMap(folder -> Mono.justOrEmpty(ObjectKeys.streamOf(folder)))
                .filter(stream -> isOlder(stream.uuid(), before));
    }

    private Flux<StreamId> withoutRow(OrganizationId organization, List<StreamId> streams) {
        UUID[] ids = streams.stream().map(StreamId::uuid).toArray(UUID[]::new);
        return database.all(
                        database.sql(organization, """
                                SELECT id FROM streams WHERE organization_id = :organization AND id = ANY(:ids)
                                """).bind("ids", ids),
                        row -> new StreamId(required(row, "id", UUID.class)))
                .collectList()
                .map(HashSet::new)
                .flatMapIterable(known -> streams.stream()
                        .filter(stream -> !known.contains(stream))
                        .toList());
    }

    private Flux<ObjectKey> folders(ObjectKey folder) {
        return Mono.fromCallable(() -> objects.folders(folder))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMapIterable(folders -> folders);
    }

    /** A UUID of version 7 begins with the moment at which it was made. */
    private static boolean isOlder(UUID id, Instant before) {
        return id.version() == 7
                && Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16).isBefore(before);
    }
}
