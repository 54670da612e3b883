package tv.tldr.workflows;

import io.temporal.api.common.v1.Payload;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.payload.codec.PayloadCodecException;
import java.util.List;

/** Refuses every payload over 128 KiB, in either direction: media and per-second data never travel through Temporal. */
public final class PayloadLimit implements PayloadCodec {
    private static final int MOST_BYTES = 128 * 1024;

    /** Client options under which no payload may be larger. */
    public static WorkflowClientOptions clientOptions() {
        return WorkflowClientOptions.newBuilder()
                .setDataConverter(new CodecDataConverter(Payloads.dataConverter(), List.of(new PayloadLimit())))
                .build();
    }

    @Override
    public List<Payload> encode(List<Payload> payloads) {
        payloads.forEach(PayloadLimit::check);
        return payloads;
    }

    @Override
    public List<Payload> decode(List<Payload> payloads) {
        payloads.forEach(PayloadLimit::check);
        return payloads;
    }

    private static void check(Payload payload) {
        if (payload.getSerializedSize() > MOST_BYTES) {
            throw new PayloadCodecException("a payload of " + payload.getSerializedSize() + " bytes: "
                    + payload.getData().substring(0, 200).toStringUtf8());
        }
    }
}
