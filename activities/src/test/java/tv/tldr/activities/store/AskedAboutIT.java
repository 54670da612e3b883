package tv.tldr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tv.tldr.activities.store.AskingStore.AskedAbout;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.asking.Window;
import tv.tldr.workflows.asking.Window.Why;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.Preset;
import tv.tldr.workflows.scoring.ProcessingModules;
import tv.tldr.workflows.stream.TimeRange;

/** What was the model asked about, whichever release made the plan? */
class AskedAboutIT extends StoreIT {
    private static final DimensionSet SET = Preset.GAMING_DEFAULT.dimensionSet();
    private static final ProcessingModules HEARD = new ProcessingModules(false, true, true, true);

    private StreamRef stream;

    @BeforeEach
    void submitAStream() {
        stream = stores.submitted(stores.organization());
    }

    @Test
    void aPlanTellsItsSetAndWhatIsShown() {
        plan(HEARD);

        assertThat(asked()).isEqualTo(new AskedAbout(SET, HEARD));
    }

    /** An older process knows of no modules, and shows everything. */
    @Test
    void aPlanThatAnOlderProcessMakesAfterwardsIsOfEverything() {
        plan(HEARD);

        planAsBefore();

        assertThat(asked()).isEqualTo(new AskedAbout(SET, ProcessingModules.ALL));
    }

    /** A plan from before both stood in one place goes on as it was made. */
    @Test
    void whatStoodBesideTheSetIsKept() throws IOException {
        planAsBefore();
        stores.owner
                .update(stores.owner
                        .sql("UPDATE streams SET asked_modules = :modules::json WHERE id = :stream")
                        .bind("modules", Jsonb.text(HEARD))
                        .bind("stream", stream.streamId().uuid()))
                .block();

        stores.owner
                .update(stores.owner.sql(Files.readString(
                        Path.of("src/main/resources/db/migration/V64__asked_modules_with_their_set.sql"))))
                .block();

        assertThat(asked()).isEqualTo(new AskedAbout(SET, HEARD));
    }

    private void plan(ProcessingModules modules) {
        stores.asking
                .save(stream, SET, modules, List.of(new Window(0, new TimeRange(0, 30), Why.EVERYTHING)))
                .block();
    }

    private void planAsBefore() {
        stores.owner
                .update(stores.owner
                        .sql("UPDATE streams SET asked_set = :set::json WHERE id = :stream")
                        .bind("set", Jsonb.text(SET))
                        .bind("stream", stream.streamId().uuid()))
                .block();
    }

    private AskedAbout asked() {
        return answer(stores.asking.askedAbout(stream));
    }
}
