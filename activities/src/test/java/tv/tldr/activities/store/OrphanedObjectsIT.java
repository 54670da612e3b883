package tv.tldr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.tldr.activities.storage.FolderObjectStore;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.storage.ObjectKeys;
import tv.tldr.activities.storage.ObjectStore;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.stream.StreamId;

class OrphanedObjectsIT extends StoreIT {
    private final Instant inTwoDays = Instant.now().plus(Duration.ofDays(2));

    @TempDir
    private Path folder = Path.of("");

    private OrphanedObjects over(ObjectStore objects) {
        return over(objects, InstantSource.system());
    }

    private OrphanedObjects over(ObjectStore objects, InstantSource clock) {
        HighlightEditStore edits = new HighlightEditStore(stores.database, stores.events);
        RemovalStore removals =
                new RemovalStore(stores.database, stores.states, stores.highlights, edits, stores.events, stores.usage);
        return new OrphanedObjects(
                stores.database,
                objects,
                new StoreMark(stores.database, objects),
                new RemovedObjects(removals, objects),
                clock);
    }

    @Test
    void objectsOfAStreamThatNobodyHasARowForAreRemoved() throws IOException {
        ObjectStore objects = new FolderObjectStore(folder.resolve("objects"));
        OrphanedObjects orphans = over(objects);
        OrganizationId organization = stores.organization();
        StreamRef wanted = stores.submitted(organization);
        StreamRef gone = new StreamRef(organization, new StreamId(FreshUuid.next()));
        StreamRef ofNobody = new StreamRef(new OrganizationId(FreshUuid.next()), new StreamId(FreshUuid.next()));
        ObjectKey others = new ObjectKey("organizations/" + organization + "/uploads/1");
        for (ObjectKey key :
                new ObjectKey[] {ObjectKeys.source(wanted), ObjectKeys.source(gone), ObjectKeys.source(ofNobody), others
                }) {
            objects.put(key, Files.writeString(folder.resolve("file"), "hello"));
        }

        assertThat(orphans.sweep().block()).isZero();
        assertThat(objects.find(ObjectKeys.source(gone)))
                .as("it may be on its way")
                .isPresent();
        assertThat(orphans.sweep(inTwoDays).block()).isEqualTo(2);

        assertThat(objects.list(ObjectKeys.organizations()))
                .containsExactlyInAnyOrder(ObjectKeys.source(wanted), others, ObjectKeys.mark());
        assertThat(orphans.sweep(inTwoDays).block()).isZero();
    }

    @Test
    void anotherDatabaseThanTheOneWhoseObjectsTheyAreRemovesNothing() throws IOException {
        ObjectStore objects = new FolderObjectStore(folder.resolve("objects"));
        StreamRef known = stores.submitted(stores.organization());
        StreamRef recorded = new StreamRef(new OrganizationId(FreshUuid.next()), new StreamId(FreshUuid.next()));
        objects.put(ObjectKeys.source(known), Files.writeString(folder.resolve("file"), "hello"));
        objects.put(ObjectKeys.source(recorded), folder.resolve("file"));
        objects.put(ObjectKeys.mark(), Files.writeString(folder.resolve("mark"), "another\n"));
        OrphanedObjects orphans = over(objects);

        assertThatThrownBy(() -> orphans.sweep(inTwoDays).block())
                .isInstanceOf(OthersObjectsException.class)
                .hasMessageContaining("the mark of another database")
                .hasMessageContaining("db restore")
                .hasMessageContaining("--take-over");
        assertThat(objects.find(ObjectKeys.source(recorded))).isPresent();

        new StoreMark(stores.database, objects).take().block();
        assertThat(orphans.sweep(inTwoDays).block()).isEqualTo(1);
        assertThat(objects.find(ObjectKeys.source(recorded))).isEmpty();
        assertThat(objects.find(ObjectKeys.source(known))).isPresent();
    }

    @Test
    void anEmptyDatabaseTakesNoStoreOfManyStreamsForItsOwn() throws IOException {
        ObjectStore objects = new FolderObjectStore(folder.resolve("objects"));
        StreamRef recorded = new StreamRef(new OrganizationId(FreshUuid.next()), new StreamId(FreshUuid.next()));
        objects.put(ObjectKeys.source(recorded), Files.writeString(folder.resolve("file"), "hello"));
        OrphanedObjects orphans = over(objects);

        assertThatThrownBy(() -> orphans.sweep(inTwoDays).block())
                .isInstanceOf(OthersObjectsException.class)
                .hasMessageContaining("1 of its 1 streams have no row");

        assertThat(objects.list(ObjectKeys.organizations())).containsExactly(ObjectKeys.source(recorded));
    }

    @Test
    void aHostWhoseClockIsBehindKeepsWhatIsOnItsWay() throws IOException {
        Path objects = folder.resolve("objects");
        Path half = Files.createDirectories(objects.resolve("organizations")).resolve(".clip.mp4~half");
        Files.writeString(half, "hel");
        Instant twoDaysAgo = Instant.now().minus(Duration.ofDays(2));
        Files.setLastModifiedTime(half, FileTime.from(twoDaysAgo));

        InstantSource behind = InstantSource.fixed(twoDaysAgo.plusSeconds(60));
        assertThat(over(new FolderObjectStore(objects), behind).sweep().block()).isZero();
        assertThat(half).exists();

        assertThat(over(new FolderObjectStore(objects)).sweep().block()).isEqualTo(1);
        assertThat(half).doesNotExist();
    }

    @Test
    void whatWasBegunAndNeverBecameAnObjectIsRemoved() throws IOException {
        ObjectStore objects = new FolderObjectStore(folder.resolve("objects"));
        OrphanedObjects orphans = over(objects);
        ObjectKey key = ObjectKeys.source(stores.submitted(stores.organization()));
        objects.put(key, Files.writeString(folder.resolve("file"), "hello"));
        Path half = folder.resolve("objects").resolve(key.value()).resolveSibling(".clip.mp4~half");
        Files.writeString(half, "hel");

        assertThat(orphans.sweep().block()).isZero();
        assertThat(orphans.sweep(inTwoDays).block()).isEqualTo(1);

        assertThat(half).doesNotExist();
        assertThat(objects.find(key)).isPresent();
    }
}
