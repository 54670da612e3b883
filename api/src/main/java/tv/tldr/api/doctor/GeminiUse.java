package tv.tldr.api.doctor;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Function;
import tv.tldr.activities.gemini.SpendingDay;

/**
 * What became of the questions that were asked, and what of our own limits is used? Read from the ledger of calls, which is
 * written before a question is sent.
 *
 * @param questions that were answered in the last hour, with an error or without
 * @param refused those of them that were answered 429
 * @param refusing whether that was the last answer
 * @param callsDay of a day of Google's quota
 * @param spentDay US dollars of the day, UTC, of all
 * @param spentOrganization of the organization that has spent most
 * @param dearest what the dearest call of the day took: what the next one may take
 */
record GeminiUse(
        long questions,
        long refused,
        boolean refusing,
        long callsDay,
        BigDecimal spentDay,
        BigDecimal spentOrganization,
        BigDecimal dearest) {
    private static final String LEDGER = """
            SELECT hour.*, day.*,
                   (SELECT count(*) FROM installation_model_requests WHERE sent_at >= ?) AS calls_day,
                   coalesce((SELECT sum(cost_usd) FROM model_calls WHERE state <> 'unsent' AND sent_at >= ?
                             GROUP BY organization_id ORDER BY 1 DESC LIMIT 1), 0) AS spent_organization
            FROM (SELECT count(*) AS questions, count(*) FILTER (WHERE refused_with = 429) AS refused,
                         coalesce((array_agg(refused_with = 429 ORDER BY sent_at DESC, id DESC))[1], false) AS refusing
                  FROM model_calls
                  WHERE sent_at > now() - interval '1 hour' AND state IN ('charged', 'not_charged')) AS hour,
                 (SELECT coalesce(sum(cost_usd), 0) AS spent_day, coalesce(max(cost_usd), 0) AS dearest
                  FROM installation_model_requests WHERE sent_at >= ?) AS day""";

    /** A limit that is used up: which setting it is, how it is known, and a value that leaves as much again. */
    record Limit(String setting, String evidence, String twice) {}

    static GeminiUse of(Connection connection, Instant now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LEDGER)) {
            statement.setObject(1, SpendingDay.ofGoogle(now).atOffset(ZoneOffset.UTC));
            statement.setObject(2, SpendingDay.ofBudget(now).atOffset(ZoneOffset.UTC));
            statement.setObject(3, SpendingDay.ofBudget(now).atOffset(ZoneOffset.UTC));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new GeminiUse(
                        row.getLong("questions"),
                        row.getLong("refused"),
                        row.getBoolean("refusing"),
                        row.getLong("calls_day"),
                        row.getBigDecimal("spent_day"),
                        row.getBigDecimal("spent_organization"),
                        row.getBigDecimal("dearest"));
            }
        }
    }

    /** @param setting the value of a setting by its name; empty: it binds nobody */
    Optional<Limit> usedUp(Function<String, String> setting) {
        String most = setting.apply("GEMINI_REQUESTS_PER_DAY");
        if (!most.isEmpty() && callsDay >= Long.parseLong(most)) {
            return Optional.of(new Limit(
                    "GEMINI_REQUESTS_PER_DAY",
                    "all " + most + " requests of the day are used: " + callsDay,
                    String.valueOf(2 * Math.max(callsDay, Long.parseLong(most)))));
        }
        return spent("GEMINI_DAY_BUDGET_USD", setting, spentDay, "by all")
                .or(() ->
                        spent("GEMINI_ORGANIZATION_DAY_BUDGET_USD", setting, spentOrganization, "by an organization"));
    }

    private Optional<Limit> spent(String name, Function<String, String> setting, BigDecimal spent, String whose) {
        String budget = setting.apply(name);
        if (budget.isEmpty() || spent.add(dearest).compareTo(new BigDecimal(budget)) <= 0) {
            return Optional.empty();
        }
        return Optional.of(new Limit(
                name,
                "of " + budget + " US dollars for the day " + dollars(spent) + " are spent " + whose
                        + ", and the next request may take " + dollars(dearest),
                dollars(new BigDecimal(budget).max(spent.add(dearest)).multiply(BigDecimal.TWO))));
    }

    private static String dollars(BigDecimal usd) {
        return usd.stripTrailingZeros().toPlainString();
    }
}
