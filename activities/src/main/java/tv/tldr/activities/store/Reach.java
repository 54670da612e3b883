package tv.tldr.activities.store;

import tv.tldr.workflows.account.OrganizationId;

/**
 * Whose rows may a statement see and write? PostgreSQL holds it to that, whatever its {@code WHERE} says; see the policies in
 * the schema.
 *
 * @param role the kind of the role that the statement is run by: its name is a word longer
 * @param tenant the organization's id, or nothing
 */
record Reach(String role, String tenant) {
    /** None that belong to an organization. */
    static final Reach NOBODY = new Reach("app", "");

    static final Reach ALL_ORGANIZATIONS = new Reach("across", "");

    static Reach of(OrganizationId organization) {
        return new Reach("app", organization.uuid().toString());
    }
}
