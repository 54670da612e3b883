package tv.tldr.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What did a piece of work take?
 *
 * @param seconds by the clock on the wall; what else the machine does counts too
 * @param cpuSeconds of processors, ours and of children that have ended; 0 where there is no {@code /proc}
 */
record Cost(double seconds, double cpuSeconds) {
    private static final Path PROCESS = Path.of("/proc/self/stat");
    private static final double TICKS = 100;

    static Cost of(Runnable work) {
        long start = System.nanoTime();
        double cpu = cpuSecondsSoFar();
        work.run();
        return new Cost((System.nanoTime() - start) / 1e9, cpuSecondsSoFar() - cpu);
    }

    static Cost median(List<Cost> costs) {
        return new Cost(median(costs, Cost::seconds), median(costs, Cost::cpuSeconds));
    }

    private static double median(List<Cost> costs, ToDoubleFunction<Cost> value) {
        return costs.stream().mapToDouble(value).sorted().toArray()[costs.size() / 2];
    }

    /** User and system time of this process and of its children. */
    private static double cpuSecondsSoFar() {
        if (Files.notExists(PROCESS)) {
            return 0;
        }
        try {
            String line = Files.readString(PROCESS);
            // The name of the program, in parentheses, may hold spaces; the times are the 12th to 15th word after it.
            String[] words = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
            long ticks = 0;
            for (int i = 11; i < 15; i++) {
                ticks += Long.parseLong(words[i]);
            }
            return ticks / TICKS;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
