package tv.tldr.api;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** What comes round by the clock: sweeps, measurements. Not where a command has the parts of the program do one thing. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@ConditionalOnBooleanProperty(name = Schedules.PROPERTY, matchIfMissing = true)
public class Schedules {
    /** Set to {@code false}, nothing is done by the clock, and what only the clock asks for is not made. */
    public static final String PROPERTY = "tldr.schedules";
}
