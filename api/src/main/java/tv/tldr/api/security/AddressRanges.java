package tv.tldr.api.security;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tv.tldr.activities.egress.AddressRange;
import tv.tldr.api.http.Fields;

/** From which addresses may something be used? Ranges as requests give them. */
public final class AddressRanges {
    private static final int LONGEST = 64;
    private static final int MOST = 50;

    private AddressRanges() {}

    /** Some ranges in a request's field, each once, as they are stored; faults are noted there. */
    public static List<String> read(Fields body, String name) {
        List<String> given = body.texts(name, MOST, LONGEST).orElse(List.of());
        Set<String> ranges = new LinkedHashSet<>();
        for (int i = 0; i < given.size(); i++) {
            try {
                ranges.add(AddressRange.parse(given.get(i)).toString());
            } catch (IllegalArgumentException e) {
                body.refuse(name + "[" + i + "]", String.valueOf(e.getMessage()));
            }
        }
        return List.copyOf(ranges);
    }
}
