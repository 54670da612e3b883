package tv.tldr.activities.recording;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongConsumer;
import tv.tldr.activities.UploadedFiles.UploadedFile;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.storage.ObjectStore;
import tv.tldr.activities.storage.Sha256;
import tv.tldr.activities.storage.StoredObject;
import tv.tldr.workflows.activity.RecordingActivities.ProbedSource;

/** A recording that lies in the object store already, in the parts that it came in. */
final class UploadedSource {
    private static final int BLOCK = 1 << 20;

    private final ObjectStore store;
    private final UploadedFile upload;

    UploadedSource(ObjectStore store, UploadedFile upload) {
        this.store = store;
        this.upload = upload;
    }

    /** @throws io.temporal.failure.ApplicationFailure in words, when it is gone or obviously no media */
    ProbedSource look() throws IOException {
        if (!upload.parts().isEmpty()) {
            try (InputStream in = store.get(upload.parts().getFirst())) {
                ContentSniffer.notMedia(in.readNBytes(ContentSniffer.ENOUGH)).ifPresent(what -> {
                    throw SourceFailure.notMedia("the upload is " + what);
                });
            }
        }
        return new ProbedSource(upload.sizeBytes(), "an upload of " + upload.sizeBytes() + " bytes");
    }

    /**
     * Joins the parts under {@code key}.
     *
     * @param scratch a file that does not exist yet
     * @param heartbeat told the bytes joined, after each megabyte
     */
    StoredObject store(ObjectKey key, Path scratch, LongConsumer heartbeat) throws IOException {
        if (upload.parts().isEmpty()) {
            throw SourceFailure.unreachable("the bytes of the upload are gone; upload the file again");
        }
        Sha256 hash = new Sha256();
        long joined = 0;
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        try (FileChannel out = FileChannel.open(scratch, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (ObjectKey part : upload.parts()) {
                try (InputStream in = store.get(part)) {
                    for (int read = in.read(block.array()); read >= 0; read = in.read(block.array())) {
                        block.clear().limit(read);
                        hash.update(block);
                        while (block.hasRemaining()) {
                            out.write(block);
                        }
                        joined += read;
                        heartbeat.accept(joined);
                    }
                }
            }
        }
        if (!hash.hex().equals(upload.sha256())) {
            throw SourceFailure.unreachable(
                    "what is stored of the upload are not the bytes that came; upload the file" + " again");
        }
        return store.adopt(key, scratch, upload.sha256(), heartbeat);
    }
}
