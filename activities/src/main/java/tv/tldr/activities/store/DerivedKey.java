package tv.tldr.activities.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/** How do many keys come from the one secret of the program? By HKDF (RFC 5869), one for each purpose. */
public final class DerivedKey {
    private static final int BYTES = 32;

    private DerivedKey() {}

    /**
     * 32 bytes that say nothing about those of another purpose, nor about the secret.
     *
     * @param purpose such as {@code "access tokens"}
     */
    public static byte[] of(String secretKey, String purpose) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(secretKey.getBytes(UTF_8))
                            .thenExpand(("tldr: " + purpose).getBytes(UTF_8), BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HKDF-SHA256", e);
        }
    }
}
