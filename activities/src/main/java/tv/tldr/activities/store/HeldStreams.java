package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.required;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.workflows.WorkflowIds;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.scoring.DimensionSetChain;
import tv.tldr.workflows.stream.StreamId;

/** How are the streams of a batch written down? Many in one statement: a thousand single ones would take seconds. */
final class HeldStreams {
    private static final int IN_ONE_STATEMENT = 200;
    /** Characters of dimension sets in one statement; those that streams share count once. */
    private static final int MOST_OF_SETS = 4 << 20;

    private final Database database;
    private final StreamStore streams;

    HeldStreams(Database database, StreamStore streams) {
        this.database = database;
        this.streams = streams;
    }

    /**
     * Writes them down, held back. Part of a transaction: with any refusal all of it has to be taken back.
     *
     * @return those that were refused, by their place, with the stream that their source is in process as
     */
    Mono<Map<Integer, StreamId>> insert(OrganizationId organization, List<NewStream> wanted) {
        // Always in the order of their keys: two batches of the same sources do not wait for each other for ever.
        List<Keyed> inOrder = IntStream.range(0, wanted.size())
                .mapToObj(place -> new Keyed(place, key(wanted.get(place)), wanted.get(place)))
                .sorted((one, other) -> one.key().compareTo(other.key()))
                .toList();
        return Flux.defer(() -> {
                    Weight weight = new Weight();
                    return Flux.fromIterable(inOrder).bufferUntil(weight::isFullBefore, true);
                })
                .concatMap(some -> insertSome(organization, some))
                .collect(Collectors.toSet())
                .flatMap(written -> refused(organization, inOrder, written));
    }

    private record Keyed(int place, String key, NewStream stream) {}

    /** How full is a statement? */
    private static final class Weight {
        private final Map<DimensionSetChain, Integer> sizes = new HashMap<>();
        private final Set<DimensionSetChain> sets = new HashSet<>();
        private int streams;
        private int characters;

        /** Whether {@code next} must begin another one. */
        boolean isFullBefore(Keyed next) {
            DimensionSetChain set = next.stream().dimensionSet();
            int size = set == null
                    ? 0
                    : sizes.computeIfAbsent(set, one -> Jsonb.text(one).length());
            boolean shared = set == null || sets.contains(set);
            boolean full = streams == IN_ONE_STATEMENT || (!shared && streams > 0 && characters + size > MOST_OF_SETS);
            if (full) {
                sets.clear();
                streams = 0;
                characters = 0;
            }
            if (set != null && sets.add(set)) {
                characters += size;
            }
            streams++;
            return full;
        }
    }

    private static String key(NewStream stream) {
        return HexFormat.of().formatHex(SourceKey.of(stream.source()));
    }

    private Flux<UUID> insertSome(OrganizationId organization, List<Keyed> some) {
        List<DimensionSetChain> sets = some.stream()
                .flatMap(one -> Stream.ofNullable(one.stream().dimensionSet()))
                .distinct()
                .toList();
        return database.all(
                database.sql(organization, """
                        INSERT INTO streams (organization_id, id, source_url, source_key, platform, status, is_live,
                                             allow_duplicate, options, dimension_set, metadata, progress, workflow_id, queued_at)
                        SELECT :organization, one.id, url, decode(key, 'hex'), platform, 'pending', live, allow,
                               options::jsonb, ((:sets::text[])[which])::json, metadata::jsonb, :progress, workflow, NULL
                        FROM unnest(:ids::uuid[], :urls::text[], :keys::text[], :platforms::text[], :lives::boolean[],
                                    :allows::boolean[], :options::text[], :which::int[], :metadata::text[], :workflows::text[])
                            WITH ORDINALITY
                            AS one (id, url, key, platform, live, allow, options, which, metadata, workflow, place)
                        WHERE allow OR NOT EXISTS (
                            SELECT FROM streams
                            WHERE organization_id = :organization AND source_key = decode(one.key, 'hex')
                              AND status IN ('pending', 'processing'))
                        ORDER BY place
                        ON CONFLICT (organization_id, source_key)
                            WHERE status IN ('pending', 'processing') AND NOT allow_duplicate DO NOTHING
                        RETURNING id
                        """)
                        .bind("progress", Jsonb.of(StreamStore.QUEUED))
                        .bind(
                                "ids",
                                array(some, one -> one.stream().ref().streamId().uuid(), UUID[]::new))
                        .bind("urls", texts(some, one -> one.stream().source().url()))
                        .bind("keys", texts(some, Keyed::key))
                        .bind("platforms", texts(some, one -> one.stream()
                                .source()
                                .platform()
                                .wire()))
                        .bind("lives", array(some, one -> one.stream().live(), Boolean[]::new))
                        .bind("allows", array(some, one -> one.stream().allowDuplicate(), Boolean[]::new))
                        .bind(
                                "options",
                                texts(some, one -> Jsonb.text(one.stream().options())))
                        .bind("sets", sets.stream().map(Jsonb::text).toArray(String[]::new))
                        .bind(
                                "which",
                                array(some, one -> place(sets, one.stream().dimensionSet()), Integer[]::new))
                        .bind(
                                "metadata",
                                texts(some, one -> Jsonb.text(one.stream().metadata())))
                        .bind(
                                "workflows",
                                texts(
                                        some,
                                        one -> WorkflowIds.stream(
                                                one.stream().ref().streamId()))),
                row -> required(row, "id", UUID.class));
    }

    /** From 1; 0, where an array of the database has null, for none. */
    private static int place(List<DimensionSetChain> sets, @Nullable DimensionSetChain set) {
        return set == null ? 0 : 1 + sets.indexOf(set);
    }

    private static String[] texts(List<Keyed> some, Function<Keyed, String> value) {
        return array(some, value, String[]::new);
    }

    private static <T> T[] array(List<Keyed> some, Function<Keyed, T> value, IntFunction<T[]> empty) {
        return some.stream().map(value).toArray(empty);
    }

    private Mono<Map<Integer, StreamId>> refused(OrganizationId organization, List<Keyed> all, Set<UUID> written) {
        List<Keyed> missing = new ArrayList<>(all);
        missing.removeIf(one -> written.contains(one.stream().ref().streamId().uuid()));
        return Flux.fromIterable(missing)
                .concatMap(one -> streams.inProcess(
                                organization, SourceKey.of(one.stream().source()))
                        .switchIfEmpty(Mono.error(() -> new StoreFailure(
                                StoreFailure.Kind.UNAVAILABLE, "the same source has just come to its end", null)))
                        .map(twin -> Map.entry(one.place(), twin.ref().streamId())))
                .collect(HashMap::new, (twins, twin) -> twins.put(twin.getKey(), twin.getValue()));
    }
}
