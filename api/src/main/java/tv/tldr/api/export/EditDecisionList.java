package tv.tldr.api.export;

import java.util.Locale;

/** The moments one after the other as a CMX 3600 edit decision list, which every editing program reads. */
public final class EditDecisionList {
    private static final long FIRST_HOUR = 3600;

    private EditDecisionList() {}

    public static String of(Footage footage) {
        FrameRate rate = footage.rate();
        StringBuilder text = new StringBuilder("TITLE: ")
                .append(PlainText.ascii(footage.name()))
                .append("\nFCM: NON-DROP FRAME\n");
        long record = FIRST_HOUR * rate.nominal();
        int number = 0;
        for (Footage.Moment moment : footage.moments()) {
            long source = moment.first(rate);
            long frames = moment.frames(rate);
            number++;
            text.append(String.format(
                    Locale.ROOT,
                    "\n%03d  AX       %-5s C        %s %s %s %s\n",
                    number,
                    tracks(footage),
                    rate.timecode(source),
                    rate.timecode(source + frames),
                    rate.timecode(record),
                    rate.timecode(record + frames)));
            text.append("* FROM CLIP NAME: ")
                    .append(PlainText.ascii(footage.name()))
                    .append('\n');
            text.append("* COMMENT: ")
                    .append(PlainText.ascii(moment.name()))
                    .append(String.format(
                            Locale.ROOT, " (%s %.2f)", PlainText.ascii(moment.type()), moment.confidence()))
                    .append('\n');
            record += frames;
        }
        return text.toString();
    }

    private static String tracks(Footage footage) {
        if (!footage.video()) {
            return "A";
        }
        return footage.audio() ? "B" : "V";
    }
}
