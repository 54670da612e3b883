package tv.tldr.api;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Which settings of the two drivers, and of their pool, does one {@code DATABASE_URL} stand for? People and platforms give
 * {@code postgresql://user:password@host:port/database?options}; R2DBC and JDBC each want it in their own way.
 */
public final class DatabaseUrl implements EnvironmentPostProcessor, Ordered {
    static final String SETTING = "tldr.database.url";
    private static final String CONNECTIONS = "tldr.database.connections";

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        int connections = environment.getProperty("tldr.database.pool-size", Integer.class, 10)
                + environment.getProperty("tldr.database.max-overflow", Integer.class, 0);
        environment.getPropertySources().addLast(new MapPropertySource(CONNECTIONS, Map.of(CONNECTIONS, connections)));
        String url = environment.getProperty(SETTING, "");
        if (!url.isEmpty()) {
            // Last: what somebody sets for a driver itself goes first.
            environment.getPropertySources().addLast(new MapPropertySource(SETTING, drivers(url)));
        }
    }

    /** By name of the setting of Spring Boot. */
    public static Map<String, Object> drivers(String text) {
        URI url = URI.create(text);
        String place = url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort()) + url.getRawPath();
        String options = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("spring.r2dbc.url", "r2dbc:postgresql://" + place + options);
        settings.put("spring.flyway.url", "jdbc:postgresql://" + place + options);
        String[] user = url.getRawUserInfo() == null
                ? new String[0]
                : url.getRawUserInfo().split(":", 2);
        if (user.length > 0) {
            settings.put("spring.r2dbc.username", decode(user[0]));
            settings.put("spring.flyway.user", decode(user[0]));
        }
        if (user.length > 1) {
            settings.put("spring.r2dbc.password", decode(user[1]));
            settings.put("spring.flyway.password", decode(user[1]));
        }
        return settings;
    }

    /** Only percent signs are special here: a plus is a plus. */
    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
