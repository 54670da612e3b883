package tv.tldr.api.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryTest {
    private static final long GIB = 1L << 30;

    @TempDir
    private Path root = Path.of("");

    @BeforeEach
    void aMachineWithHalfOfItFree() throws IOException {
        write("proc/meminfo", "MemTotal:       33554432 kB\nMemFree:  1 kB\nMemAvailable:   16777216 kB\n");
        write("proc/self/cgroup", "0::/\n");
    }

    @Test
    void withoutALimitTheMachineCounts() throws IOException {
        write("sys/fs/cgroup/memory.max", "max\n");
        write("sys/fs/cgroup/memory.current", "1000\n");

        assertThat(Memory.scarcest(root)).contains(new Memory("this machine", 32 * GIB, 16 * GIB));
    }

    @Test
    void theLimitOfAContainerCountsWithWhatTheKernelWouldGiveAway() throws IOException {
        write("sys/fs/cgroup/memory.max", GIB + "\n");
        write("sys/fs/cgroup/memory.current", GIB - (100 << 20) + "\n");
        write("sys/fs/cgroup/memory.stat", "anon 1\ninactive_file " + (24 << 20) + "\nslab 7\n");

        assertThat(Memory.scarcest(root)).contains(new Memory("this container (memory.max)", GIB, 124 << 20));
    }

    @Test
    void soDoesThatOfAGroupAroundIt() throws IOException {
        write("proc/self/cgroup", "0::/system.slice/tldr.service/worker\n");
        write("sys/fs/cgroup/system.slice/tldr.service/worker/memory.max", "max\n");
        write("sys/fs/cgroup/system.slice/tldr.service/memory.max", GIB + "\n");
        write("sys/fs/cgroup/system.slice/tldr.service/memory.current", GIB + "\n");

        assertThat(Memory.scarcest(root)).contains(new Memory("this container (memory.max)", GIB, 0));
    }

    @Test
    void soDoesThatOfTheFirstVersionWhosePathIsTheMachines() throws IOException {
        write("proc/self/cgroup", "5:cpu,cpuacct:/docker/0a1b\n4:memory:/docker/0a1b\n0::/docker/0a1b\n");
        write("sys/fs/cgroup/memory/memory.limit_in_bytes", GIB + "\n");
        write("sys/fs/cgroup/memory/memory.usage_in_bytes", GIB - 8 + "\n");
        write("sys/fs/cgroup/memory/memory.stat", "inactive_file 1\ntotal_inactive_file 4\n");

        assertThat(Memory.scarcest(root)).contains(new Memory("this container (memory.limit_in_bytes)", GIB, 12));
    }

    @Test
    void aShortMachineCountsBeforeAContainerWithRoom() throws IOException {
        write("proc/meminfo", "MemTotal:       33554432 kB\nMemAvailable:   1024 kB\n");
        write("sys/fs/cgroup/memory.max", GIB + "\n");
        write("sys/fs/cgroup/memory.current", GIB / 2 + "\n");

        assertThat(Memory.scarcest(root).map(Memory::of)).contains("this machine");
    }

    @Test
    void whoSaysNothingIsNotGuessed(@TempDir Path elsewhere) throws IOException {
        assertThat(Memory.scarcest(elsewhere)).isEmpty();
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
