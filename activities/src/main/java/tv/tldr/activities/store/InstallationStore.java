package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.required;

import reactor.core.publisher.Mono;

/** How much is there of everything, whoever it belongs to? */
public final class InstallationStore {
    private final Database database;

    InstallationStore(Database database) {
        this.database = database;
    }

    public Mono<InstallationTotals> totals() {
        return database.one(
                database.acrossOrganizations("""
                        SELECT (SELECT count(*) FROM streams WHERE status = 'pending') AS pending,
                               (SELECT count(*) FROM streams WHERE status = 'processing') AS processing,
                               (SELECT coalesce(sum(quantity), 0)::bigint FROM usage_records
                                WHERE metric = 'storage_bytes') AS stored_bytes,
                               (SELECT count(*) FROM webhook_deliveries
                                WHERE status IN ('pending', 'retrying')) AS deliveries
                        """),
                row -> new InstallationTotals(
                        required(row, "pending", Long.class),
                        required(row, "processing", Long.class),
                        required(row, "stored_bytes", Long.class),
                        required(row, "deliveries", Long.class)));
    }
}
