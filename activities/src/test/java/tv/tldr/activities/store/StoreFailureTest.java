package tv.tldr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.R2dbcBadGrammarException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTimeoutException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.r2dbc.UncategorizedR2dbcException;
import org.springframework.transaction.CannotCreateTransactionException;
import tv.tldr.activities.store.StoreFailure.Kind;

class StoreFailureTest {
    @ParameterizedTest
    @CsvSource({
        "23505, DUPLICATE",
        "23503, MISSING",
        "40P01, UNAVAILABLE",
        "57P01, UNAVAILABLE",
        "57P03, UNAVAILABLE",
        "53300, UNAVAILABLE",
        "28000, UNAVAILABLE",
        "28P01, UNAVAILABLE",
        "3D000, UNAVAILABLE",
        "08006, UNAVAILABLE",
        "42601, BROKEN",
        "23502, BROKEN",
        "22P02, BROKEN",
    })
    void sqlStatesTellWhatToDo(String sqlState, Kind kind) {
        Throwable thrown = new UncategorizedR2dbcException(
                "execute", "SELECT", new R2dbcBadGrammarException("host db-1 says no", sqlState));

        StoreFailure failure = StoreFailure.from(thrown);

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure)
                .hasMessageContaining(sqlState)
                .hasMessageNotContaining("db-1")
                .hasCause(thrown);
    }

    @Test
    void whateverMeansThatNobodyAnswersIsRetryable() {
        assertThat(kind(new IOException("Connection reset by peer"))).isEqualTo(Kind.UNAVAILABLE);
        assertThat(kind(new TimeoutException())).isEqualTo(Kind.UNAVAILABLE);
        assertThat(kind(new R2dbcTimeoutException("pool"))).isEqualTo(Kind.UNAVAILABLE);
        assertThat(kind(new R2dbcNonTransientResourceException("closed"))).isEqualTo(Kind.UNAVAILABLE);
        assertThat(kind(new CannotCreateTransactionException("no connection"))).isEqualTo(Kind.UNAVAILABLE);
        assertThat(kind(new RuntimeException(new IOException("closed")))).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void anythingElseIsAFaultOfTheProgram() {
        assertThat(kind(new IllegalStateException("oops"))).isEqualTo(Kind.BROKEN);
        assertThat(Kind.BROKEN.isRetryable()).isFalse();
    }

    @Test
    void aFailureStaysWhatItIs() {
        StoreFailure failure = new StoreFailure(Kind.CONFLICT, "ended already", null);

        assertThat(StoreFailure.from(failure)).isSameAs(failure);
    }

    private static Kind kind(Throwable thrown) {
        return StoreFailure.from(thrown).kind();
    }
}
