package tv.tldr.api.cli;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tv.tldr.api.embedded.FileTree;

/**
 * The folder that an analysis fills: all of it at once, or not at all. What an earlier analysis put there is replaced;
 * other people's files stay.
 */
final class OutputFolder implements AutoCloseable {
    private static final String LIST = "highlights.json";

    private final Path folder;
    private final Path draft;
    private @Nullable Path highestMade;
    private boolean closed;

    OutputFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
        this.draft = this.folder.resolveSibling("." + this.folder.getFileName() + ".draft-"
                + ProcessHandle.current().pid());
    }

    /**
     * Looks before the work begins whether its result could be put there.
     *
     * @throws Failure when the folder cannot be made or written, or holds the highlights of another source
     */
    static void requireUsable(Path folder, String sourceUrl) throws IOException {
        try (OutputFolder trial = new OutputFolder(folder)) {
            trial.draft(LIST);
            if (Files.exists(folder) && !Files.isDirectory(folder)) {
                throw new FileAlreadyExistsException(folder.toString());
            }
        } catch (IOException e) {
            throw new Failure(
                    "The output folder " + folder + " cannot be made or written ("
                            + e.getClass().getSimpleName() + "): choose another one with --out.",
                    e);
        }
        String other = read(folder.resolve(LIST)).at("/stream/source_url").asString("");
        if (!other.isEmpty() && !other.equals(sourceUrl)) {
            throw new Failure(folder + " holds the highlights of " + other
                    + ". Choose another folder with --out, or remove that one.");
        }
    }

    /** The list that an analysis left; a missing node when there is none. */
    private static JsonNode read(Path list) throws IOException {
        try {
            return Files.isRegularFile(list)
                    ? JsonMapper.shared().readTree(Files.readString(list))
                    : JsonMapper.shared().missingNode();
        } catch (JacksonException notOurs) {
            throw new Failure(list + " is not one of ours: choose another folder with --out.", notOurs);
        }
    }

    /** Where a file is put until {@link #publish}. */
    synchronized Path draft(String name) throws IOException {
        if (closed) {
            throw new IOException("the output folder was given up");
        }
        if (!Files.isDirectory(draft)) {
            highestMade = highestMissing(draft);
            Files.createDirectories(draft);
        }
        return draft.resolve(name);
    }

    /** Where it will be afterwards. */
    Path target(String name) {
        return folder.resolve(name);
    }

    /** Puts the drafts in place, with {@code result} beside them. */
    synchronized void publish(AnalysisResult result) throws IOException {
        Files.writeString(draft(LIST), result.json().toPrettyString() + "\n");
        removeEarlier();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(draft)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    Files.move(file, target(file.getFileName().toString()), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } else {
            Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
        }
        highestMade = null;
    }

    /** Leaves nothing of what was not published, not even the folders above it that were made for it. */
    @Override
    public synchronized void close() {
        closed = true;
        try {
            FileTree.delete(draft);
            Path made = highestMade;
            for (Path parent = folder.getParent();
                    made != null && parent != null && parent.startsWith(made);
                    parent = parent.getParent()) {
                Files.deleteIfExists(parent);
            }
        } catch (DirectoryNotEmptyException usedBySomebody) {
            // Somebody else has put something there in the meantime: it is theirs.
        } catch (IOException e) {
            throw new Failure("What was not finished in " + draft + " could not be removed: " + e.getMessage(), e);
        }
    }

    /** Removes what an earlier analysis of the same source left; other files stay. */
    void removeEarlier() throws IOException {
        Path list = target(LIST);
        if (!Files.isRegularFile(list)) {
            return;
        }
        for (String name : namesIn(list)) {
            Files.deleteIfExists(target(name));
        }
        Files.delete(list);
    }

    private List<String> namesIn(Path list) throws IOException {
        List<String> names = new ArrayList<>();
        for (JsonNode highlight : read(list).path("highlights")) {
            for (String kind : List.of("clip", "thumbnail")) {
                Path file = Path.of(highlight.path(kind).asString(""));
                if (folder.equals(file.getParent())) {
                    names.add(file.getFileName().toString());
                }
            }
        }
        return names;
    }

    private static @Nullable Path highestMissing(Path path) {
        Path highest = null;
        for (Path each = path; each != null && !Files.exists(each); each = each.getParent()) {
            highest = each;
        }
        return highest;
    }
}
