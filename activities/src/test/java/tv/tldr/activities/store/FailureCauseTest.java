package tv.tldr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.activity.FailureType;
import tv.tldr.workflows.stream.StreamError;

class FailureCauseTest {
    @Test
    void whatCannotBeHadIsTheSourcesAndWhatIsUsedUpThePlans() {
        for (FailureType type : FailureType.values()) {
            FailureCause expected = type.name().startsWith("SOURCE_")
                    ? FailureCause.SOURCE
                    : type == FailureType.QUOTA_EXCEEDED ? FailureCause.PLAN : FailureCause.PROGRAM;
            assertThat(cause(type.name())).as(type.name()).isEqualTo(expected);
        }
    }

    @Test
    void whereOneThingWasOursItIsOurs() {
        assertThat(cause("SOURCE_ENDED", "PROCESSING_ERROR")).isEqualTo(FailureCause.PROGRAM);
        assertThat(cause("SOURCE_ENDED", "QUOTA_EXCEEDED")).isEqualTo(FailureCause.PLAN);
        assertThat(cause("SOURCE_ENDED", "SOURCE_UNREACHABLE")).isEqualTo(FailureCause.SOURCE);
    }

    @Test
    void whatNobodyKnowsIsOurs() {
        assertThat(cause()).isEqualTo(FailureCause.PROGRAM);
        assertThat(cause("OF_A_LATER_VERSION")).isEqualTo(FailureCause.PROGRAM);
    }

    private static FailureCause cause(String... codes) {
        List<StreamError> errors =
                Arrays.stream(codes).map(code -> new StreamError(code, "")).toList();
        return FailureCause.of(errors);
    }
}
