package tv.tldr.api.auth;

import java.util.regex.Pattern;
import tv.tldr.api.http.Fields;

/** What is an e-mail address? What mail servers take, without the oddities that nobody has. */
public final class Email {
    private static final int LONGEST = 254;
    private static final Pattern FORM =
            Pattern.compile("[^\\s\\p{Cntrl}@<>\"(),:;\\[\\]\\\\]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?");

    private Email() {}

    /** Reads one that must be there; a fault is noted in {@code body}. */
    public static String read(Fields body, String name) {
        String email = body.requiredText(name, LONGEST).strip();
        if (body.isSound(name) && !FORM.matcher(email).matches()) {
            body.refuse(name, "must be an e-mail address, such as ada@example.com");
        }
        return email;
    }
}
