package tv.tldr.activities.storage;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Stores a file in a process of its own and stops in the middle, for a test that kills it. */
final class AdoptUntilKilled {
    private AdoptUntilKilled() {}

    /** The key, the file, its hash, and the folder of the objects, or what leads to a bucket. */
    public static void main(String[] arguments) {
        CountDownLatch never = new CountDownLatch(1);
        store(arguments).adopt(new ObjectKey(arguments[0]), Path.of(arguments[1]), arguments[2], bytes -> {
            System.out.println(bytes);
            try {
                never.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static ObjectStore store(String[] arguments) {
        return arguments.length == 4
                ? new FolderObjectStore(Path.of(arguments[3]))
                : new S3ObjectStore(new S3Properties(
                        arguments[3], arguments[4], arguments[5], arguments[6], "", arguments[7], null, "", ""));
    }
}
