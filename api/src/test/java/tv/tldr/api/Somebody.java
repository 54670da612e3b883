package tv.tldr.api;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tv.tldr.workflows.account.Role;
import tv.tldr.workflows.account.Scope;

/**
 * A caller in an organization of their own.
 *
 * @param person whether signed in, else with a key
 */
record Somebody(String name, Caller caller, boolean person, Set<Scope> scopes) {
    /** A key with each scope, and a person with each role. */
    static final List<Somebody> EVERYBODY = Stream.concat(
                    Scope.words().stream().map(Somebody::withKey),
                    Arrays.stream(Role.values()).map(Somebody::withRole))
            .toList();

    private static Somebody withKey(String word) {
        return new Somebody(
                "a key with " + word, RunningApi.shared().caller(word), false, Scope.allowedBy(List.of(word)));
    }

    private static Somebody withRole(Role role) {
        RunningApi api = RunningApi.shared();
        return new Somebody(
                role.name(), Person.in(api, api.organization(), role).caller(), true, role.scopes());
    }

    /** Whether the answer is that they may not do that at all; to HEAD it is so without words. */
    static boolean isNotLet(Answer answer) {
        return answer.status() == 403
                && (answer.isEmpty()
                        || answer.text("/detail").matches(".*(lacks the scope|for a person who is signed in).*"));
    }
}
