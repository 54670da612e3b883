package tv.tldr.api.temporal;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DataConverterException;
import io.temporal.payload.codec.PayloadCodec;
import java.util.List;
import tv.tldr.activities.store.Seal;

/**
 * What does Temporal see of what workflows are told and answer? With keys, nothing: AES-GCM around each payload, with the key's id beside
 * it. What was written before there was a key is read as it is.
 */
final class PayloadCipher implements PayloadCodec {
    private static final String ENCODING = "encoding";
    private static final ByteString ENCRYPTED = ByteString.copyFromUtf8("binary/encrypted");
    private static final String KEY_ID = "encryption-key-id";

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
        return Payload.newBuilder()
                .putMetadata(ENCODING, ENCRYPTED)
                .putMetadata(KEY_ID, ByteString.copyFromUtf8(id))
                .setData(ByteString.copyFrom(seal(id).close(plain.toByteArray(), id)))
                .build();
    }

    private Payload open(Payload payload) {
        if (!ENCRYPTED.equals(payload.getMetadataMap().get(ENCODING))) {
            return payload;
        }
        String id = payload.getMetadataOrThrow(KEY_ID).toStringUtf8();
        byte[] plain = seal(id).open(payload.getData().toByteArray(), id)
                .orElseThrow(
                        () -> new DataConverterException("a payload is not as it was encrypted with the key " + id));
        try {
            return Payload.parseFrom(plain);
        } catch (InvalidProtocolBufferException e) {
            throw new DataConverterException(e);
        }
    }

    private Seal seal(String id) {
        return keys.find(id)
                .map(Seal::new)
                .orElseThrow(() -> new DataConverterException(
                        "a payload is encrypted with the key " + id + ", which TEMPORAL_PAYLOAD_KEYS does not name"));
    }
}
