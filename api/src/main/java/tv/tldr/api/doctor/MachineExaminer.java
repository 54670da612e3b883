package tv.tldr.api.doctor;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import tv.tldr.api.embedded.Setting;

/** Is there room on the disks and in memory? */
record MachineExaminer(Patient patient, Limits limits) implements Examiner {
    private static final int PERCENT = 100;

    @Override
    public String area() {
        return "machine";
    }

    @Override
    public void examine(Chart chart) throws IOException {
        disk(chart, "SCRATCH_DIR", DataSize.parse(patient.value("SCRATCH_RESERVE")));
        if (!patient.settings().has(Setting.AWS_S3_BUCKET)) {
            disk(chart, "OBJECT_DIR", DataSize.ofBytes(0));
        }
        memory(chart);
    }

    private void disk(Chart chart, String setting, DataSize reserve) throws IOException {
        Path folder = MediaExaminer.folder(patient, setting).toAbsolutePath();
        Path there = existing(folder);
        if (there == null) {
            return;
        }
        FileStore disk = Files.getFileStore(there);
        long free = disk.getUsableSpace();
        double share = (double) free / Math.max(1, disk.getTotalSpace());
        if (free < reserve.toBytes() || share < limits.freeDisk()) {
            chart.found(
                    "disk-low",
                    String.format(
                            Locale.ROOT,
                            "%s, of %s, has %d MiB free (%.1f %%)%s",
                            there,
                            setting,
                            free >> 20,
                            PERCENT * share,
                            free < reserve.toBytes() ? ", and " + reserve.toMegabytes() + " MiB are needed" : ""),
                    "folder",
                    there.toString(),
                    "setting",
                    setting);
        }
    }

    private static @Nullable Path existing(Path folder) {
        Path there = folder;
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        return there;
    }

    private void memory(Chart chart) throws IOException {
        Optional<Memory> memory = Memory.scarcest(Path.of("/"));
        if (memory.isEmpty()) {
            chart.passOver("this system does not say it in /proc/meminfo", List.of("memory-low"));
        } else if (memory.get().share() < limits.freeMemory()) {
            chart.found(
                    "memory-low",
                    (memory.get().available() >> 20) + " of " + (memory.get().all() >> 20) + " MiB of "
                            + memory.get().of() + " are available",
                    "workers",
                    String.valueOf(Math.max(1, Runtime.getRuntime().availableProcessors() / 2)));
        }
    }
}
