package tv.tldr.api.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.ConsoleAppender;
import java.util.Optional;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/** Where on the console does the log go? To stderr: stdout is for data, such as a new API key. */
final class ConsoleLog implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {
    private static final String SPRINGS_NAME = "CONSOLE";

    /** Until Spring configures it, the logging writes everything to stdout, and that of the JDK to stderr. */
    static void silenceUntilConfigured() {
        context()
                .ifPresent(context -> context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF));
        // Drivers log by the JDK's own means, which write to stderr; Spring leads them to where everything else goes.
        java.util.logging.Logger root = java.util.logging.Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            if (handler instanceof ConsoleHandler) {
                root.removeHandler(handler);
            }
        }
    }

    /** Right after Spring has configured it. */
    @Override
    public int getOrder() {
        return LoggingApplicationListener.DEFAULT_ORDER + 1;
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        context()
                .map(context -> context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(SPRINGS_NAME))
                .ifPresent(appender -> {
                    if (appender instanceof ConsoleAppender<?> console) {
                        console.setTarget("System.err");
                        console.start();
                    }
                });
    }

    private static Optional<LoggerContext> context() {
        return LoggerFactory.getILoggerFactory() instanceof LoggerContext context
                ? Optional.of(context)
                : Optional.empty();
    }
}
