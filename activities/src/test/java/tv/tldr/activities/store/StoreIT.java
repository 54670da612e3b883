package tv.tldr.activities.store;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What every test of a store begins with: the stores over a database that no other test class sees. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StoreIT {
    StoreContext stores;

    @BeforeAll
    void migrateAFreshDatabase(@TempDir Path folder) {
        stores = new StoreContext(TestPostgres.freshDatabase(), folder);
    }

    @AfterAll
    void close() {
        stores.close();
    }

    static <T> T answer(Mono<T> work) {
        return work.blockOptional().orElseThrow();
    }

    static <T> List<T> all(Flux<T> work) {
        return answer(work.collectList());
    }
}
