package tv.tldr.activities.store.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Gzip that takes a third of the usual time for a tenth more bytes: a backup is made while others work. */
final class FastGzip extends GZIPOutputStream {
    private static final int BUFFER = 64 << 10;

    FastGzip(OutputStream out) throws IOException {
        super(out, BUFFER);
        def.setLevel(Deflater.BEST_SPEED);
    }
}
