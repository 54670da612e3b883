package tv.tldr.activities.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;
import tv.tldr.activities.gemini.standin.Fault;
import tv.tldr.activities.gemini.standin.Operation;

/** The key is in no message, no stack trace, no log line of whatever level, and nothing that is printed. */
class GeminiSecretIT extends StandInIT {
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    /** Google's client logs there. */
    private final java.util.logging.Logger platformLog = java.util.logging.Logger.getLogger("");

    private final ByteArrayOutputStream platform = new ByteArrayOutputStream();
    private final StreamHandler platformLines = new StreamHandler(platform, new SimpleFormatter());
    private final PrintStream standardError = System.err;
    private Level level = Level.INFO;

    @BeforeEach
    void listen() {
        platformLines.setLevel(java.util.logging.Level.ALL);
        level = root.getLevel();
        logged.start();
        root.addAppender(logged);
        root.setLevel(Level.TRACE);
        platformLog.addHandler(platformLines);
        platformLog.setLevel(java.util.logging.Level.ALL);
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stopListening() {
        root.detachAppender(logged);
        platformLog.removeHandler(platformLines);
        platformLog.setLevel(java.util.logging.Level.INFO);
        root.setLevel(level);
        System.setErr(standardError);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void staysSecretWhateverGoesWrong(Fault fault) {
        Operation failing = fault == Fault.FILE_FAILED ? Operation.UPLOAD : Operation.GENERATE;
        standIn.faults().next(failing, 2, fault).next(Operation.DELETE_FILE, 3, Fault.OVERLOADED);
        Throwable right;
        Throwable wrong;
        Throwable nowhere;
        GeminiProperties shortOfTime = properties(standIn.url(), CANARY, "gemini-3.8-flash", NEVER_INLINE);
        try (GeminiGateway gateway = new GeminiGateway(shortOfTime, Clock.systemUTC());
                GeminiGateway refused = new GeminiGateway(
                        properties(standIn.url(), CANARY + "-wrong", "gemini-3.8-flash", INLINE), Clock.systemUTC());
                GeminiGateway lost = new GeminiGateway(
                        properties("http://127.0.0.1:1", CANARY, "gemini-3.8-flash", INLINE), Clock.systemUTC())) {
            Runnable givingUp = () -> {
                if (fault == Fault.SILENT && !standIn.calls(Operation.GENERATE).isEmpty()) {
                    throw new IllegalStateException("given up");
                }
            };
            right = catchThrowable(() -> gateway.askWindow(request(), journal::add, givingUp));
            standIn.faults().none();
            wrong = catchThrowable(() -> ask(refused));
            nowhere = catchThrowable(() -> ask(lost));
        }

        assertThat(wrong).isInstanceOf(GeminiException.RefusedKey.class);
        assertThat(nowhere).isInstanceOf(GeminiException.Away.class);
        assertThat(logged.list).isNotEmpty();
        assertThat(text(right) + text(wrong) + text(nowhere)).doesNotContain(CANARY);
        assertThat(logLines()).doesNotContain(CANARY);
        assertThat(printed.toString(StandardCharsets.UTF_8)).doesNotContain(CANARY);
        platformLines.flush();
        assertThat(platform.toString(StandardCharsets.UTF_8)).doesNotContain(CANARY);
        assertThat(journal.toString()).doesNotContain(CANARY);
    }

    private String logLines() {
        return List.copyOf(logged.list).stream()
                .map(event -> event.getFormattedMessage()
                        + (event.getThrowableProxy() == null
                                ? ""
                                : event.getThrowableProxy().getMessage()))
                .collect(Collectors.joining("\n"));
    }

    /** With the stack trace and all causes. */
    private static String text(Throwable thrown) {
        StringWriter text = new StringWriter();
        if (thrown != null) {
            thrown.printStackTrace(new PrintWriter(text, true));
        }
        return text.toString();
    }
}
