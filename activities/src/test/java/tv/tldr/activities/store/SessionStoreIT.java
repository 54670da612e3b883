package tv.tldr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import tv.tldr.activities.store.OneTimeTokenStore.Purpose;
import tv.tldr.activities.store.Refreshed.Reused;
import tv.tldr.activities.store.Refreshed.Rotated;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.account.Role;
import tv.tldr.workflows.account.UserId;

class SessionStoreIT extends StoreIT {
    @Test
    void ofManyWhoPresentATokenAtOnceOneGetsTheNextAndTheSessionIsOver() {
        OrganizationId organization = stores.organization();
        Rotated session = session(organization);

        List<Refreshed> answers = all(
                Flux.range(0, 8).flatMap(i -> stores.sessions.refresh(session.token(), null, UUID.randomUUID()), 8));

        assertThat(answers).filteredOn(Rotated.class::isInstance).hasSize(1);
        assertThat(answers).filteredOn(Reused.class::isInstance).hasSize(1);
        assertThat(stores.sessions
                        .standing(session.session(), session.user(), organization)
                        .blockOptional())
                .isEmpty();
    }

    @Test
    void aTokenForAnOrganizationOfSomebodyElseStaysGood() {
        Rotated session = session(stores.organization());
        OrganizationId foreign = stores.organization();

        assertThatThrownBy(() -> stores.sessions
                        .refresh(session.token(), foreign, UUID.randomUUID())
                        .block())
                .isInstanceOfSatisfying(StoreFailure.class, failure -> assertThat(failure.kind())
                        .isEqualTo(StoreFailure.Kind.MISSING));

        assertThat(answer(stores.sessions.refresh(session.token(), null, UUID.randomUUID())))
                .isInstanceOf(Rotated.class);
    }

    @Test
    void aSessionOutlivesItsOrganizationAndGoesOnInAnother() {
        OrganizationId organization = stores.organization();
        Rotated session = session(organization);
        stores.owner
                .update(stores.owner
                        .sql("DELETE FROM organizations WHERE id = :gone")
                        .bind("gone", organization.uuid()))
                .block();

        Rotated outside = (Rotated) answer(stores.sessions.refresh(session.token(), null, UUID.randomUUID()));
        assertThat(outside.organization()).isNull();
        assertThat(stores.sessions.alive(outside.session(), outside.user()).blockOptional())
                .contains(session.user());

        OrganizationId next = stores.organization();
        stores.members.add(next, session.user(), Role.OWNER).block();
        Rotated back = (Rotated) answer(stores.sessions.refresh(outside.token(), null, UUID.randomUUID()));
        assertThat(back.organization()).isEqualTo(next);
        stores.sessions.end(back.session()).block();
        assertThat(stores.sessions.alive(back.session(), back.user()).blockOptional())
                .isEmpty();
    }

    @Test
    void nobodyIsOutsideOfTheOrganizationWhatTheyAreWithin() {
        OrganizationId organization = stores.organization();
        Rotated session = session(organization);

        assertThat(answer(stores.sessions.standing(session.session(), session.user(), organization)))
                .isEqualTo(Role.MEMBER);
        assertThat(stores.sessions
                        .standing(session.session(), session.user(), stores.organization())
                        .blockOptional())
                .isEmpty();
    }

    @Test
    void countsTriesUntilTheWindowEnds() {
        String subject = "somebody " + UUID.randomUUID();
        Duration window = Duration.ofMinutes(5);

        assertThat(answer(stores.attempts.count(subject, 2, window))).isEmpty();
        assertThat(answer(stores.attempts.count(subject, 2, window))).isEmpty();
        Optional<Duration> wait = answer(stores.attempts.count(subject.toUpperCase(Locale.ROOT), 2, window));
        assertThat(wait.orElseThrow()).isBetween(Duration.ofSeconds(1), window);

        stores.attempts.forget(subject).block();
        assertThat(answer(stores.attempts.count(subject, 2, window))).isEmpty();
        stores.database
                .update(stores.database.sql("UPDATE attempts SET number = 99, ends_at = now()"))
                .block();
        assertThat(answer(stores.attempts.count(subject, 2, window))).isEmpty();
    }

    @Test
    void aLinkIsGoodOnceForItsPurposeAndOnlyTheNewest() {
        User user = user();
        String first = answer(stores.oneTimeTokens.issue(user, Purpose.PASSWORD_RESET));
        String second = answer(stores.oneTimeTokens.issue(user, Purpose.PASSWORD_RESET));

        assertThat(stores.oneTimeTokens.use(first, Purpose.PASSWORD_RESET).blockOptional())
                .isEmpty();
        assertThat(stores.oneTimeTokens.use(second, Purpose.EMAIL_VERIFICATION).blockOptional())
                .isEmpty();
        assertThat(stores.oneTimeTokens.use(second, Purpose.PASSWORD_RESET).blockOptional())
                .isPresent();
        assertThat(stores.oneTimeTokens.use(second, Purpose.PASSWORD_RESET).blockOptional())
                .isEmpty();
    }

    private Rotated session(OrganizationId organization) {
        User user = user();
        stores.members.add(organization, user.id(), Role.MEMBER).block();
        return answer(stores.sessions.open(FreshUuid.next(), user.id(), organization, "192.0.2.7"));
    }

    private User user() {
        return answer(stores.users.create(
                new UserId(FreshUuid.next()), UUID.randomUUID() + "@example.com", "Ada", "no password", true));
    }
}
