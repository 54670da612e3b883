package tv.tldr.activities.store;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import tv.tldr.workflows.activity.FailureType;
import tv.tldr.workflows.stream.StreamError;

/** Whose doing is it that a stream failed? Ours, as long as one thing that went wrong is: nobody is blamed for what we did. */
enum FailureCause {
    /** What it was to be made of could not be had, or is nothing of the kind. */
    SOURCE,
    /** What its organization may use was used up. */
    PLAN,
    PROGRAM;

    private static final Set<FailureType> OF_THE_SOURCE = EnumSet.of(
            FailureType.SOURCE_UNREACHABLE,
            FailureType.SOURCE_NOT_MEDIA,
            FailureType.SOURCE_FORBIDDEN_ADDRESS,
            FailureType.SOURCE_TOO_LONG,
            FailureType.SOURCE_ENDED);

    /** @param errors all that the stream tells of */
    static FailureCause of(List<StreamError> errors) {
        Set<FailureCause> causes = errors.stream()
                .map(error -> of(error.code()))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(FailureCause.class)));
        if (causes.isEmpty() || causes.contains(PROGRAM)) {
            return PROGRAM;
        }
        return causes.contains(PLAN) ? PLAN : SOURCE;
    }

    private static FailureCause of(String code) {
        if (code.equals(FailureType.QUOTA_EXCEEDED.name())) {
            return PLAN;
        }
        return OF_THE_SOURCE.stream().anyMatch(type -> type.name().equals(code)) ? SOURCE : PROGRAM;
    }

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
