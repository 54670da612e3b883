package tv.tldr.api.organizations;

import java.util.Arrays;
import java.util.stream.Collectors;
import tv.tldr.api.http.Fields;
import tv.tldr.workflows.account.Role;

/** Which role does a request name? In upper case, as roles are written. */
final class RoleReader {
    private static final int LONGEST = 16;

    private RoleReader() {}

    /** One that must be there; a fault is noted in {@code body}. */
    static Role read(Fields body) {
        String word = body.requiredText("role", LONGEST);
        return Role.named(word).orElseGet(() -> {
            if (body.isSound("role")) {
                body.refuse(
                        "role",
                        "must be one of "
                                + Arrays.stream(Role.values()).map(Role::name).collect(Collectors.joining(", ")));
            }
            return Role.VIEWER;
        });
    }
}
