package tv.tldr.api.export;

import java.util.Locale;

/** The moments as SubRip subtitles of the recording: what is on, while it is on. */
public final class Subtitles {
    private Subtitles() {}

    public static String of(Footage footage) {
        StringBuilder text = new StringBuilder();
        int number = 0;
        for (Footage.Moment moment : footage.moments()) {
            number++;
            text.append(number)
                    .append('\n')
                    .append(clock(moment.range().start()))
                    .append(" --> ")
                    .append(clock(moment.range().end()))
                    .append('\n')
                    .append(moment.name())
                    .append('\n');
            String description = PlainText.line(moment.description());
            if (!description.isEmpty()) {
                text.append(description).append('\n');
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static String clock(double seconds) {
        long millis = Math.round(seconds * 1000);
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d,%03d",
                millis / 3_600_000,
                millis / 60_000 % 60,
                millis / 1000 % 60,
                millis % 1000);
    }
}
