package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
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
}
