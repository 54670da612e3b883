package tv.tldr.api.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mail.javamail.JavaMailSenderImpl;

class MailerTest {
    @ParameterizedTest
    @CsvSource({
        "smtp.example.com, production, SENT",
        "smtp.example.com, development, SENT",
        "'', development, LOGGED",
        "'', production, OFF",
        "'', staging, OFF"
    })
    void saysWhatBecomesOfALink(String host, String environment, MailStatus status) {
        MailProperties properties =
                new MailProperties(host, "tldr@example.com", "https://tldr.example.com", environment);

        assertThat(new Mailer(new JavaMailSenderImpl(), properties).status()).isEqualTo(status);
    }
}
