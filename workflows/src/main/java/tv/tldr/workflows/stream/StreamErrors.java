package tv.tldr.workflows.stream;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What went wrong with a stream, the first so many of it, in the order in which it did? */
final class StreamErrors {
    private static final int MOST = 20;

    private final List<StreamError> errors;

    StreamErrors(List<StreamError> before) {
        errors = new ArrayList<>(before);
    }

    void note(StreamError error) {
        if (errors.size() < MOST) {
            errors.add(error);
        }
    }

    List<StreamError> all() {
        return List.copyOf(errors);
    }

    /** The words of the last one; null when nothing went wrong. */
    @Nullable
    String lastMessage() {
        return errors.isEmpty() ? null : errors.getLast().message();
    }
}
