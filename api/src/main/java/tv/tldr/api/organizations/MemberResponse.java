package tv.tldr.api.organizations;

import java.time.Instant;
import tv.tldr.activities.store.Member;
import tv.tldr.workflows.account.Role;

/** What does somebody look like to those who belong to the same organization? */
record MemberResponse(
        String userId, String email, String name, boolean emailVerified, Role role, Instant joinedAt, long version) {
    static MemberResponse of(Member member) {
        return new MemberResponse(
                member.userId().toString(),
                member.email(),
                member.name(),
                member.emailVerifiedAt() != null,
                member.role(),
                member.joinedAt(),
                member.version());
    }
}
