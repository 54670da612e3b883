package tv.tldr.api.export;

import java.util.List;
import tv.tldr.workflows.stream.TimeRange;

/**
 * What is exported of a stream?
 *
 * @param name of the recording, for people
 * @param url where it is
 * @param duration seconds
 * @param video whether it has a picture
 * @param audio whether it has sound
 * @param moments in the order in which they are to be shown
 */
public record Footage(
        String name,
        String url,
        double duration,
        FrameRate rate,
        int width,
        int height,
        boolean video,
        boolean audio,
        List<Moment> moments) {
    public Footage {
        moments = List.copyOf(moments);
    }

    /** @param tags without the type */
    public record Moment(
            String id,
            TimeRange range,
            String title,
            String description,
            String type,
            List<String> tags,
            double confidence) {
        public Moment {
            tags = List.copyOf(tags);
        }

        long first(FrameRate rate) {
            return rate.frames(range.start());
        }

        /** At least one. */
        long frames(FrameRate rate) {
            return Math.max(1, rate.frames(range.end()) - first(rate));
        }

        /** On one line. */
        String name() {
            return PlainText.line(title.isEmpty() ? type : title);
        }
    }
}
