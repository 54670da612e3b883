package tv.tldr.api.temporal;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DataConverterException;
import io.temporal.payload.codec.PayloadCodec;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What does Temporal see of what workflows are told and answer? With keys, nothing: AES-GCM around each payload, with the key's id beside
 * it. What was written before there was a key is read as it is.
 */
final class PayloadCipher implements PayloadCodec {
    private static final String ENCODING = "encoding";
    private static final ByteString ENCRYPTED = ByteString.copyFromUtf8("binary/encrypted");
    private static final String KEY_ID = "encryption-key-id";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final PayloadKeys keys;

    PayloadCipher(PayloadKeys keys) {
        this.keys = keys;
    }

    @Override
    public List<Payload> encode(List<Payload> payloads) {
        return payloads.stream().map(this::close).toList();
    }

    @Override
    public List<Payload> decode(List<Payload> payloads) {
        return payloads.stream().map(this::open).toList();
    }

    private Payload close(Payload plain) {
        String id = keys.current();
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        byte[] sealed = apply(Cipher.ENCRYPT_MODE, id, nonce, plain.toByteArray());
        return Payload.newBuilder()
                .putMetadata(ENCODING, ENCRYPTED)
                .putMetadata(KEY_ID, ByteString.copyFromUtf8(id))
                .setData(ByteString.copyFrom(nonce).concat(ByteString.copyFrom(sealed)))
                .build();
    }

    private Payload open(Payload payload) {
        if (!ENCRYPTED.equals(payload.getMetadataMap().get(ENCODING))) {
            return payload;
        }
        ByteBuffer data = payload.getData().asReadOnlyByteBuffer();
        byte[] nonce = new byte[NONCE_BYTES];
        data.get(nonce);
        byte[] sealed = new byte[data.remaining()];
        data.get(sealed);
        try {
            return Payload.parseFrom(apply(
                    Cipher.DECRYPT_MODE, payload.getMetadataOrThrow(KEY_ID).toStringUtf8(), nonce, sealed));
        } catch (InvalidProtocolBufferException e) {
            throw new DataConverterException(e);
        }
    }

    private byte[] apply(int mode, String id, byte[] nonce, byte[] input) {
        SecretKeySpec key = keys.find(id)
                .orElseThrow(() -> new DataConverterException(
                        "a payload is encrypted with the key " + id + ", which TEMPORAL_PAYLOAD_KEYS does not name"));
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(ByteString.copyFromUtf8(id).toByteArray());
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new DataConverterException(e);
        }
    }
}
