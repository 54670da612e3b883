package tv.tldr.activities.store.backup;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import tv.tldr.activities.storage.Sha256;

/** How many bytes went through, and what is their hash? */
final class Gauge extends FilterOutputStream {
    private final Sha256 hash = new Sha256();
    private long bytes;

    Gauge(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] block, int offset, int length) throws IOException {
        out.write(block, offset, length);
        hash.update(ByteBuffer.wrap(block, offset, length));
        bytes += length;
    }

    long bytes() {
        return bytes;
    }

    /** To be asked once, at the end. */
    String sha256() {
        return hash.hex();
    }
}
