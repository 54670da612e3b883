package tv.tldr.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** How much memory was taken at the most: our heap, and all children together as Linux tells it (elsewhere 0). */
final class PeakMemory implements AutoCloseable {
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledFuture<?> looking;
    private volatile long children;

    private PeakMemory() {
        this.looking = clock.scheduleAtFixedRate(this::look, 0, 50, TimeUnit.MILLISECONDS);
    }

    static PeakMemory watch() {
        return new PeakMemory();
    }

    /** Prints what was taken since it was printed last. */
    void tell(String what) {
        long heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        System.out.printf(Locale.ROOT, "%-18s peak heap %d MB, children %d MB%n", what, heap >> 20, children >> 20);
        children = 0;
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    /** Bytes that all children together took at the most since the last word about it. */
    long children() {
        return children;
    }

    @Override
    public void close() {
        looking.cancel(true);
        clock.shutdownNow();
    }

    private void look() {
        long now = ProcessHandle.current()
                .descendants()
                .mapToLong(child -> resident(child.pid()))
                .sum();
        children = Math.max(children, now);
    }

    private static long resident(long process) {
        try {
            String[] pages =
                    Files.readString(Path.of("/proc/" + process + "/statm")).split(" ", -1);
            return Long.parseLong(pages[1]) * 4096;
        } catch (IOException e) {
            return 0;
        }
    }
}
