package tv.tldr.api.auth;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How do mails leave, and where do their links lead?
 *
 * @param smtpHost empty: no mail is sent
 * @param from the sender
 * @param publicUrl how links in mails, and to what is shared, begin
 * @param environment {@code development}: without a server, links are written to the log
 */
@ConfigurationProperties("tldr.mail")
public record MailProperties(
        @DefaultValue("") String smtpHost,
        @DefaultValue("") String from,
        @DefaultValue("http://localhost:8000") String publicUrl,
        @DefaultValue("production") String environment) {
    boolean isSent() {
        return !smtpHost.isBlank();
    }

    boolean isDevelopment() {
        return environment.equalsIgnoreCase("development");
    }
}
