package tv.tldr.activities.media.signal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tv.tldr.activities.media.Ffmpeg;

/**
 * Reads the momentary loudness that FFmpeg's {@code ebur128} tells each 100 ms, printed by {@code ametadata}:
 *
 * <pre>
 * frame:12   pts:19200   pts_time:1.2
 * lavfi.r128.M=-23.412
 * </pre>
 *
 * @param origin where stream time 0 lies on the container's clock, seconds
 */
record LoudnessReader(double origin) implements Ffmpeg.OutputReader<List<LoudnessReader.Loudness>> {
    static final String KEY = "lavfi.r128.M";

    /** EBU R128's absolute gate: nothing is heard below it. */
    static final double SILENT = -70;

    private static final int MOST = 1_000_000;
    private static final double BLOCK = 0.1;
    private static final double HALF_A_WINDOW = 0.2;

    /**
     * @param middle of the 400 ms that were heard, seconds of stream time
     * @param lufs loudness, at least {@value #SILENT}
     */
    record Loudness(double middle, double lufs) {}

    @Override
    public List<Loudness> read(InputStream stdout) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(stdout, StandardCharsets.US_ASCII));
        List<Loudness> heard = new ArrayList<>();
        double end = Double.NaN;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("frame:")) {
                end = blockEnd(line);
            } else if (line.startsWith(KEY + "=") && heard.size() < MOST && !Double.isNaN(end)) {
                heard.add(new Loudness(end - HALF_A_WINDOW, lufs(line.substring(KEY.length() + 1))));
            }
        }
        return List.copyOf(heard);
    }

    /** Digital silence is told as {@code -inf}, and broken samples as {@code nan}. */
    private static double lufs(String text) {
        boolean isNumber = !text.isEmpty() && Character.isDigit(text.charAt(text.length() - 1));
        return isNumber ? Math.max(SILENT, Double.parseDouble(text)) : SILENT;
    }

    /** The value belongs to the 400 ms that end with the block; {@code pts_time} is rounded too much for long streams. */
    private double blockEnd(String line) {
        int from = line.indexOf("pts:") + 4;
        int to = line.indexOf(' ', from);
        String pts = line.substring(from, to < 0 ? line.length() : to);
        return pts.equals("NOPTS") ? Double.NaN : Double.parseDouble(pts) / Sound.RATE - origin + BLOCK;
    }
}
