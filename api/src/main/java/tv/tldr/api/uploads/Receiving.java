package tv.tldr.api.uploads;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import tv.tldr.activities.media.Workspace;
import tv.tldr.activities.recording.ContentSniffer;
import tv.tldr.activities.storage.ObjectKeys;
import tv.tldr.activities.storage.ObjectStore;
import tv.tldr.activities.storage.Sha256;
import tv.tldr.activities.store.FreshUuid;
import tv.tldr.activities.store.UploadRow;
import tv.tldr.activities.store.UploadedPart;
import tv.tldr.api.http.ProblemException;

/**
 * The bytes of one request on their way into the object store: gathered in a scratch file, stored part by part. Used by one
 * thread after the other, and blocks it.
 */
final class Receiving implements AutoCloseable {
    private final ObjectStore objects;
    private final Workspace workspace;
    private final Terms terms;
    private final RunningHash hash;
    private final Sha256 partHash = new Sha256();
    private final ByteBuffer head = ByteBuffer.allocate(ContentSniffer.ENOUGH);
    private final List<UploadedPart> uncounted = new ArrayList<>();
    private UploadRow row;
    private @Nullable FileChannel file;
    private long start;
    private long size;

    /**
     * How are the bytes of a request taken?
     *
     * @param checksum of the request's bytes: without it what came of a broken request counts, too
     * @param most so many bytes, and not one more
     * @param whole whether the end of the request is the end of the file
     */
    record Terms(@Nullable Checksum checksum, long most, boolean whole) {}

    Receiving(UploadRow row, Terms terms, ObjectStore objects, Workspace workspace) {
        this.row = row;
        this.terms = terms;
        this.objects = objects;
        this.workspace = workspace;
        this.hash = new RunningHash(row.hashState());
        this.start = row.received();
    }

    /** Writes a piece of the body, which is released. */
    void take(DataBuffer buffer) throws IOException {
        byte[] bytes;
        try {
            bytes = new byte[buffer.readableByteCount()];
            buffer.read(bytes);
        } finally {
            DataBufferUtils.release(buffer);
        }
        if (bytes.length == 0) {
            return;
        }
        if (end() + bytes.length > terms.most()) {
            throw ProblemException.refused(
                    HttpStatus.CONTENT_TOO_LARGE,
                    "The file has more than the " + terms.most() + " bytes that it may have.");
        }
        hash.update(bytes, bytes.length);
        if (terms.checksum() != null) {
            terms.checksum().digest().update(bytes);
        }
        if (start == 0) {
            head.put(bytes, 0, Math.min(bytes.length, head.remaining()));
        }
        FileChannel out = open();
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        partHash.update(rest);
        while (rest.hasRemaining()) {
            out.write(rest);
        }
        size += bytes.length;
    }

    /**
     * Puts what was gathered into the object store, forced to the disk before, so that what is counted stays.
     *
     * @param last whether the file ends here
     */
    void seal(boolean last) throws IOException {
        if (file == null) {
            return;
        }
        file.force(true);
        closeFile();
        checkContent(last);
        Path scratch = workspace.file("part");
        UploadedPart part = new UploadedPart(
                start,
                size,
                ObjectKeys.uploadPart(row.ref().organizationId(), row.ref().uploadId(), FreshUuid.next()));
        objects.adopt(part.key(), scratch, partHash.hex(), bytes -> {});
        uncounted.add(part);
        start += size;
        size = 0;
    }

    private void checkContent(boolean last) {
        if (start > 0 || (head.hasRemaining() && !last && !isComplete())) {
            return;
        }
        ContentSniffer.notMedia(Arrays.copyOf(head.array(), head.position())).ifPresent(what -> {
            throw ProblemException.refused(HttpStatus.UNPROCESSABLE_CONTENT, "The file is " + what + ".");
        });
    }

    /** Removes the objects that nobody counted. */
    void drop() {
        uncounted.forEach(part -> objects.delete(part.key()));
        uncounted.clear();
    }

    List<UploadedPart> uncounted() {
        return List.copyOf(uncounted);
    }

    void counted(UploadRow now) {
        row = now;
        uncounted.clear();
    }

    UploadRow row() {
        return row;
    }

    Terms terms() {
        return terms;
    }

    /** Bytes since the last part. */
    long gathered() {
        return size;
    }

    /** Bytes of the upload that have come, counted or not. */
    long end() {
        return start + size;
    }

    boolean isComplete() {
        Long length = row.length();
        return length != null && end() == length;
    }

    RunningHash hash() {
        return hash;
    }

    @Override
    public void close() {
        closeFile();
        drop();
        workspace.close();
    }

    private FileChannel open() throws IOException {
        if (file == null) {
            Path part = workspace.file("part");
            Files.deleteIfExists(part);
            file = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        }
        return file;
    }

    private void closeFile() {
        FileChannel open = file;
        file = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw new UncheckedIOException("a scratch file cannot be closed", e);
            }
        }
    }
}
