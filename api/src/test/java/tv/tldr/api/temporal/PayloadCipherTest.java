package tv.tldr.api.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DataConverterException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class PayloadCipherTest {
    private static final String OLD = key("2026-10", 1);
    private static final String NEW = key("2026-11", 2);
    private static final Payload PLAIN = Payload.newBuilder()
            .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
            .setData(ByteString.copyFromUtf8("\"https://media.example.com/secret.mp4\""))
            .build();

    @Test
    void whatIsWrittenTellsNothingAndIsReadAsItWas() {
        PayloadCipher cipher = cipher(OLD);

        Payload sealed = cipher.encode(List.of(PLAIN)).getFirst();

        assertThat(sealed.toString()).doesNotContain("secret.mp4", "json/plain");
        assertThat(sealed.getMetadataOrThrow("encryption-key-id").toStringUtf8())
                .isEqualTo("2026-10");
        assertThat(cipher.decode(List.of(sealed))).containsExactly(PLAIN);
        assertThat(cipher.encode(List.of(PLAIN)).getFirst().getData())
                .as("twice the same is not seen as such")
                .isNotEqualTo(sealed.getData());
    }

    @Test
    void aNewKeyWritesWhileTheOldOneIsStillRead() {
        Payload before = cipher(OLD).encode(List.of(PLAIN)).getFirst();
        PayloadCipher rotated = cipher(NEW, OLD);

        Payload after = rotated.encode(List.of(PLAIN)).getFirst();

        assertThat(after.getMetadataOrThrow("encryption-key-id").toStringUtf8()).isEqualTo("2026-11");
        assertThat(rotated.decode(List.of(before, after))).containsExactly(PLAIN, PLAIN);
        assertThat(cipher(OLD, NEW).decode(List.of(after)))
                .as("a process that does not write with it yet")
                .containsExactly(PLAIN);
    }

    @Test
    void aKeyThatIsGoneIsNamed() {
        Payload sealed = cipher(OLD).encode(List.of(PLAIN)).getFirst();

        assertThatThrownBy(() -> cipher(NEW).decode(List.of(sealed)))
                .isInstanceOf(DataConverterException.class)
                .hasMessageContaining("2026-10")
                .hasMessageContaining("TEMPORAL_PAYLOAD_KEYS");
    }

    @Test
    void whatWasChangedIsRefused() {
        Payload sealed = cipher(OLD).encode(List.of(PLAIN)).getFirst();
        byte[] data = sealed.getData().toByteArray();
        data[data.length - 1] ^= 1;
        Payload changed = sealed.toBuilder().setData(ByteString.copyFrom(data)).build();

        assertThatThrownBy(() -> cipher(OLD).decode(List.of(changed))).isInstanceOf(DataConverterException.class);
    }

    @Test
    void whatWasWrittenBeforeThereWasAKeyIsReadAsItIs() {
        assertThat(cipher(NEW).decode(List.of(PLAIN))).containsExactly(PLAIN);
    }

    @Test
    void wrongKeysAreRefusedWithoutBeingTold() {
        assertThat(PayloadKeys.of(List.of())).isEmpty();
        for (List<String> wrong : List.of(List.of("noKey"), List.of("a:c2hvcnQ="), List.of(OLD, OLD))) {
            assertThatThrownBy(() -> PayloadKeys.of(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("TEMPORAL_PAYLOAD_KEYS")
                    .hasMessageNotContaining("c2hvcnQ");
        }
        assertThat(PayloadKeys.of(List.of(OLD)).orElseThrow().toString()).isEqualTo("PayloadKeys[2026-10]");
    }

    private static PayloadCipher cipher(String... keys) {
        return new PayloadCipher(PayloadKeys.of(List.of(keys)).orElseThrow());
    }

    private static String key(String id, int first) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) first;
        return id + ":" + Base64.getEncoder().encodeToString(bytes);
    }
}
