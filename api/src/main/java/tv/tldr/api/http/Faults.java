package tv.tldr.api.http;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with the fields of a request, as far as an answer can tell it? Not for several threads. */
final class Faults {
    /** More are counted: an answer is never much longer than what was asked. */
    static final int MOST = 100;

    private static final int KNOWN_TOLD = 10;

    /** Of a field's name: it may be of the client's own making. */
    private static final int LONGEST_NAME = 200;

    private final List<FieldError> told = new ArrayList<>();
    private final Set<String> fields = new HashSet<>();
    private int untold;

    void add(String field, String pointer, String message) {
        if (told.size() < MOST) {
            told.add(new FieldError(shortened(field), message, pointer.length() <= LONGEST_NAME ? pointer : null));
            fields.add(field);
        } else {
            untold++;
        }
    }

    /** Each of {@code given} that nobody {@code asked} for; what there is, is told with the first few: a thousand times it is a burden. */
    void refuseUnknown(String path, String pointer, Collection<String> given, Collection<String> asked) {
        String known = "is not known; known here: " + String.join(", ", asked);
        int refused = 0;
        for (String name : given) {
            if (!asked.contains(name)) {
                add(path + name, pointer + Pointer.token(name), refused++ < KNOWN_TOLD ? known : "is not known");
            }
        }
    }

    boolean isEmpty() {
        return told.isEmpty();
    }

    /** Whether {@code field} has none, as far as they are told. */
    boolean isSound(String field) {
        return !fields.contains(field);
    }

    /** In the order in which they were found, and at the end how many more there are. */
    List<FieldError> all() {
        if (untold == 0) {
            return List.copyOf(told);
        }
        List<FieldError> all = new ArrayList<>(told);
        all.add(new FieldError("", "and " + untold + " more faults; mend these first"));
        return all;
    }

    private static String shortened(String field) {
        return field.length() <= LONGEST_NAME ? field : field.substring(0, LONGEST_NAME) + "…";
    }
}
