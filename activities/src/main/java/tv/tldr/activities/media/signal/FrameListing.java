package tv.tldr.activities.media.signal;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what FFmpeg's {@code framecrc} format tells of a track: a line with time, duration, size and flags for each packet,
 * at a thousandth of the cost of decoding it.
 */
final class FrameListing {
    /** More than an hour of packets at 50 a second: what has more within one window is not ordinary media. */
    private static final int MOST = 200_000;

    private static final long NO_TIME = Long.MIN_VALUE;
    private static final int KEY_FLAG = 1;
    private static final double MICROSECONDS = 1e6;

    private final double origin;
    private final List<Listed> listed = new ArrayList<>();
    private double timeBase = 1;

    private FrameListing(double origin) {
        this.origin = origin;
    }

    /**
     * The packets in the order of the file; none when FFmpeg had nothing to write.
     *
     * @param origin where stream time 0 lies on the container's clock, seconds
     */
    static List<Listed> read(Path file, double origin) throws IOException {
        if (Files.notExists(file)) {
            return List.of();
        }
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.US_ASCII)) {
            return read(lines, origin);
        }
    }

    static List<Listed> read(BufferedReader lines, double origin) throws IOException {
        FrameListing listing = new FrameListing(origin);
        for (String line = lines.readLine(); line != null && listing.listed.size() < MOST; line = lines.readLine()) {
            if (line.startsWith("#tb")) {
                listing.timeBase = ratio(line.substring(line.indexOf(':') + 1).trim());
            } else if (!line.startsWith("#")) {
                Listed packet = listing.packet(line.split(",", -1));
                if (packet != null) {
                    listing.listed.add(packet);
                }
            }
        }
        return List.copyOf(listing.listed);
    }

    /** {@code stream, dts, pts, duration, size, crc[, F=flags]…}; the flags are left out of a plain keyframe's line. */
    private @Nullable Listed packet(String[] columns) {
        if (columns.length < 6) {
            return null;
        }
        long decoded = Long.parseLong(columns[1].trim());
        long shown = Long.parseLong(columns[2].trim());
        // AVI and raw streams may know only when a packet is decoded.
        long time = shown == NO_TIME ? decoded : shown;
        if (time == NO_TIME) {
            return null;
        }
        return new Listed(
                Math.round((time * timeBase - origin) * MICROSECONDS) / MICROSECONDS,
                Math.max(0, Long.parseLong(columns[3].trim())) * timeBase,
                Integer.parseInt(columns[4].trim()),
                isKey(columns));
    }

    private static boolean isKey(String[] columns) {
        for (int i = 6; i < columns.length; i++) {
            String column = columns[i].trim();
            if (column.startsWith("F=0x")) {
                return (Integer.parseInt(column.substring(4), 16) & KEY_FLAG) != 0;
            }
        }
        return true;
    }

    private static double ratio(String text) {
        int slash = text.indexOf('/');
        return Double.parseDouble(text.substring(0, slash)) / Double.parseDouble(text.substring(slash + 1));
    }
}
