package tv.tldr.activities.recording;

import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.springframework.util.unit.DataSize;
import tv.tldr.activities.egress.EgressProperties;
import tv.tldr.activities.egress.HostNames;
import tv.tldr.activities.egress.Origin;

/** Records one URL in a process of its own, which may trust certificates of its own, and says what came of it. */
public final class RecordOnce {
    private RecordOnce() {}

    /** @param arguments a folder, the address of a name server, the URL, and the two ports that it may lead to */
    public static void main(String[] arguments) {
        SourceProperties all = RecorderFixture.patient();
        SourceProperties sources = new SourceProperties(
                false,
                false,
                List.of(Origin.ADDRESS),
                Set.of(Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4])),
                all.maxDuration(),
                DataSize.ofMegabytes(50),
                all.redirects(),
                all.connectTimeout(),
                all.responseTimeout(),
                all.idleTimeout(),
                all.slowWindow(),
                all.slowSize(),
                all.wholeTimeout(),
                all.resumes());
        HostNames names = new HostNames(new EgressProperties(List.of(arguments[1]), List.of()));
        try (RecorderFixture recorder = new RecorderFixture(Path.of(arguments[0]), sources, names)) {
            System.out.println("recorded "
                    + Math.round(recorder.record(arguments[2]).facts().duration()) + " s");
        } catch (RuntimeException failed) {
            System.out.println(
                    failed.getCause() instanceof ApplicationFailure failure
                            ? failure.getType() + ": " + failure.getOriginalMessage()
                            : failed.toString());
        }
        System.exit(0);
    }
}
