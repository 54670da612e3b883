package tv.tldr.api.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.storage.ObjectStore;

/** Where do histories of workflows lie, one file each? */
sealed interface HistoryPlace {
    String ENDING = ".json";

    void write(String file, String text) throws IOException;

    /** All of them, by name. */
    Map<String, String> read() throws IOException;

    /** A folder of this machine. */
    record Folder(Path folder) implements HistoryPlace {
        @Override
        public void write(String file, String text) throws IOException {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(file), text);
        }

        @Override
        public Map<String, String> read() throws IOException {
            if (!Files.isDirectory(folder)) {
                throw new Failure("There is no folder " + folder + ".");
            }
            Map<String, String> found = new TreeMap<>();
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    if (file.toString().endsWith(ENDING)) {
                        found.put(file.getFileName().toString(), Files.readString(file));
                    }
                }
            }
            return found;
        }
    }

    /**
     * A bucket.
     *
     * @param folder what all keys begin with
     * @param scratch a folder for what is on its way
     */
    record Bucket(ObjectStore store, ObjectKey folder, Path scratch) implements HistoryPlace {
        @Override
        public void write(String file, String text) throws IOException {
            store.put(new ObjectKey(folder + "/" + file), Files.writeString(scratch.resolve(file), text));
        }

        @Override
        public Map<String, String> read() throws IOException {
            Map<String, String> found = new TreeMap<>();
            for (ObjectKey key : store.list(folder)) {
                String file = key.value().substring(key.value().lastIndexOf('/') + 1);
                if (file.endsWith(ENDING)) {
                    try (InputStream in = store.get(key)) {
                        found.put(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
                    }
                }
            }
            return found;
        }
    }
}
