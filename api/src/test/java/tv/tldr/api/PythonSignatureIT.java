package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.tldr.workflows.event.Signature;

/** What the library that Standard Webhooks publishes for Python takes of ours, and that it takes nothing else. */
class PythonSignatureIT {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String ID = "evt_01kb0000000000000000000000";
    private static final String BODY = "{\"id\":\"" + ID + "\",\"data\":{\"title\":\"Töre\"}}";

    private static final String VERIFY = """
            import sys
            from standardwebhooks.webhooks import Webhook, WebhookVerificationError

            secret, id, at, signature, body = sys.argv[1:]
            receiver = Webhook(secret)

            def taken(body, id=id, at=at, signature=signature):
                headers = {"webhook-id": id, "webhook-timestamp": at, "webhook-signature": signature}
                try:
                    receiver.verify(body, headers)
                    return True
                except (WebhookVerificationError, UnicodeDecodeError):
                    return False

            def changed(text):
                data = text.encode()
                return [data[:i] + bytes([data[i] ^ 1]) + data[i + 1:] for i in range(len(data))]

            assert taken(body), "ours"
            assert taken(body, signature="v1,AAAA " + signature), "beside that of a former secret"
            for other in changed(body):
                assert not taken(other), other
            for other in changed(id):
                assert not taken(body, id=other.decode()), other
            for other in changed(at):
                assert not taken(body, at=other.decode()), other
            assert not taken(body, at=str(int(at) - 301)), "too old"
            """;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void takesWhatIsOursAndNothingOfWhichOneByteIsAnother() throws Exception {
        FetchedTool python = FetchedTool.python("standardwebhooks", "1.1.0", "python");
        Path program = Files.writeString(folder.resolve("oracle.py"), VERIFY);
        Path log = folder.resolve("log");
        Instant now = Instant.now();

        int code = python.run(
                folder,
                log,
                Duration.ofMinutes(1),
                Map.of(),
                List.of(
                        program.toString(),
                        SECRET,
                        ID,
                        String.valueOf(now.getEpochSecond()),
                        Signature.standard(SECRET, ID, now, BODY),
                        BODY));

        assertThat(code).as(Files.readString(log)).isZero();
    }
}
