package tv.tldr.activities.store;

/** What came of changing who belongs to an organization? */
public sealed interface MemberChange {
    /** @param member as they are now, or were when they left */
    record Done(Member member) implements MemberChange {}

    /** Nobody of that id belongs to the organization. */
    record Missing() implements MemberChange {}

    /** It is the last owner, without whom nobody could manage the organization. */
    record LastOwner() implements MemberChange {}
}
