package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.required;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tv.tldr.activities.storage.ObjectKeys;
import tv.tldr.activities.storage.ObjectStore;

/**
 * Which database's rows are the objects of? It has an id, and the object store bears it. Where the store bears another one, the
 * database is a new one in the place of one that is lost, or the store is shared: then no object is left over because it has no
 * row here.
 */
public final class StoreMark {
    private final Database database;
    private final ObjectStore objects;

    StoreMark(Database database, ObjectStore objects) {
        this.database = database;
        this.objects = objects;
    }

    /** Whose mark does the store bear? */
    public enum Bearer {
        NOBODY,
        THIS,
        ANOTHER
    }

    public Mono<Bearer> bearer() {
        return Mono.zip(id(), mark(), (id, mark) -> mark.map(
                        there -> there.equals(id.orElse("")) ? Bearer.THIS : Bearer.ANOTHER)
                .orElse(Bearer.NOBODY));
    }

    /** From now on the objects are this database's, whatever the store bore. */
    public Mono<Void> take() {
        return database.update(database.sql("INSERT INTO installation (id) VALUES (:id) ON CONFLICT DO NOTHING")
                        .bind("id", UUID.randomUUID()))
                .then(id())
                .flatMap(id -> Mono.<Void>fromRunnable(() -> write(id.orElseThrow()))
                        .subscribeOn(Schedulers.boundedElastic()));
    }

    private Mono<Optional<String>> id() {
        return database.one(database.sql("SELECT id FROM installation"), row -> required(row, "id", UUID.class)
                        .toString())
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty());
    }

    private Mono<Optional<String>> mark() {
        return Mono.fromCallable(() -> of(objects)).subscribeOn(Schedulers.boundedElastic());
    }

    /** The id of the database whose objects these are; empty before anything was swept. */
    public static Optional<String> of(ObjectStore objects) {
        return objects.find(ObjectKeys.mark()).map(there -> read(objects));
    }

    private static String read(ObjectStore objects) {
        try (InputStream in = objects.get(ObjectKeys.mark())) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("could not read " + ObjectKeys.mark(), e);
        }
    }

    private void write(String id) {
        try {
            Path file = Files.createTempFile("tldr-mark", null);
            try {
                objects.put(ObjectKeys.mark(), Files.writeString(file, id + "\n"));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("could not write " + ObjectKeys.mark(), e);
        }
    }
}
