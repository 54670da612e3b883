package tv.tldr.activities.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Objects as files in a folder. A file appears under its key by one atomic move; its hash is kept beside it under a name
 * that no key can have, written first, so that a visible object always has one.
 */
public final class FolderObjectStore implements ObjectStore {
    private final Path root;

    public FolderObjectStore(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public StoredObject put(ObjectKey key, Path file) {
        return store(key, target -> Files.copy(file, target), null);
    }

    @Override
    public StoredObject adopt(ObjectKey key, Path file, String sha256, LongConsumer bytesCopied) {
        StoredObject stored = store(key, target -> moveOrCopy(file, target, bytesCopied), sha256);
        try {
            Files.deleteIfExists(file);
            return stored;
        } catch (IOException e) {
            throw failed("take over the file of", key, e);
        }
    }

    @Override
    public StoredObject link(ObjectKey key, Path file, String sha256, LongConsumer bytesCopied) {
        return store(key, target -> linkOrCopy(file.toRealPath(), target), sha256);
    }

    @Override
    public StoredObject copy(ObjectKey from, ObjectKey to, LongConsumer bytesRead) {
        Path file = path(from);
        try {
            return link(to, file, Sha256.of(file, bytesRead), bytesRead);
        } catch (IOException e) {
            throw failed("copy", from, e);
        }
    }

    @Override
    public Optional<StoredObject> find(ObjectKey key) {
        Path file = path(key);
        try {
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            long size = Files.size(file);
            Optional<String> known = FileNote.read(note(file), size);
            String sha256 = known.isPresent() ? known.get() : Sha256.of(file, bytes -> {});
            return Optional.of(new StoredObject(key, size, sha256));
        } catch (IOException e) {
            throw failed("look at", key, e);
        }
    }

    @Override
    public InputStream get(ObjectKey key) {
        try {
            return Files.newInputStream(path(key));
        } catch (IOException e) {
            throw failed("read", key, e);
        }
    }

    @Override
    public InputStream range(ObjectKey key, long offset, long length) {
        try {
            FileChannel channel = FileChannel.open(path(key));
            channel.position(offset);
            return new BoundedInputStream(Channels.newInputStream(channel), length);
        } catch (IOException e) {
            throw failed("read", key, e);
        }
    }

    @Override
    public <T, E extends Exception> T reading(ObjectKey key, ObjectUse<T, E> use) throws E {
        return use.with(new MediaInput(path(key)));
    }

    @Override
    public List<ObjectKey> list(ObjectKey folder) {
        Path start = path(folder);
        if (!Files.isDirectory(start)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(start)) {
            return files.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .map(file -> new ObjectKey(root.relativize(file).toString()))
                    .sorted((a, b) -> a.value().compareTo(b.value()))
                    .toList();
        } catch (IOException e) {
            throw failed("list", folder, e);
        }
    }

    @Override
    public List<ObjectKey> folders(ObjectKey folder) {
        Path start = path(folder);
        if (!Files.isDirectory(start)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(start)) {
            return files.filter(Files::isDirectory)
                    .map(each -> new ObjectKey(root.relativize(each).toString()))
                    .sorted((a, b) -> a.value().compareTo(b.value()))
                    .toList();
        } catch (IOException e) {
            throw failed("list", folder, e);
        }
    }

    @Override
    public void delete(ObjectKey key) {
        Path file = path(key);
        try {
            Files.deleteIfExists(file);
            Files.deleteIfExists(note(file));
            removeUnfinished(file);
            removeEmptyFolders(folderOf(file));
        } catch (IOException e) {
            throw failed("delete", key, e);
        }
    }

    @Override
    public int removeUnfinished(Instant before) {
        if (!Files.isDirectory(root)) {
            return 0;
        }
        int removed = 0;
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(FolderObjectStore::isUnfinished).toList()) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(before) && Files.deleteIfExists(file)) {
                    removed++;
                }
            }
            return removed;
        } catch (IOException e) {
            throw new UncheckedIOException("could not remove what is unfinished in the folder of objects", e);
        }
    }

    private static boolean isUnfinished(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.startsWith(".") && name.contains("~") && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    @FunctionalInterface
    private interface Filling {
        void into(Path target) throws IOException;
    }

    private StoredObject store(ObjectKey key, Filling filling, @Nullable String sha256) {
        Path file = path(key);
        Path unfinished = file.resolveSibling(unfinishedPrefix(file) + UUID.randomUUID());
        try {
            Files.createDirectories(folderOf(file));
            removeUnfinished(file);
            try {
                filling.into(unfinished);
                long size = Files.size(unfinished);
                String hash = sha256 == null ? Sha256.of(unfinished, bytes -> {}) : sha256;
                FileNote.write(note(file), size, hash);
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                return new StoredObject(key, size, hash);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException e) {
            throw failed("store", key, e);
        }
    }

    /**
     * Removes what a killed attempt at the same object left. One that only was given up, and still writes, fails when it
     * finds its file gone.
     */
    private static void removeUnfinished(Path file) throws IOException {
        if (!Files.isDirectory(folderOf(file))) {
            return;
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(
                folderOf(file), other -> String.valueOf(other.getFileName()).startsWith(unfinishedPrefix(file)))) {
            for (Path unfinished : left) {
                Files.deleteIfExists(unfinished);
            }
        }
    }

    /** Of no other object's files, since no key has a {@code ~}. */
    private static String unfinishedPrefix(Path file) {
        return "." + file.getFileName() + "~";
    }

    private static void moveOrCopy(Path file, Path target, LongConsumer bytesCopied) throws IOException {
        try {
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException otherDisk) {
            DurableCopy.make(file, target, bytesCopied);
        }
    }

    private static void linkOrCopy(Path file, Path target) throws IOException {
        try {
            Files.createLink(target, file);
            return;
        } catch (IOException | UnsupportedOperationException notHere) {
            // Another disk, or a file of another user: a symbolic link says the same.
        }
        try {
            Files.createSymbolicLink(target, file);
        } catch (IOException | UnsupportedOperationException notHere) {
            Files.copy(file, target);
        }
    }

    private void removeEmptyFolders(Path folder) throws IOException {
        for (Path empty = folder; !empty.equals(root) && empty.startsWith(root); empty = folderOf(empty)) {
            try {
                Files.deleteIfExists(empty);
            } catch (DirectoryNotEmptyException e) {
                return;
            }
        }
    }

    /** The folder of something below the root, which therefore has one. */
    private static Path folderOf(Path belowRoot) {
        return Objects.requireNonNull(belowRoot.getParent());
    }

    private Path path(ObjectKey key) {
        return root.resolve(key.value());
    }

    private static Path note(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".sha256");
    }

    private static UncheckedIOException failed(String verb, ObjectKey key, IOException e) {
        String why = e instanceof NoSuchFileException ? "it is not there" : String.valueOf(e.getMessage());
        return new UncheckedIOException("could not " + verb + " the object " + key + ": " + why, e);
    }
}
