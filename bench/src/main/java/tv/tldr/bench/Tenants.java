package tv.tldr.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tv.tldr.workflows.highlight.HighlightId;
import tv.tldr.workflows.stream.StreamOptions;

/** Many organizations in a database, each with a key and with copies of the highlights that one real video gave. */
final class Tenants {
    /** What each of them is called. */
    static final String NAME = "Bench";

    private static final int HIGHLIGHTS = 1000;
    private static final String REAL =
            " FROM streams WHERE organization_id NOT IN (SELECT id FROM organizations WHERE name = '" + NAME
                    + "') ORDER BY highlight_count DESC, created_at LIMIT 1";

    private Tenants() {}

    /**
     * One of them.
     *
     * @param hash under which the key is known, hexadecimal
     */
    record Tenant(UUID organization, String key, String hash) {}

    /** The secret under which keys are known in a program, which has a real stream with highlights from now on. */
    static String secret(WholeProgram program, Path home, Path video) throws IOException, InterruptedException {
        Path seeded = home.resolve("seeded");
        if (!Files.exists(seeded)) {
            program.complete(video.toAbsolutePath(), "{\"highlight_threshold\":0.2}");
            Files.writeString(seeded, "");
        }
        return Files.readString(home.resolve("secret-key")).strip();
    }

    /** Those that an earlier run made, or new ones. Both draw the same keys from the same numbers. */
    static List<Tenant> in(Connection database, int number, String plan, String secret) throws SQLException {
        List<Tenant> tenants = new ArrayList<>();
        Random random = new Random(plan.hashCode());
        for (int one = 0; one < number; one++) {
            tenants.add(drawn(random, secret));
        }
        try (PreparedStatement known = database.prepareStatement("SELECT 1 FROM api_keys WHERE key_hash = ?")) {
            known.setBytes(1, HexFormat.of().parseHex(tenants.getLast().hash()));
            if (!known.executeQuery().next()) {
                insert(database, tenants, plan, 1, HIGHLIGHTS);
            }
        }
        return tenants;
    }

    /** A new one that has very many highlights, in streams that have as many as one can, and a plan without limits. */
    static Tenant large(Connection database, int highlights, String secret) throws SQLException {
        Tenant tenant = drawn(new SecureRandom(), secret);
        int streams = Math.ceilDiv(highlights, StreamOptions.MOST_HIGHLIGHTS);
        insert(database, List.of(tenant), "enterprise", streams, StreamOptions.MOST_HIGHLIGHTS);
        return tenant;
    }

    private static Tenant drawn(RandomGenerator random, String secret) {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        String key = "tldr_sk_" + Base64.getUrlEncoder().encodeToString(bytes);
        return new Tenant(UUID.nameUUIDFromBytes(bytes), key, hash(key, secret));
    }

    /** Sets how often their keys may be used. */
    static void limit(Connection database, List<Tenant> tenants, int requestsPerMinute) throws SQLException {
        try (PreparedStatement keys =
                database.prepareStatement("UPDATE api_keys SET requests_per_minute = ? WHERE organization_id = ?")) {
            for (Tenant tenant : tenants) {
                keys.setInt(1, requestsPerMinute);
                keys.setObject(2, tenant.organization());
                keys.addBatch();
            }
            keys.executeBatch();
        }
    }

    /** Requests that read one highlight of each, as {@link Load#wrk} wants them. */
    static Path reading(Path file, List<Tenant> tenants, List<UUID> highlights) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int number = 0; number < tenants.size(); number++) {
            lines.add("GET\t/api/v1/highlights/" + new HighlightId(highlights.get(number)) + "\t"
                    + tenants.get(number).key());
        }
        return Files.write(file, lines);
    }

    private static void insert(Connection database, List<Tenant> tenants, String plan, int streams, int highlights)
            throws SQLException {
        database.setAutoCommit(false);
        try (PreparedStatement organizations = database.prepareStatement(
                        "INSERT INTO organizations (id, name, plan) VALUES (?, '" + NAME + "', '" + plan + "')");
                PreparedStatement keys = database.prepareStatement(
                        "INSERT INTO api_keys (organization_id, id, name,"
                                + " key_hash, preview, scopes) VALUES (?, gen_random_uuid(), 'bench', ?, 'tldr_sk_', '{admin}')")) {
            for (Tenant tenant : tenants) {
                organizations.setObject(1, tenant.organization());
                organizations.addBatch();
                keys.setObject(1, tenant.organization());
                keys.setBytes(2, HexFormat.of().parseHex(tenant.hash()));
                keys.addBatch();
            }
            organizations.executeBatch();
            keys.executeBatch();
        }
        for (Tenant tenant : tenants) {
            for (int stream = 0; stream < streams; stream++) {
                copy(database, tenant.organization(), highlights);
            }
        }
        database.commit();
        database.setAutoCommit(true);
        try (Statement statement = database.createStatement()) {
            statement.execute("VACUUM ANALYZE");
        }
    }

    /** The real stream with the most highlights, and its highlights again and again. */
    private static void copy(Connection database, UUID organization, int number) throws SQLException {
        String streams = columns(database, "streams");
        String highlights = columns(database, "highlights");
        UUID stream = UUID.randomUUID();
        try (PreparedStatement insert = database.prepareStatement(
                "INSERT INTO streams (organization_id, id, " + streams + ") SELECT ?, ?, " + streams + REAL)) {
            insert.setObject(1, organization);
            insert.setObject(2, stream);
            insert.executeUpdate();
        }
        try (PreparedStatement insert = database.prepareStatement(
                "INSERT INTO highlights (organization_id, id, stream_id, created_at, " + highlights
                        + ") SELECT ?, gen_random_uuid(), ?, now() - make_interval(secs => number), " + highlights
                        + " FROM (SELECT *, row_number() OVER () AS place, count(*) OVER () AS many FROM highlights"
                        + " WHERE stream_id = (SELECT id" + REAL + ")) one"
                        + " JOIN generate_series(1, " + number + ") number ON number % many = place - 1")) {
            insert.setObject(1, organization);
            insert.setObject(2, stream);
            insert.executeUpdate();
        }
    }

    /** All but those that tell one row from another. */
    private static String columns(Connection database, String table) throws SQLException {
        try (PreparedStatement names = database.prepareStatement("SELECT string_agg(column_name, ', ') FROM"
                + " information_schema.columns WHERE table_schema = 'public' AND table_name = ? AND column_name <> ALL"
                + " (?::text[]) AND is_generated = 'NEVER'")) {
            names.setString(1, table);
            names.setString(
                    2, table.equals("streams") ? "{organization_id,id}" : "{organization_id,id,stream_id,created_at}");
            var row = names.executeQuery();
            row.next();
            return row.getString(1);
        }
    }

    private static String hash(String key, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(key.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
