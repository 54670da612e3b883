package tv.tldr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ConditionsTest {
    @Test
    void onlyWhatWasAskedForStandsInTheStatement() {
        Conditions conditions = new Conditions("organization_id = :organization", 1).and("status = :status", "failed");

        assertThat(conditions).hasToString("organization_id = :organization AND status = :status");
    }

    @Test
    void everyValueNeedsAParameterOfItsOwn() {
        assertThatThrownBy(() -> new Conditions("id = :id", 1, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Conditions("id = :id", 1).and("parent = :id", 2))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Conditions("value = 1::text", "x")).isInstanceOf(IllegalArgumentException.class);
    }
}
