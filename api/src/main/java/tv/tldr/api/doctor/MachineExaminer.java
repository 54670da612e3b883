package tv.tldr.api.doctor;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import tv.tldr.api.embedded.Setting;

/** Is there room on the disks and in memory? */
record MachineExaminer(Patient patient, Limits limits) implements Examiner {
    private static final Path MEMORY = Path.of("/proc/meminfo");
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
        if (!Files.isReadable(MEMORY)) {
            chart.passOver("this system does not say it in /proc/meminfo", List.of("memory-low"));
            return;
        }
        String said = Files.readString(MEMORY);
        Optional<Long> all = kilobytes(said, "MemTotal");
        Optional<Long> available = kilobytes(said, "MemAvailable");
        if (all.isPresent() && available.isPresent() && available.get() < limits.freeMemory() * all.get()) {
            chart.found(
                    "memory-low",
                    (available.get() >> 10) + " of " + (all.get() >> 10) + " MiB are available",
                    "workers",
                    String.valueOf(Math.max(1, Runtime.getRuntime().availableProcessors() / 2)));
        }
    }

    private static Optional<Long> kilobytes(String said, String name) {
        Matcher matcher = Pattern.compile("(?m)^" + name + ":\\s+([0-9]+) kB").matcher(said);
        return matcher.find() ? Optional.of(Long.valueOf(matcher.group(1))) : Optional.empty();
    }
}
