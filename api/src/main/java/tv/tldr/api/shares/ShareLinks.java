package tv.tldr.api.shares;

import org.springframework.stereotype.Component;
import tv.tldr.activities.store.ShareTokens;
import tv.tldr.api.auth.MailProperties;
import tv.tldr.workflows.highlight.ShareId;

/** At which address does anybody see what is shared? */
@Component
final class ShareLinks {
    static final String FOLDER = "/shared";

    private final String origin;
    private final ShareTokens tokens;

    ShareLinks(MailProperties mail, ShareTokens tokens) {
        this.origin = mail.publicUrl();
        this.tokens = tokens;
    }

    /** The page with the player. */
    String page(ShareId share) {
        return origin + FOLDER + "/" + tokens.token(share);
    }

    String origin() {
        return origin;
    }
}
