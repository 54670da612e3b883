package tv.tldr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;
import tv.tldr.activities.egress.Opened;
import tv.tldr.workflows.account.AuditAction;
import tv.tldr.workflows.account.OrganizationId;

class RefusalNotesIT extends StoreIT {
    @Test
    void tellsAnOrganizationWhereItsUrlsLedAndNoOther() {
        OrganizationId organization = stores.organization();

        notes().note(
                        organization,
                        Opened.SOURCE,
                        "stream_1",
                        "https://inner.example.com/a?secret",
                        "it leads to no public address");

        AuditEntry told = entries(organization).items().getFirst();
        assertThat(told.action()).isEqualTo(AuditAction.EGRESS_REFUSED);
        assertThat(told.target()).isEqualTo("stream_1");
        assertThat(told.details())
                .containsOnly(entry("host", "inner.example.com"), entry("reason", "it leads to no public address"));
        assertThat(entries(stores.organization()).items()).isEmpty();
    }

    @Test
    void whoIsRefusedOnPurposeFillsNoTable() {
        OrganizationId organization = stores.organization();
        for (int i = 0; i < AuditStore.MOST_REFUSALS_AN_HOUR + 5; i++) {
            notes().note(
                            organization,
                            Opened.WEBHOOK,
                            null,
                            "https://host" + i + ".example.com/",
                            "it leads to no public address");
        }

        assertThat(entries(organization).items()).hasSize(AuditStore.MOST_REFUSALS_AN_HOUR);
    }

    private RefusalNotes notes() {
        return new RefusalNotes(new AuditStore(stores.database));
    }

    private Page<AuditEntry> entries(OrganizationId organization) {
        return answer(new AuditStore(stores.database)
                .list(organization, new AuditQuery(null, null, null, null, null, null, 100)));
    }
}
