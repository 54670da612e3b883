package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import io.temporal.client.WorkflowClient;
import io.temporal.common.converter.DataConverter;
import io.temporal.worker.WorkerFactory;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.activity.CatalogActivities.StartStream;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.event.EventId;
import tv.tldr.workflows.stream.StreamId;

/** A newer version of the program runs beside this one and has written more than this one knows. */
class NewerPayloadsIT {
    private static final RunningApi api = RunningApi.shared();

    private final StartStream command = new StartStream(
            new StreamRef(new OrganizationId(UUID.randomUUID()), new StreamId(UUID.randomUUID())),
            new EventId(UUID.randomUUID()));

    @Test
    void theClientPassesOverWhatItDoesNotKnow() {
        assertThat(newer(api.bean(WorkflowClient.class))).isEqualTo(command);
    }

    @Test
    void soDoTheWorkers() {
        assertThat(newer(api.bean(WorkerFactory.class).getWorkflowClient())).isEqualTo(command);
    }

    private StartStream newer(WorkflowClient client) {
        DataConverter converter = client.getOptions().getDataConverter();
        Payload payload = converter.toPayload(command).orElseThrow();
        String json = payload.getData().toStringUtf8().replaceFirst("\\{", "{\"addedLater\":[1,{}],");
        Payload newer =
                payload.toBuilder().setData(ByteString.copyFromUtf8(json)).build();
        return converter.fromPayload(newer, StartStream.class, StartStream.class);
    }
}
