package tv.tldr.activities.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import tv.tldr.workflows.highlight.ShareId;

/**
 * What stands in the addresses of a link? A token that the program's secret makes of the link's id, so that it can be told
 * again and that the database, which has its hash alone, does not know it; and the ticket of one view, signed and short-lived,
 * by which a player asks for the clip part by part.
 */
public final class ShareTokens {
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();
    private static final String SEPARATOR = "-";

    private final SecretTokens tokens;
    private final SecretTokens hashes;
    private final SecretTokens tickets;

    ShareTokens(String secretKey) {
        this.tokens = new SecretTokens(secretKey, "share tokens");
        this.hashes = new SecretTokens(secretKey, "share token hashes");
        this.tickets = new SecretTokens(secretKey, "share tickets");
    }

    /** 256 bits that nobody can guess. */
    public String token(ShareId share) {
        return TEXT.encodeToString(tokens.hash(share.toString()));
    }

    byte[] hash(String token) {
        return hashes.hash(token);
    }

    /** Good for the link's files until then. */
    public String ticket(ShareId share, Instant until) {
        String end = Long.toString(until.getEpochSecond());
        return end + SEPARATOR + signature(share, end);
    }

    /** Whether the ticket is one of this link, and its time is not over. */
    public boolean isGood(String ticket, ShareId share, Instant now) {
        int separator = ticket.indexOf(SEPARATOR);
        String end = separator < 0 ? "" : ticket.substring(0, separator);
        return end.matches("[0-9]{1,12}")
                && MessageDigest.isEqual(
                        signature(share, end).getBytes(UTF_8),
                        ticket.substring(separator + 1).getBytes(UTF_8))
                && Instant.ofEpochSecond(Long.parseLong(end)).isAfter(now);
    }

    private String signature(ShareId share, String end) {
        return HexFormat.of().formatHex(tickets.hash(share + SEPARATOR + end));
    }
}
