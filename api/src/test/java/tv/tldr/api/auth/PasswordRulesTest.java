package tv.tldr.api.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {
    private static final String EMAIL = "Ada.Lovelace@example.com";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "short",
                "elevenchars",
                "aaaaaaaaaaaaaaaa",
                "abababababab",
                "123456789012",
                "987654321098",
                "abcdefghijkl",
                "PASSWORD1234",
                "password!2024",
                "Password2026!",
                "passwordpassword",
                "qwertyuiop123",
                "1q2w3e4r5t6y",
                "letmein!letmein!",
                "ada.lovelace@EXAMPLE.com",
                "ada.lovelace1815"
            })
    void refusesWhatIsGuessedFirst(String password) {
        assertThat(PasswordRules.fault(password, EMAIL)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nine rainy days in May",
                "correct horse stapler",
                "zwölf Boxkämpfer",
                "kq8!vT2#xL0p",
                "my password is a secret nobody knows",
                "😀😁😂🤣😃😄😅😆😉😊😋😎"
            })
    void takesWhateverElseSomebodyCanRemember(String password) {
        assertThat(PasswordRules.fault(password, EMAIL)).isEmpty();
    }
}
