package tv.tldr.api.temporal;

import java.net.URI;
import tv.tldr.workflows.recut.RecutInput;
import tv.tldr.workflows.stream.Segmentation;
import tv.tldr.workflows.stream.StreamInput;
import tv.tldr.workflows.stream.StreamOptions;

/** What does an operator read about a workflow before it has begun? Nothing of a URL that may be a credential. */
final class WorkflowSummary {
    /** Temporal refuses a summary over 400 bytes; a name is in any case no story. */
    private static final int LONGEST_NAME = 80;

    private WorkflowSummary() {}

    static String line(StreamInput input) {
        return input.source().platform().wire() + ": " + name(input) + ", "
                + input.options().dimensionSetId();
    }

    static String details(StreamInput input) {
        StreamOptions options = input.options();
        return """
                - **Stream** `%s`
                - **Organization** `%s`
                - **Source** %s `%s`
                - **Wanted** `%s`, confidence ≥ %s, %s–%s s a highlight
                """.formatted(
                        input.stream().streamId(),
                        input.stream().organizationId(),
                        input.source().platform().wire(),
                        name(input),
                        options.dimensionSetId(),
                        options.highlightThreshold(),
                        options.minDuration(),
                        options.maxDuration());
    }

    static String line(RecutInput input) {
        return "clip cut anew: " + Segmentation.clock(input.range());
    }

    static String details(RecutInput input) {
        return """
                - **Highlight** `%s`, version %d
                - **Stream** `%s`
                - **Organization** `%s`
                - **Wanted** %s
                """.formatted(
                        input.highlightId(),
                        input.version(),
                        input.stream().streamId(),
                        input.stream().organizationId(),
                        Segmentation.clock(input.range()));
    }

    /** The file's name, else the host's; of an upload its id. */
    private static String name(StreamInput input) {
        URI uri = URI.create(input.source().url());
        String path = uri.isOpaque() ? uri.getSchemeSpecificPart() : uri.getPath();
        String last = path.substring(path.lastIndexOf('/') + 1).replace('`', '\'');
        String name = last.isEmpty() && uri.getHost() != null ? uri.getHost() : last;
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
    }
}
