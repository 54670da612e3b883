package tv.tldr.workflows.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ScopeTest {
    @Example
    void aWordMeansItselfAllOfAResourceOrEverything() {
        assertThat(Scope.allowedBy(List.of("streams:read"))).containsExactly(Scope.STREAMS_READ);
        assertThat(Scope.allowedBy(List.of("streams:*")))
                .containsExactlyInAnyOrder(Scope.STREAMS_READ, Scope.STREAMS_WRITE, Scope.STREAMS_DELETE);
        assertThat(Scope.allowedBy(List.of("organizations:*")))
                .containsExactlyInAnyOrder(Scope.ORGANIZATIONS_READ, Scope.ORGANIZATIONS_WRITE);
        assertThat(Scope.allowedBy(List.of("admin"))).containsExactlyInAnyOrder(Scope.values());
    }

    @Example
    void nothingElseMeansAnything() {
        for (String word :
                List.of("", "*", "*:*", "streams", "streams:", ":read", "streams:READ", "usage:write", "admin:*")) {
            assertThat(Scope.isKnown(word)).as(word).isFalse();
        }
        assertThat(Scope.words()).contains("streams:*", "api-keys:*", "admin").allMatch(Scope::isKnown);
    }

    @Property(tries = 200)
    void aKeyNeverExceedsItsCreator(@ForAll("words") Set<String> key, @ForAll Role creator) {
        Set<Scope> effective = Scope.within(key, creator.scopes());

        assertThat(creator.scopes()).containsAll(effective);
        assertThat(Scope.allowedBy(key)).containsAll(effective);
        assertThat(Scope.beyond(key, creator.scopes()).isEmpty()).isEqualTo(effective.equals(Scope.allowedBy(key)));
    }

    @Property(tries = 200)
    void theFewestWordsMeanTheSame(@ForAll Set<Scope> scopes) {
        Set<Scope> whole = scopes.contains(Scope.ADMIN) ? Set.of(Scope.values()) : scopes;

        assertThat(Scope.allowedBy(Scope.wordsFor(scopes))).isEqualTo(whole);
    }

    @Property(tries = 200)
    void eachRoleMayDoAllThatTheNextOneMay(@ForAll Role one, @ForAll Role other) {
        if (one.reaches(other)) {
            assertThat(one.scopes()).containsAll(other.scopes());
        }
        assertThat(one.mayHandle(other, one.scopes())).isEqualTo(one.reaches(other));
        assertThat(one.mayHandle(other, Set.of())).isFalse();
    }

    @Provide
    Arbitrary<Set<String>> words() {
        return Arbitraries.of(Scope.words()).set().ofMaxSize(5);
    }
}
