package tv.tldr.api.auth;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.mail.MailException;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * How does a link reach somebody? By mail; where no mail server is set, by the log of a developer's machine, and elsewhere not
 * at all. Whoever asked never waits for it, and never learns whether a mail server took it.
 */
@Component
final class Mailer {
    private static final Logger log = LoggerFactory.getLogger(Mailer.class);

    private final JavaMailSender sender;
    private final MailProperties properties;
    private final AtomicBoolean warned = new AtomicBoolean();

    Mailer(JavaMailSender sender, MailProperties properties) {
        this.sender = sender;
        this.properties = properties;
    }

    /** What becomes of a link that it is given. */
    MailStatus status() {
        if (properties.isSent()) {
            return MailStatus.SENT;
        }
        return properties.isDevelopment() ? MailStatus.LOGGED : MailStatus.OFF;
    }

    /** @param path of the link, with its token behind a {@code #}, which no server writes into its log */
    Mono<Void> send(String to, String subject, String text, String path) {
        String link = properties.publicUrl().replaceFirst("/+$", "") + path;
        return send(to, subject, text + "\n\n" + link + "\n", () -> keep(to, subject, link));
    }

    /** Without a link: told to those alone whom mail reaches. */
    Mono<Void> tell(String to, String subject, String text) {
        return send(to, subject, text + "\n", () -> {});
    }

    private Mono<Void> send(String to, String subject, String text, Runnable otherwise) {
        return properties.isSent()
                ? Mono.<Void>fromRunnable(() -> deliver(to, subject, text)).subscribeOn(Schedulers.boundedElastic())
                : Mono.fromRunnable(otherwise);
    }

    private void deliver(String to, String subject, String text) {
        SimpleMailMessage message = new SimpleMailMessage();
        message.setFrom(properties.from());
        message.setTo(to);
        message.setSubject(subject);
        message.setText(text);
        try {
            sender.send(message);
        } catch (MailException e) {
            log.warn("A mail ({}) was not taken by the mail server: {}", subject, e.getMessage());
        }
    }

    private void keep(String to, String subject, String link) {
        if (properties.isDevelopment()) {
            log.info("{}, for {}: {}", subject, to, link);
        } else if (!warned.getAndSet(true)) {
            log.warn(
                    "No mail is sent, so that nobody can reset a password, verify an address or be invited: set SMTP_HOST "
                            + "and SMTP_FROM, or APP_ENVIRONMENT=development to have the links in this log");
        }
    }
}
