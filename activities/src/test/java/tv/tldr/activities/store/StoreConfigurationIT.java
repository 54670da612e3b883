package tv.tldr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tv.tldr.activities.store.StoreFailure.Kind;

class StoreConfigurationIT extends StoreIT {
    @ParameterizedTest
    @CsvSource({"statement_timeout, 15s", "lock_timeout, 10s", "application_name, tldr"})
    void everyConnectionIsBounded(String setting, String value) {
        String current = answer(stores.database.one(
                stores.database.sql("SELECT current_setting(:setting) AS value").bind("setting", setting),
                row -> Columns.required(row, "value", String.class)));

        assertThat(current).isEqualTo(value);
    }

    @Test
    void aStatementOfOursThatIsWrongIsAFaultOfTheProgram() {
        assertThatThrownBy(() ->
                        stores.database.update(stores.database.sql("SELEKT 1")).block())
                .isInstanceOfSatisfying(StoreFailure.class, failure -> assertThat(failure.kind())
                        .isEqualTo(Kind.BROKEN))
                .hasMessageContaining("42601");
    }
}
