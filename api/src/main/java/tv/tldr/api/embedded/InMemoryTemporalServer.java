package tv.tldr.api.embedded;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.internal.testservice.GRPCServerHelper;
import io.temporal.internal.testservice.TestServicesStarter;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import tv.tldr.workflows.stream.StreamAttributes;

/**
 * What stands in for Temporal when no {@code temporal} program is to be had: the SDK's test server inside this process,
 * on the loopback address. It forgets every workflow when the process ends and has no Web UI.
 */
final class InMemoryTemporalServer implements TemporalServer {
    private final TestServicesStarter services;
    private final Server server;

    private InMemoryTemporalServer(TestServicesStarter services, Server server) {
        this.services = services;
        this.server = server;
    }

    static InMemoryTemporalServer start() throws IOException {
        // Time is locked: it passes as on the wall, nothing is skipped. 0: from now on.
        TestServicesStarter services = new TestServicesStarter(true, 0);
        // The SDK's own port-bound server would listen on every address.
        NettyServerBuilder builder =
                NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        GRPCServerHelper.registerServicesAndHealthChecks(services.getServices(), builder);
        InMemoryTemporalServer starting = new InMemoryTemporalServer(services, builder.build());
        Start usable = () -> {
            starting.server.start();
            starting.registerSearchAttributes();
        };
        usable.orElse(starting::close);
        return starting;
    }

    @Override
    public String address() {
        return "127.0.0.1:" + server.getPort();
    }

    @Override
    public Optional<URI> webUi() {
        return Optional.empty();
    }

    @Override
    public void close() {
        server.shutdownNow();
        services.close();
    }

    private void registerSearchAttributes() {
        AddSearchAttributesRequest.Builder request = AddSearchAttributesRequest.newBuilder();
        StreamAttributes.ALL.forEach(key -> request.putSearchAttributes(key.getName(), key.getValueType()));
        OperatorServiceStubs stubs = OperatorServiceStubs.newServiceStubs(
                OperatorServiceStubsOptions.newBuilder().setTarget(address()).validateAndBuildWithDefaults());
        try {
            stubs.blockingStub().addSearchAttributes(request.build());
        } finally {
            stubs.shutdownNow();
        }
    }
}
