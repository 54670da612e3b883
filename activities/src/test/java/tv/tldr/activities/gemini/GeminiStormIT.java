package tv.tldr.activities.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.tldr.activities.gemini.ModelCall.State;
import tv.tldr.activities.gemini.standin.Fault;
import tv.tldr.activities.gemini.standin.Operation;

/** A third of all requests fails. Whatever happens, the books are right and nothing stays behind. */
class GeminiStormIT extends StandInIT {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void inAStormTheBooksAreRightAndNoFileStays(long seed) {
        standIn.faults()
                .share(
                        1 / 3.0,
                        seed,
                        EnumSet.of(Operation.UPLOAD, Operation.GET_FILE, Operation.GENERATE, Operation.DELETE_FILE),
                        List.of(
                                Fault.THROTTLED,
                                Fault.DAY_USED_UP,
                                Fault.BROKEN,
                                Fault.OVERLOADED,
                                Fault.HANGS_UP,
                                Fault.PAGE,
                                Fault.PROSE,
                                Fault.EMPTY,
                                Fault.QUESTION_BLOCKED,
                                Fault.ANSWER_BLOCKED,
                                Fault.CUT_OFF));
        try (GeminiGateway uploading = gateway(NEVER_INLINE);
                GeminiGateway inline = gateway(INLINE)) {
            int answers = 0;
            for (int i = 0; i < 20; i++) {
                GeminiGateway gateway = i % 2 == 0 ? uploading : inline;
                Throwable thrown = catchThrowable(() -> ask(gateway));
                if (thrown == null) {
                    answers++;
                } else {
                    assertThat(thrown).isInstanceOf(GeminiException.class);
                }
            }
            standIn.faults().none();
            uploading.sweep(Duration.ofSeconds(-1));

            assertThat(answers).isPositive();
            assertThat(standIn.files()).isEmpty();
            Map<UUID, ModelCall> last = new HashMap<>();
            journal.forEach(call -> last.put(call.id(), call));
            List<ModelCall> charged = last.values().stream()
                    .filter(call -> call.state() == State.CHARGED)
                    .toList();
            assertThat(last.values()).noneMatch(call -> call.state() == State.SENT);
            assertThat(last).hasSize(standIn.calls(Operation.GENERATE).size());
            assertThat(charged.stream().mapToLong(call -> call.usage().input()).sum())
                    .isEqualTo(standIn.charged().prompt());
        }
    }
}
