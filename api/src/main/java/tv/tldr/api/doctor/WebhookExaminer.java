package tv.tldr.api.doctor;

import java.net.InetAddress;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tv.tldr.activities.delivery.WebhookProperties;
import tv.tldr.activities.egress.AddressPolicy;
import tv.tldr.api.embedded.Setting;
import tv.tldr.workflows.event.WebhookId;

/** Do those who want to be told get to know it? Looks over all organizations; evidence names none. */
record WebhookExaminer(Patient patient) implements Examiner {
    private static final Pattern LITERAL = Pattern.compile("[0-9]+(\\.[0-9]+){3}|\\[[0-9a-fA-F:.]+]");

    @Override
    public String area() {
        return "webhooks";
    }

    @Override
    public Set<String> settings() {
        return Set.of(Setting.DATABASE_URL);
    }

    @Override
    public void examine(Chart chart) {
        String url = patient.value(Setting.DATABASE_URL);
        if (url.isEmpty()) {
            chart.passOver("nothing runs here", CheckCatalogue.ofArea(area()));
            return;
        }
        try (Connection connection = Jdbc.of(url).connect()) {
            List<UUID> signature = signatures(connection);
            found(chart, "webhook-signature", signature, "refuse what is sent for its signature");
            List<UUID> failing = Jdbc.all(connection, """
                    SELECT id FROM webhook_endpoints WHERE (NOT enabled AND failures > 0) OR failures >= 5
                    ORDER BY enabled, failures DESC LIMIT 1000""", row -> row.getObject("id", UUID.class));
            found(
                    chart,
                    "webhook-failing",
                    failing.stream().filter(id -> !signature.contains(id)).toList(),
                    "are disabled after failures, or failing, five times in a row or more");
            found(chart, "webhook-private", privates(connection), "lead to private addresses");
        } catch (SQLException failure) {
            chart.passOver(
                    "the database does not say it; see the checks of the database", CheckCatalogue.ofArea(area()));
        }
    }

    private static void found(Chart chart, String check, List<UUID> endpoints, String what) {
        if (!endpoints.isEmpty()) {
            chart.found(
                    check,
                    "endpoints that " + what + ": " + endpoints.size(),
                    "webhook",
                    new WebhookId(endpoints.getFirst()).toString());
        }
    }

    /** Those whose latest attempt of the last day was answered so: a 403 by itself is a firewall's, too. */
    private static List<UUID> signatures(Connection connection) throws SQLException {
        return Jdbc.all(connection, """
                SELECT endpoint_id FROM (
                    SELECT DISTINCT ON (delivery.organization_id, delivery.endpoint_id) delivery.endpoint_id, attempt.*
                    FROM webhook_attempts attempt
                    JOIN webhook_deliveries delivery ON delivery.organization_id = attempt.organization_id
                     AND delivery.id = attempt.delivery_id
                    WHERE attempt.started_at > now() - interval '1 day' AND attempt.outcome IS NOT NULL
                    ORDER BY delivery.organization_id, delivery.endpoint_id, attempt.started_at DESC) latest
                WHERE outcome = 'refused' AND status IN (400, 401, 403) AND body ~* 'signature|hmac'
                LIMIT 1000""", row -> row.getObject(1, UUID.class));
    }

    private List<UUID> privates(Connection connection) throws SQLException {
        if (patient.value("WEBHOOK_ALLOW_PRIVATE").equals("true")) {
            return List.of();
        }
        List<UUID> refused = Jdbc.all(connection, """
                SELECT DISTINCT delivery.endpoint_id
                FROM webhook_attempts attempt
                JOIN webhook_deliveries delivery ON delivery.organization_id = attempt.organization_id
                 AND delivery.id = attempt.delivery_id
                JOIN webhook_endpoints endpoint ON endpoint.organization_id = delivery.organization_id
                 AND endpoint.id = delivery.endpoint_id AND endpoint.updated_at < attempt.started_at
                WHERE attempt.outcome = 'forbidden' AND attempt.started_at > now() - interval '1 day' LIMIT 1000""", row -> row.getObject(1, UUID.class));
        AddressPolicy policy = Patient.bound(
                        "tldr.webhooks",
                        WebhookProperties.class,
                        Map.of("tldr.webhooks.allowed-addresses", patient.value("WEBHOOK_ALLOWED_ADDRESSES")))
                .addresses();
        List<UUID> written = Jdbc.all(
                        connection,
                        "SELECT id, url FROM webhook_endpoints WHERE enabled LIMIT 10000",
                        row -> isPrivate(row.getString("url"), policy)
                                ? Stream.of(row.getObject("id", UUID.class))
                                : Stream.<UUID>empty())
                .stream()
                .flatMap(found -> found)
                .toList();
        return Stream.concat(refused.stream(), written.stream()).distinct().toList();
    }

    /** Whether an address is written in it that is not public; which one a name stands for is judged when it is dialled. */
    static boolean isPrivate(String url, AddressPolicy policy) {
        String host = String.valueOf(URI.create(url).getHost());
        return LITERAL.matcher(host).matches()
                && !policy.allows(InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")));
    }
}
