package tv.tldr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.FallbackChain.Cyclic;
import tv.tldr.activities.store.FallbackChain.Missing;
import tv.tldr.activities.store.FallbackChain.TooLong;
import tv.tldr.activities.store.FallbackChain.TooLongBehind;
import tv.tldr.activities.store.FallbackChain.Whole;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.scoring.Aggregation;
import tv.tldr.workflows.scoring.Criteria;
import tv.tldr.workflows.scoring.Dimension;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.DimensionSetChain;
import tv.tldr.workflows.scoring.DimensionSetId;
import tv.tldr.workflows.scoring.DimensionType;
import tv.tldr.workflows.scoring.Examples;
import tv.tldr.workflows.scoring.HighlightType;
import tv.tldr.workflows.scoring.Preset;
import tv.tldr.workflows.scoring.RuleModel;
import tv.tldr.workflows.scoring.Scale;
import tv.tldr.workflows.scoring.Term;
import tv.tldr.workflows.signal.Modality;
import tv.tldr.workflows.signal.SignalKind;

class DimensionSetStoreIT extends StoreIT {
    private OrganizationId organization = new OrganizationId(FreshUuid.next());

    @BeforeEach
    void aTenantOfItsOwn() {
        organization = stores.organization();
    }

    @Test
    void keepsEveryVersionAsItWas() {
        DimensionSet first = everything("Mine");
        DimensionSet second = named(first, "Yours");
        assertThat(done(stores.sets.create(organization, first)).version()).isEqualTo(1);
        assertThat(done(stores.sets.update(organization, second, 1)).version()).isEqualTo(2);

        DimensionSetId id = DimensionSetId.parse(first.id());
        assertThat(answer(stores.sets.find(organization, id)).definition()).isEqualTo(second);
        assertThat(answer(stores.sets.find(organization, id, 1)).definition()).isEqualTo(first);
        assertThat(answer(stores.sets.versions(organization, id, null, 100)).items())
                .extracting(DimensionSetRow::version)
                .containsExactly(2, 1);
    }

    @ParameterizedTest
    @EnumSource(Preset.class)
    void holdsAllThatAPresetHas(Preset preset) {
        DimensionSet copy = withId(preset.dimensionSet(), freshId());

        DimensionSetRow row = done(stores.sets.create(organization, copy));

        assertThat(row.definition()).isEqualTo(copy);
    }

    @Test
    void ofTwoChangesToTheSameVersionOneIsTooLate() {
        DimensionSet set = everything("Mine");
        done(stores.sets.create(organization, set));

        List<SetChange> changes = all(Flux.range(0, 6)
                .flatMap(number -> stores.sets.update(organization, named(set, "Change " + number), 1)));

        assertThat(changes).filteredOn(SetChange.Done.class::isInstance).hasSize(1);
        assertThat(changes).filteredOn(new SetChange.Stale(2)::equals).hasSize(5);
    }

    @Test
    void aDeletedSetIsGoneFromEverywhereButItsRowsStay() {
        DimensionSet set = everything("Mine");
        DimensionSetId id = DimensionSetId.parse(set.id());
        done(stores.sets.create(organization, set));
        done(stores.sets.update(organization, named(set, "Other"), 1));

        assertThat(answer(stores.sets.delete(organization, id, 1))).isEqualTo(new SetChange.Stale(2));
        done(stores.sets.delete(organization, id, 2));

        assertThat(stores.sets.find(organization, id).blockOptional()).isEmpty();
        assertThat(stores.sets.find(organization, id, 1).blockOptional()).isEmpty();
        assertThat(answer(stores.sets.list(organization, everyOne())).items()).isEmpty();
        assertThat(answer(stores.sets.chain(organization, set.id()))).isEqualTo(new Missing(set.id()));
        assertThat(answer(stores.sets.update(organization, set, 2))).isEqualTo(new SetChange.Missing());
        assertThat(answer(stores.sets.delete(organization, id, 2))).isEqualTo(new SetChange.Missing());
        Mono<Long> versions = stores.owner.one(
                stores.owner
                        .sql("SELECT count(*) FROM dimension_sets WHERE id = :id")
                        .bind("id", id.uuid()),
                row -> Columns.required(row, "count", Long.class));
        assertThat(versions.block()).isEqualTo(2);
    }

    @Test
    void anotherTenantHasNone() {
        DimensionSet set = everything("Mine");
        DimensionSetId id = DimensionSetId.parse(set.id());
        done(stores.sets.create(organization, set));
        OrganizationId other = stores.organization();

        assertThat(stores.sets.find(other, id).blockOptional()).isEmpty();
        assertThat(stores.sets.find(other, id, 1).blockOptional()).isEmpty();
        assertThat(answer(stores.sets.list(other, everyOne())).items()).isEmpty();
        assertThat(answer(stores.sets.versions(other, id, null, 100)).items()).isEmpty();
        assertThat(answer(stores.sets.update(other, set, 1))).isEqualTo(new SetChange.Missing());
        assertThat(answer(stores.sets.delete(other, id, 1))).isEqualTo(new SetChange.Missing());
        assertThat(answer(stores.sets.chain(other, set.id()))).isEqualTo(new Missing(set.id()));
        assertThat(answer(stores.sets.create(other, fallingBackOn(set.id()))))
                .isEqualTo(new SetChange.BadFallback(new Missing(set.id())));
    }

    @Test
    void aChainLeadsFromSetToSetAsTheyAreNow() {
        DimensionSet last = fallingBackOn("music_default");
        DimensionSet middle = fallingBackOn(last.id());
        done(stores.sets.create(organization, last));
        done(stores.sets.create(organization, middle));
        DimensionSet renamed = named(last, "Renamed");
        done(stores.sets.update(organization, renamed, 1));

        DimensionSetChain chain = whole(stores.sets.chain(organization, middle.id()));

        assertThat(chain.sets())
                .extracting(set -> set.definition().id() + " " + set.version())
                .containsExactly(middle.id() + " 1", last.id() + " 2", "music_default 1");
        assertThat(chain.sets().get(1).definition()).isEqualTo(renamed);
    }

    @Test
    void aPresetIsAChainByItself() {
        assertThat(whole(stores.sets.chain(organization, "gaming_default"))
                        .first()
                        .definition())
                .isEqualTo(Preset.GAMING_DEFAULT.dimensionSet());
        assertThat(answer(stores.sets.chain(organization, "no_such"))).isEqualTo(new Missing("no_such"));
    }

    @Test
    void noSetComesBackToItself() {
        DimensionSet self = everything("Self");
        DimensionSet one = fallingBackOn(null);
        DimensionSet two = fallingBackOn(one.id());
        done(stores.sets.create(organization, one));
        done(stores.sets.create(organization, two));

        assertThat(answer(stores.sets.create(organization, withFallback(self, self.id()))))
                .isEqualTo(new SetChange.BadFallback(new Cyclic(self.id())));
        assertThat(answer(stores.sets.update(organization, withFallback(one, two.id()), 1)))
                .isEqualTo(new SetChange.BadFallback(new Cyclic(one.id())));
    }

    @Test
    void twoChangesAtOnceMakeNoCircleEither() {
        DimensionSet one = fallingBackOn(null);
        DimensionSet two = fallingBackOn(null);
        done(stores.sets.create(organization, one));
        done(stores.sets.create(organization, two));

        List<SetChange> changes = all(Flux.merge(
                stores.sets.update(organization, withFallback(one, two.id()), 1),
                stores.sets.update(organization, withFallback(two, one.id()), 1)));

        assertThat(changes).filteredOn(SetChange.Done.class::isInstance).hasSize(1);
        assertThat(changes).filteredOn(SetChange.BadFallback.class::isInstance).hasSize(1);
    }

    @Test
    void aChainHasAnEnd() {
        List<DimensionSet> sets = new ArrayList<>(List.of(fallingBackOn(null)));
        done(stores.sets.create(organization, sets.getFirst()));
        for (int i = 1; i < DimensionSetChain.LONGEST; i++) {
            sets.add(fallingBackOn(sets.getLast().id()));
            done(stores.sets.create(organization, sets.getLast()));
        }

        assertThat(answer(stores.sets.create(
                        organization, fallingBackOn(sets.getLast().id()))))
                .isEqualTo(new SetChange.BadFallback(new TooLong()));
        assertThat(answer(stores.sets.update(
                        organization,
                        withFallback(
                                sets.getFirst(),
                                Preset.GAMING_DEFAULT.dimensionSet().id()),
                        1)))
                .as("its last set does not get longer behind the backs of the others")
                .isEqualTo(new SetChange.BadFallback(new TooLongBehind()));
    }

    @Test
    void aSetThatAnotherOneFallsBackOnStays() {
        DimensionSet needed = fallingBackOn(null);
        DimensionSet user = fallingBackOn(needed.id());
        done(stores.sets.create(organization, needed));
        done(stores.sets.create(organization, user));
        DimensionSetId id = DimensionSetId.parse(needed.id());

        assertThat(answer(stores.sets.delete(organization, id, 1))).isEqualTo(new SetChange.InUse(List.of(user.id())));

        done(stores.sets.update(organization, withFallback(user, null), 1));
        done(stores.sets.delete(organization, id, 1));
    }

    @Test
    void listsPageByPageAndByName() {
        List<String> ids = IntStream.range(0, 5)
                .mapToObj(number -> {
                    DimensionSet set = everything(number % 2 == 0 ? "Even Cup " + number : "Odd " + number);
                    done(stores.sets.create(organization, set));
                    return set.id();
                })
                .toList();

        Page<DimensionSetRow> first = answer(stores.sets.list(organization, named(null, null, 3)));
        Page<DimensionSetRow> rest = answer(stores.sets.list(organization, named(null, first.next(), 3)));

        assertThat(first.items()).extracting(row -> row.id().toString()).isEqualTo(ids.subList(0, 3));
        assertThat(rest.items()).extracting(row -> row.id().toString()).isEqualTo(ids.subList(3, 5));
        assertThat(rest.hasMore()).isFalse();
        ByTime newest = new ByTime(false, null, 3);
        Page<DimensionSetRow> last = answer(stores.sets.list(organization, new DimensionSetQuery(null, newest)));
        ByTime before = new ByTime(false, last.next(), 3);
        assertThat(last.items())
                .extracting(row -> row.id().toString())
                .isEqualTo(ids.subList(2, 5).reversed());
        assertThat(answer(stores.sets.list(organization, new DimensionSetQuery(null, before)))
                        .items())
                .extracting(row -> row.id().toString())
                .isEqualTo(ids.subList(0, 2).reversed());
        assertThat(answer(stores.sets.list(organization, named("eVEN cup", null, 9)))
                        .items())
                .hasSize(3);
        assertThat(answer(stores.sets.list(organization, named("%", null, 9))).items())
                .isEmpty();
    }

    private static DimensionSetQuery named(@Nullable String name, @Nullable Cursor after, int limit) {
        return new DimensionSetQuery(name, new ByTime(true, after, limit));
    }

    private static DimensionSetQuery everyOne() {
        return named(null, null, 100);
    }

    private static DimensionSetRow done(Mono<SetChange> change) {
        SetChange answer = answer(change);
        assertThat(answer).isInstanceOf(SetChange.Done.class);
        return ((SetChange.Done) answer).set();
    }

    private static DimensionSetChain whole(Mono<FallbackChain> chain) {
        FallbackChain answer = answer(chain);
        assertThat(answer).isInstanceOf(Whole.class);
        return ((Whole) answer).chain();
    }

    static String freshId() {
        return new DimensionSetId(FreshUuid.next()).toString();
    }

    private static DimensionSet fallingBackOn(@Nullable String id) {
        return withFallback(everything("Chained"), id);
    }

    /** Every kind of thing that a set can hold, in orders that are not the alphabet's. */
    private static DimensionSet everything(String name) {
        Dimension goal = new Dimension(
                "goal",
                "Goal",
                "The ball is in.",
                0.7,
                new Scale(DimensionType.BINARY, 0, 5, Map.of(), 0.6),
                Aggregation.WEIGHTED_MEAN,
                java.util.Set.of(Modality.VIDEO, Modality.TEXT),
                "Is it a goal?",
                new Examples("A goal.", null, "A throw-in."),
                true,
                "goal",
                new RuleModel(0.4, "by hand", -1.5, List.of(new Term(SignalKind.MOTION, 5, 0.3))));
        Map<String, Double> steps = new java.util.LinkedHashMap<>();
        steps.put("wild", 1.0);
        steps.put("calm", 0.0);
        Dimension mood = new Dimension(
                "mood",
                "Mood",
                "",
                0,
                new Scale(DimensionType.CATEGORICAL, 0, 1, steps, 0.5),
                Aggregation.MEAN,
                Dimension.ALL_MODALITIES,
                null,
                Examples.NONE,
                false,
                "mood",
                RuleModel.NONE);
        HighlightType type = new HighlightType(
                "big_goal",
                "Big goal",
                "A goal that matters.",
                new Criteria(
                        Map.of("goal", 0.5), Map.of("mood", 0.5), List.of("goal"), 0.3, "goal * 2", 10.0, 30.0, 60.0),
                2,
                List.of("goal", "big"),
                Map.of("at", "{{peak_time}}"));
        return new DimensionSet(
                freshId(),
                name,
                "What matters in a match.",
                List.of(mood, goal),
                List.of(type),
                false,
                2,
                null,
                new tv.tldr.workflows.scoring.Calibration(0.4, 2),
                new DimensionSet.ClipLength(12, 40),
                25);
    }

    private static DimensionSet withId(DimensionSet set, String id) {
        return copy(set, id, set.name(), set.fallbackSetId());
    }

    private static DimensionSet named(DimensionSet set, String name) {
        return copy(set, set.id(), name, set.fallbackSetId());
    }

    private static DimensionSet withFallback(DimensionSet set, @Nullable String fallback) {
        return copy(set, set.id(), set.name(), fallback);
    }

    private static DimensionSet copy(DimensionSet set, String id, String name, @Nullable String fallback) {
        return new DimensionSet(
                id,
                name,
                set.description(),
                set.dimensions(),
                set.types(),
                set.normalizeWeights(),
                set.minDimensionsRequired(),
                fallback,
                set.calibration(),
                set.clip(),
                set.cooldown());
    }
}
