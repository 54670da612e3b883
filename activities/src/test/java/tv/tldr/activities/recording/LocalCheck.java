package tv.tldr.activities.recording;

import io.temporal.failure.ApplicationFailure;
import java.io.IOException;

/** Checks a local source in a process of its own and prints the failure. */
final class LocalCheck {
    private LocalCheck() {}

    public static void main(String[] arguments) throws IOException {
        try {
            System.out.println("READABLE " + LocalSource.check(arguments[0], RecorderFixture.impatient()));
        } catch (ApplicationFailure failure) {
            System.out.println(failure.getType() + " " + failure.getOriginalMessage());
        }
    }
}
