package tv.tldr.api.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How much memory may this process use, and how much of it is left? In a container with a limit {@code /proc/meminfo} tells of the
 * machine around it: the limit of the control group (version 2, or 1) counts first.
 *
 * @param of whose it is, in words
 * @param all bytes
 * @param available bytes, with what the kernel keeps of files and would give away
 */
record Memory(String of, long all, long available) {
    private static final Path CONTROL = Path.of("sys/fs/cgroup");

    double share() {
        return (double) available / Math.max(1, all);
    }

    /**
     * The scarcest: a container whose machine is short is ended, too. Empty when the system does not say.
     *
     * @param root of the file system
     */
    static Optional<Memory> scarcest(Path root) throws IOException {
        List<Memory> found = new ArrayList<>(limits(root));
        machine(root).ifPresent(found::add);
        return found.stream().min(Comparator.comparingDouble(Memory::share));
    }

    private static Optional<Memory> machine(Path root) throws IOException {
        String said = text(root.resolve("proc/meminfo"));
        Optional<Long> all = number(said, "MemTotal:\\s+([0-9]+) kB");
        Optional<Long> available = number(said, "MemAvailable:\\s+([0-9]+) kB");
        return all.isPresent() && available.isPresent()
                ? Optional.of(new Memory("this machine", all.get() << 10, available.get() << 10))
                : Optional.empty();
    }

    /** Of the process's own group and of those around it: each may have a limit, and only those that are seen from here. */
    private static List<Memory> limits(Path root) throws IOException {
        List<Memory> limits = new ArrayList<>();
        for (String line : text(root.resolve("proc/self/cgroup")).lines().toList()) {
            String[] words = line.split(":", 3);
            if (words.length < 3) {
                continue;
            }
            boolean unified = words[0].equals("0") && words[1].isEmpty();
            if (!unified && Stream.of(words[1].split(",")).noneMatch("memory"::equals)) {
                continue;
            }
            Path top = root.resolve(CONTROL).resolve(unified ? "" : "memory").normalize();
            Path group = top.resolve(words[2].replaceFirst("^/+", "")).normalize();
            while (group != null && group.startsWith(top)) {
                (unified ? second(group) : first(group)).ifPresent(limits::add);
                group = group.getParent();
            }
        }
        return limits;
    }

    private static Optional<Memory> second(Path group) throws IOException {
        return limit(group, "memory.max", "memory.current", "(?m)^inactive_file ([0-9]+)$");
    }

    private static Optional<Memory> first(Path group) throws IOException {
        return limit(group, "memory.limit_in_bytes", "memory.usage_in_bytes", "(?m)^total_inactive_file ([0-9]+)$");
    }

    /** Empty where there is none: {@code max}, or more than any machine has. */
    private static Optional<Memory> limit(Path group, String limit, String usage, String files) throws IOException {
        Optional<Long> most = number(text(group.resolve(limit)), "^([0-9]+)\\s*$");
        Optional<Long> used = number(text(group.resolve(usage)), "^([0-9]+)\\s*$");
        if (most.isEmpty() || used.isEmpty() || most.get() > Long.MAX_VALUE / 2) {
            return Optional.empty();
        }
        long kept = number(text(group.resolve("memory.stat")), files).orElse(0L);
        long available = Math.max(0, most.get() - Math.max(0, used.get() - kept));
        return Optional.of(new Memory("this container (" + limit + ")", most.get(), available));
    }

    private static String text(Path file) throws IOException {
        return Files.isReadable(file) ? Files.readString(file) : "";
    }

    private static Optional<Long> number(String said, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(said);
        return matcher.find()
                        && matcher.group(1).length()
                                < String.valueOf(Long.MAX_VALUE).length()
                ? Optional.of(Long.valueOf(matcher.group(1)))
                : Optional.empty();
    }
}
