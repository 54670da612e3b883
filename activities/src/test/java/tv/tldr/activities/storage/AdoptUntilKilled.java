package tv.tldr.activities.storage;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Stores a file of another disk in a process of its own and stops in the middle, for a test that kills it. */
final class AdoptUntilKilled {
    private AdoptUntilKilled() {}

    public static void main(String[] arguments) {
        CountDownLatch never = new CountDownLatch(1);
        new FolderObjectStore(Path.of(arguments[0]))
                .adopt(new ObjectKey(arguments[1]), Path.of(arguments[2]), arguments[3], bytes -> {
                    System.out.println(bytes);
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }
}
