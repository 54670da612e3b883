package tv.tldr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import tv.tldr.workflows.account.ApiKeyId;
import tv.tldr.workflows.account.OrganizationId;

class RateStoreIT extends StoreIT {
    /** Of the plan STARTER, as the organizations here are. */
    private static final int LIMIT = 100;

    @Test
    void aFullBucketGivesWhatIsAskedForAndRemembersIt() {
        OrganizationId organization = stores.organization();

        RateLease first = answer(stores.rates.lease(organization, 0.05, 0));
        RateLease second = answer(stores.rates.lease(organization, 0.05, 0));

        assertThat(first).isEqualTo(new RateLease(5, LIMIT, 95));
        assertThat(second.granted()).isEqualTo(5);
        assertThat(second.left()).isBetween(90.0, 95.0);
    }

    @Test
    void anEmptyBucketGivesNothingHoweverManyAskAtOnce() {
        OrganizationId organization = stores.organization();
        long begun = System.nanoTime();

        List<RateLease> leases = all(Flux.range(0, 60).flatMap(i -> stores.rates.lease(organization, 0.05, 0), 8));

        double refilled = (System.nanoTime() - begun) / 60e9 * LIMIT;
        assertThat(leases.stream().mapToInt(RateLease::granted).sum()).isBetween(LIMIT, LIMIT + (int) refilled + 1);
        assertThat(leases.getLast().left()).isBetween(0.0, 1.0);
    }

    @Test
    void fillsUpEvenlyButNotBeyondTheLimit() {
        OrganizationId organization = stores.organization();
        answer(stores.rates.lease(organization, 1, 0));
        before(organization, 30);

        RateLease half = answer(stores.rates.lease(organization, 0.01, 0));
        before(organization, 3600);
        RateLease full = answer(stores.rates.lease(organization, 0.01, 0));

        assertThat(half.left()).isCloseTo(49, within(1.5));
        assertThat(full.left()).isEqualTo(99);
    }

    @Test
    void whatIsOwedIsTakenFirstAndNeverMoreThanThereIs() {
        OrganizationId organization = stores.organization();

        RateLease first = answer(stores.rates.lease(organization, 0.05, 40));
        RateLease second = answer(stores.rates.lease(organization, 0.05, 500));

        assertThat(first).isEqualTo(new RateLease(5, LIMIT, 55));
        assertThat(second.granted()).isZero();
        assertThat(second.left()).isZero();
    }

    @Test
    void aClockThatGoesBackFillsNothing() {
        OrganizationId organization = stores.organization();
        answer(stores.rates.lease(organization, 1, 0));
        before(organization, -3600);

        assertThat(answer(stores.rates.lease(organization, 1, 0)).granted()).isZero();
    }

    @Test
    void aPlanWithoutALimitHasNoBucket() {
        OrganizationId organization = stores.organization();
        plan(organization, "enterprise");

        assertThat(stores.rates.lease(organization, 0.05, 0).blockOptional()).isEmpty();
        plan(organization, "professional");
        assertThat(answer(stores.rates.lease(organization, 0.05, 0))).isEqualTo(new RateLease(50, 1000, 950));
    }

    @Test
    void aKeyHasABucketOnlyWithALimitOfItsOwn() {
        OrganizationId organization = stores.organization();
        ApiKeyId key = answer(stores.accounts.issueKey(organization, "test", Set.of("admin"), null))
                .key()
                .id();
        assertThat(stores.rates.lease(organization, key, 0.05, 0).blockOptional())
                .isEmpty();

        stores.database
                .update(stores.database.sql(organization, """
                                UPDATE api_keys SET requests_per_minute = 7 WHERE organization_id = :organization AND id = :id
                                """).bind("id", key.uuid()))
                .block();

        assertThat(answer(stores.rates.lease(organization, key, 0.05, 0))).isEqualTo(new RateLease(1, 7, 6));
        assertThat(stores.rates.lease(stores.organization(), key, 0.05, 0).blockOptional())
                .isEmpty();
    }

    private void before(OrganizationId organization, int seconds) {
        stores.database
                .update(stores.database.sql(organization, """
                                UPDATE rate_buckets SET filled_at = filled_at - make_interval(secs => :seconds)
                                WHERE organization_id = :organization
                                """).bind("seconds", (double) seconds))
                .block();
    }

    private void plan(OrganizationId organization, String plan) {
        stores.database
                .update(stores.database
                        .sql(organization, "UPDATE organizations SET plan = :plan WHERE id = :organization")
                        .bind("plan", plan))
                .block();
    }
}
