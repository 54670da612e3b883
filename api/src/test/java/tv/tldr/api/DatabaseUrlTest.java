package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.UnknownHostException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.mock.env.MockEnvironment;

class DatabaseUrlTest {
    @Test
    void tellsBothDriversWhatTheOneUrlMeans() {
        assertThat(DatabaseUrl.drivers("postgresql://tldr:p%40ss+word%3A@db.example.com:6543/clips?sslmode=require"))
                .containsEntry("spring.r2dbc.url", "r2dbc:postgresql://db.example.com:6543/clips?sslmode=require")
                .containsEntry("spring.flyway.url", "jdbc:postgresql://db.example.com:6543/clips?sslmode=require")
                .containsEntry("spring.r2dbc.username", "tldr")
                .containsEntry("spring.flyway.password", "p@ss+word:");
    }

    @Test
    void needsNeitherPortNorPassword() {
        assertThat(DatabaseUrl.drivers("postgres://tldr@db/clips"))
                .containsEntry("spring.r2dbc.url", "r2dbc:postgresql://db/clips")
                .containsEntry("spring.flyway.user", "tldr")
                .doesNotContainKey("spring.r2dbc.password");
    }

    @Test
    void thePoolMayGrowBeyondItsSize() {
        ConfigurableEnvironment environment = new MockEnvironment()
                .withProperty("tldr.database.pool-size", "7")
                .withProperty("tldr.database.max-overflow", "5");
        new DatabaseUrl().postProcessEnvironment(environment, new SpringApplication());

        assertThat(environment.getProperty("tldr.database.connections")).isEqualTo("12");
    }

    @Test
    void letsASettingOfADriverItselfGoFirst() {
        ConfigurableEnvironment environment = new MockEnvironment()
                .withProperty(DatabaseUrl.SETTING, "postgresql://a@b/c")
                .withProperty("spring.r2dbc.url", "r2dbc:postgresql://elsewhere/c");
        new DatabaseUrl().postProcessEnvironment(environment, new SpringApplication());

        assertThat(environment.getProperty("spring.r2dbc.url")).isEqualTo("r2dbc:postgresql://elsewhere/c");
        assertThat(environment.getProperty("spring.flyway.url")).isEqualTo("jdbc:postgresql://b/c");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "08001 | where nobody answers: it is so",
                "28P01 | which refuses the user or the password",
                "3D000 | which has no such database",
                "53300 | which takes no more connections",
                "58000 | which does not let the program in: it is so",
            })
    void whatAFailureMeansIsToldByItsCode(String state, String words) {
        JdbcUrl url = JdbcUrl.of("postgresql://me:hunter2@db.example.com:5433/tldr");

        assertThat(url.told(new SQLException("it is so", state)))
                .isEqualTo("DATABASE_URL leads to db.example.com:5433/tldr, " + words);
        assertThat(url.told(new SQLException("it failed", state, new UnknownHostException("db.example.com"))))
                .endsWith("/tldr, a host that nobody knows");
    }
}
