package tv.tldr.api.ops;

import org.jspecify.annotations.Nullable;
import tv.tldr.api.doctor.Finding;
import tv.tldr.api.security.Tenant;

/**
 * What is wrong with the installation, as far as whoever asks may know?
 *
 * @param check its name, which the troubleshooting page explains
 * @param why what it means; null for those who are not known
 * @param evidence how it is known; null for all but whoever runs the installation: it names addresses, and numbers of all
 *     organizations
 * @param fix the command that mends it; null as the evidence
 */
record FoundFault(
        String check,
        String area,
        String severity,
        String title,
        @Nullable String why,
        @Nullable String evidence,
        @Nullable String fix) {
    /** How much may somebody know? */
    enum Detail {
        NAME,
        MEANING,
        ALL;

        static Detail of(@Nullable Tenant tenant) {
            if (tenant == null || !tenant.isAdmin()) {
                return NAME;
            }
            return tenant.isOperator() ? ALL : MEANING;
        }
    }

    static FoundFault of(Finding finding, Detail detail) {
        return new FoundFault(
                finding.check().id(),
                finding.check().area(),
                finding.check().severity().wire(),
                finding.check().title(),
                detail == Detail.NAME ? null : finding.check().why(),
                detail == Detail.ALL ? finding.evidence() : null,
                detail == Detail.ALL ? finding.fix() : null);
    }
}
