package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SubmissionTest {
    private static final Instant SUBMITTED = Instant.parse("2026-08-29T10:00:00Z");
    private static final Optional<Instant> OTHERS_ARE_AT_IT = Optional.empty();
    private static final JsonNode STREAM = Json.of("{'id': 'stream_1', 'created_at': '" + SUBMITTED + "'}");

    @Test
    void whatTheCommandSubmittedIsItsOwnWhoeverDoesTheWork() {
        assertThat(Submission.made(STREAM).isOurs(OTHERS_ARE_AT_IT)).isTrue();
        assertThat(Submission.made(STREAM).isOurs(aloneAfter(-5))).isTrue();
    }

    @Test
    void whatItJoinedAtARunningInstanceIsNot() {
        assertThat(Submission.joined(STREAM).isOurs(OTHERS_ARE_AT_IT)).isFalse();
    }

    @Test
    void whatACrashLeftOverIsItsOwn() {
        assertThat(Submission.joined(STREAM).isOurs(aloneAfter(5))).isTrue();
    }

    @Test
    void whatSomebodySubmittedToTheInstanceOfTheCommandIsNot() {
        assertThat(Submission.joined(STREAM).isOurs(aloneAfter(-5))).isFalse();
    }

    private static Optional<Instant> aloneAfter(int seconds) {
        return Optional.of(SUBMITTED.plus(Duration.ofSeconds(seconds)));
    }
}
