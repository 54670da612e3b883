package tv.tldr.activities.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;

/** The hash that a {@link FolderObjectStore} keeps beside an object, with the size that it belongs to. */
final class FileNote {
    private FileNote() {}

    static void write(Path note, long size, String sha256) throws IOException {
        Path unfinished = note.resolveSibling(".unfinished-" + UUID.randomUUID());
        try {
            Files.writeString(unfinished, size + " " + sha256 + "\n");
            Files.move(unfinished, note, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** The hash, unless the note is missing or was written for content of another size. */
    static Optional<String> read(Path note, long size) throws IOException {
        try {
            String[] words = Files.readString(note).strip().split(" ", 2);
            return words.length == 2 && words[0].equals(Long.toString(size)) ? Optional.of(words[1]) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
