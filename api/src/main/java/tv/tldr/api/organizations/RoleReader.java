package tv.tldr.api.organizations;

import java.util.List;
import java.util.stream.Stream;
import tv.tldr.api.http.Fields;
import tv.tldr.api.http.Parameters;
import tv.tldr.workflows.account.Role;

/** Which role does a request name? In upper case, as roles are written. */
final class RoleReader {
    private static final int LONGEST = 16;
    private static final List<String> NAMES =
            Stream.of(Role.values()).map(Role::name).toList();

    private RoleReader() {}

    /** One that must be there; a fault is noted in {@code body}. */
    static Role read(Fields body) {
        String word = body.requiredText("role", LONGEST);
        return Role.named(word).orElseGet(() -> {
            if (body.isSound("role")) {
                body.refuse("role", "must be one of " + String.join(", ", NAMES));
            }
            return Role.VIEWER;
        });
    }

    /** Those of which a list is asked for; empty: all. */
    static List<Role> read(Parameters parameters) {
        return parameters.words("role", NAMES).stream().map(Role::valueOf).toList();
    }
}
