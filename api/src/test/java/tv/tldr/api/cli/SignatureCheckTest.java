package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tv.tldr.api.cli.SignatureCheck.Finding;
import tv.tldr.workflows.event.EventId;
import tv.tldr.workflows.event.EventType;
import tv.tldr.workflows.event.Signature;

class SignatureCheckTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final EventId ID = EventId.parse("evt_01kb0000000000000000000000");
    private static final String BODY = SampleEvent.body(EventType.STREAM_COMPLETED, ID, NOW);
    private static final String SIGNATURE = Signature.standard(SECRET, ID.toString(), NOW, BODY);

    @Test
    void takesWhatIsOursAlsoAmongOtherSignatures() {
        assertThat(judge(SECRET, SIGNATURE, BODY).good()).isTrue();
        assertThat(judge(SECRET, "v1,AAAA " + SIGNATURE + " v2,BBBB", BODY).good())
                .isTrue();
    }

    @Test
    void tellsTheWrongSecretFromAChangedBody() {
        assertThat(judge("whsec_" + "A".repeat(43) + "=", SIGNATURE, BODY))
                .isEqualTo(new Finding(false, judge("another", SIGNATURE, BODY).why()));
        assertThat(judge("another", SIGNATURE, BODY).why()).startsWith("The secret is the wrong one, or a value");
        assertThat(judge(SECRET, SIGNATURE, BODY.replace(":3", ": 4")).why()).contains("body was changed");
        assertThat(judge(SECRET, SIGNATURE, BODY.substring(0, 40)).why()).contains("body was changed");
    }

    @Test
    void tellsWhatReceiversUsuallyDoWrong() {
        assertThat(judge(SECRET, SIGNATURE, BODY + "\n").why()).contains("line break");
        assertThat(judge(SECRET, SIGNATURE, BODY.replace("\":", "\": ").replace(",\"", ", \""))
                        .why())
                .contains("parsed and written anew");
        assertThat(judge(SECRET.substring(6), SIGNATURE, BODY).why()).contains("lacks its beginning");
        assertThat(judge("whsec_%", SIGNATURE, BODY).why()).contains("mistyped");
        assertThat(judge(SECRET, "", BODY).why()).contains("header is missing");
        String other = SampleEvent.body(EventType.TEST_PING, EventId.parse("evt_01kb0000000000000000000001"), NOW);
        assertThat(judge(SECRET, SIGNATURE, other).why()).contains("another delivery");
        SignatureCheck moved =
                new SignatureCheck(SECRET, ID.toString(), "1", SIGNATURE, Signature.plain(SECRET, BODY), BODY);
        assertThat(moved.judge(NOW, Duration.ofMinutes(5)).why()).contains("webhook-timestamp that is not the one");
    }

    @Test
    void tellsHowFarTheTimestampIsOut() {
        SignatureCheck check = check(SECRET, SIGNATURE, BODY);

        assertThat(check.judge(NOW.plusSeconds(300), Duration.ofMinutes(5)).good())
                .isTrue();
        assertThat(check.judge(NOW.plusSeconds(301), Duration.ofMinutes(5)).why())
                .contains("out of tolerance")
                .contains("301 s behind");
        assertThat(check.judge(NOW.minusSeconds(400), Duration.ofMinutes(5)).why())
                .contains("400 s ahead");
    }

    private static Finding judge(String secret, String signature, String body) {
        return check(secret, signature, body).judge(NOW, Duration.ofMinutes(5));
    }

    private static SignatureCheck check(String secret, String signature, String body) {
        return new SignatureCheck(secret, ID.toString(), String.valueOf(NOW.getEpochSecond()), signature, "", body);
    }
}
