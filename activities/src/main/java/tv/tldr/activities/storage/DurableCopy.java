package tv.tldr.activities.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongConsumer;

/** A new file with the content of another, which may lie on another disk; made when all of it is on its own. */
final class DurableCopy {
    private static final long BLOCK = 8 << 20;

    private DurableCopy() {}

    /** @param bytesCopied told after each block; what it throws ends the copy */
    static void make(Path file, Path copy, LongConsumer bytesCopied) throws IOException {
        try (FileChannel in = FileChannel.open(file);
                FileChannel out = FileChannel.open(copy, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long size = in.size();
            for (long copied = 0; copied < size; ) {
                copied += in.transferTo(copied, BLOCK, out);
                bytesCopied.accept(copied);
            }
            // The original goes when the copy is named: by then the copy must outlive the machine's memory.
            out.force(true);
        }
    }
}
