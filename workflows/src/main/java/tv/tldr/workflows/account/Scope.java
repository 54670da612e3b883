package tv.tldr.workflows.account;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What may be done? A scope is a word such as {@code streams:read}; {@code streams:*} stands for all that can be done with
 * streams, and {@code admin} for everything.
 */
public enum Scope {
    STREAMS_READ("streams:read"),
    STREAMS_WRITE("streams:write"),
    STREAMS_DELETE("streams:delete"),
    HIGHLIGHTS_READ("highlights:read"),
    HIGHLIGHTS_WRITE("highlights:write"),
    HIGHLIGHTS_DELETE("highlights:delete"),
    WEBHOOKS_READ("webhooks:read"),
    WEBHOOKS_WRITE("webhooks:write"),
    WEBHOOKS_DELETE("webhooks:delete"),
    DIMENSIONS_READ("dimensions:read"),
    DIMENSIONS_WRITE("dimensions:write"),
    DIMENSIONS_DELETE("dimensions:delete"),
    ORGANIZATIONS_READ("organizations:read"),
    ORGANIZATIONS_WRITE("organizations:write"),
    USERS_READ("users:read"),
    USERS_WRITE("users:write"),
    API_KEYS_WRITE("api-keys:write"),
    USAGE_READ("usage:read"),
    ADMIN("admin");

    private static final String WHOLE = ":*";

    private final String word;

    Scope(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    /** The scope that is written {@code word}; empty for one that stands for several, and for any other text. */
    public static Optional<Scope> named(String word) {
        return Arrays.stream(values()).filter(scope -> scope.word.equals(word)).findFirst();
    }

    /** Whether {@code word} may stand in a key: a scope, or all of a resource's. */
    public static boolean isKnown(String word) {
        return !meant(word).isEmpty();
    }

    /** All that may stand in a key. */
    public static List<String> words() {
        Stream<String> wholes = Arrays.stream(values())
                .filter(scope -> scope != ADMIN)
                .map(scope -> scope.resource() + WHOLE)
                .distinct();
        return Stream.concat(Arrays.stream(values()).map(Scope::word), wholes).toList();
    }

    /** All that {@code words} allow together; a word that is not known allows nothing. */
    public static Set<Scope> allowedBy(Collection<String> words) {
        return words.stream().flatMap(word -> meant(word).stream()).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * What a key may do, which never exceeds what its creator may do now.
     *
     * @param words of the key
     * @param creator what the creator may do
     */
    public static Set<Scope> within(Collection<String> words, Set<Scope> creator) {
        return allowedBy(words).stream().filter(creator::contains).collect(Collectors.toUnmodifiableSet());
    }

    /** Those of {@code words} that allow more than {@code scopes}, in their order; empty: none exceeds them. */
    public static List<String> beyond(Collection<String> words, Set<Scope> scopes) {
        return words.stream().filter(word -> !scopes.containsAll(meant(word))).toList();
    }

    /** The fewest words that allow exactly {@code scopes}, sorted. */
    public static Set<String> wordsFor(Set<Scope> scopes) {
        if (scopes.contains(ADMIN)) {
            return Set.of(ADMIN.word);
        }
        Set<String> words = new TreeSet<>();
        for (Scope scope : scopes) {
            Set<Scope> whole = meant(scope.resource() + WHOLE);
            words.add(whole.size() > 1 && scopes.containsAll(whole) ? scope.resource() + WHOLE : scope.word);
        }
        return Collections.unmodifiableSet(words);
    }

    private static Set<Scope> meant(String word) {
        if (word.equals(ADMIN.word)) {
            return Set.of(values());
        }
        return Arrays.stream(values())
                .filter(scope -> scope.word.equals(word) || (scope != ADMIN && word.equals(scope.resource() + WHOLE)))
                .collect(Collectors.toUnmodifiableSet());
    }

    private String resource() {
        int colon = word.indexOf(':');
        return colon < 0 ? word : word.substring(0, colon);
    }
}
