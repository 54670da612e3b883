package tv.tldr.activities.store.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import tv.tldr.activities.storage.ObjectKey;

/**
 * Is a backup what its manifest says, to the last byte? Reads and changes nothing; what the store keeps as an object's hash
 * is not believed.
 *
 * @param say told how far it is
 */
public record BackupCheck(BackupPlace place, Consumer<String> say) {
    private static final long OFTEN = 256 << 20;

    /** All that is wrong, a sentence each; empty when every table and object is as it was written. */
    public List<String> damages(Manifest manifest) throws IOException {
        List<String> found = new ArrayList<>(tables(manifest));
        found.addAll(objects(manifest, object -> false));
        return found;
    }

    /** What is wrong with tables, which are read to the end, and with the list of objects. */
    List<String> tables(Manifest manifest) {
        say.accept("The backup " + manifest.name() + " is held against its hashes.");
        List<String> found = new ArrayList<>();
        for (Manifest.Table table : manifest.tables()) {
            ObjectKey key = place.table(manifest.name(), table.name());
            String fault = fault(key, table.bytes(), table.sha256(), true);
            if (!fault.isEmpty()) {
                found.add("The table " + table.name() + " " + fault + ": " + key + ".");
            } else if (table.rows() > 0) {
                say.accept("  " + table.name() + ": " + table.rows() + " rows");
            }
        }
        found.addAll(list(manifest));
        return found;
    }

    /** What is wrong with the list of objects. */
    List<String> list(Manifest manifest) {
        ObjectKey list = place.objects(manifest.name());
        String fault = fault(list, -1, manifest.objects().sha256(), true);
        return fault.isEmpty() ? List.of() : List.of("The list of objects " + fault + ": " + list + ".");
    }

    /**
     * What is wrong with objects, of which those that share a content are read once. Without the list, none is known.
     *
     * @param needless of which objects no content is needed
     */
    List<String> objects(Manifest manifest, Predicate<NamedObject> needless) throws IOException {
        if (!list(manifest).isEmpty()) {
            return List.of();
        }
        List<String> found = Collections.synchronizedList(new ArrayList<>());
        Set<String> read = ConcurrentHashMap.newKeySet();
        Progress progress = new Progress(manifest.objects().bytes(), say);
        try (InputStream in = place.list(manifest.name())) {
            Parallel.each(ObjectList.read(in), object -> {
                String sha256 = String.valueOf(object.sha256());
                if (!needless.test(object) && read.add(sha256)) {
                    String fault = fault(place.contentKey(sha256), object.size(), sha256, false);
                    if (!fault.isEmpty()) {
                        found.add(
                                "The content of " + object.key() + " " + fault + ": " + place.contentKey(sha256) + ".");
                    }
                }
                progress.add(object.size());
            });
        }
        return found.stream().sorted().toList();
    }

    /** @throws DamagedBackupException with all of it, when anything is */
    static void refuse(List<String> damages) {
        if (!damages.isEmpty()) {
            throw new DamagedBackupException("The backup is damaged, and nothing was changed. "
                    + damages.getFirst()
                    + (damages.size() == 1 ? "" : " So are " + (damages.size() - 1) + " more.")
                    + " ./tldr db verify tells all of it.");
        }
    }

    /**
     * What is wrong with a file of the backup, as the end of a sentence; empty when nothing is.
     *
     * @param size of what is hashed; negative when that is not written down
     */
    private String fault(ObjectKey key, long size, String sha256, boolean packed) {
        if (place.store().size(key).isEmpty()) {
            return "is not there";
        }
        Gauge gauge = new Gauge(OutputStream.nullOutputStream());
        try (InputStream stored = place.store().get(key);
                InputStream content = packed ? new GZIPInputStream(stored, 1 << 16) : stored) {
            content.transferTo(gauge);
        } catch (IOException unreadable) {
            return "cannot be read (" + unreadable.getMessage() + ")";
        }
        boolean same = (size < 0 || size == gauge.bytes()) && gauge.sha256().equals(sha256);
        return same ? "" : "has changed since it was written";
    }

    /** Told now and then, from several threads. */
    private static final class Progress {
        private final long total;
        private final long step;
        private final Consumer<String> say;
        private long done;
        private long told;

        Progress(long total, Consumer<String> say) {
            this.total = total;
            this.step = Math.max(total / 10, OFTEN);
            this.say = say;
        }

        synchronized void add(long bytes) {
            done += bytes;
            if (done - told >= step) {
                told = done;
                say.accept("  objects: %d of %d MB".formatted(done / 1_000_000, total / 1_000_000));
            }
        }
    }
}
