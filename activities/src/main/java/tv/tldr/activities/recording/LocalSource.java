package tv.tldr.activities.recording;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** A recording that lies on this machine already. */
final class LocalSource {
    private LocalSource() {}

    /**
     * The file that a {@code file:} URI names, when it can be read and may be media.
     *
     * @throws io.temporal.failure.ApplicationFailure in words, when not
     */
    static Path check(String uri, SourceProperties properties) throws IOException {
        if (!properties.localFiles()) {
            throw SourceFailure.forbidden(
                    "files of this machine are not taken here; send an http(s) URL or upload the file");
        }
        Path file = path(uri);
        if (Files.isDirectory(file)) {
            throw SourceFailure.unreachable(file + " is a folder; name one video or audio file");
        }
        if (Files.notExists(file)) {
            throw SourceFailure.unreachable("there is no file " + file + "; check the path");
        }
        if (!Files.isReadable(file)) {
            throw SourceFailure.unreachable("there is no permission to read " + file + "; grant it, or copy the file");
        }
        if (!Files.isRegularFile(file)) {
            throw SourceFailure.unreachable(file + " is not a regular file; name a video or audio file");
        }
        checkContent(file, properties);
        return file;
    }

    private static void checkContent(Path file, SourceProperties properties) throws IOException {
        long size = Files.size(file);
        if (size == 0) {
            throw SourceFailure.notMedia(file.getFileName() + " is empty (0 bytes); copy or export it again");
        }
        if (size > properties.maxSize().toBytes()) {
            throw SourceFailure.tooLong(file.getFileName() + " has " + (size >> 20) + " MiB, and at most "
                    + properties.maxSize().toMegabytes() + " MiB are taken; send it in parts");
        }
        try (InputStream in = Files.newInputStream(file)) {
            ContentSniffer.notMedia(in.readNBytes(ContentSniffer.ENOUGH)).ifPresent(what -> {
                throw SourceFailure.notMedia(file.getFileName() + " is " + what);
            });
        }
    }

    private static Path path(String uri) {
        try {
            return Path.of(URI.create(uri));
        } catch (RuntimeException e) {
            throw SourceFailure.unreachable("\"" + uri + "\" is not the URI of a file; write file:///absolute/path");
        }
    }
}
