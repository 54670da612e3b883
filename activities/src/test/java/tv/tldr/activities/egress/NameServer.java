package tv.tldr.activities.egress;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** A name server of somebody who means no good: each question may be answered differently, and nothing may be kept. */
public final class NameServer implements AutoCloseable {
    /** As the program has it in production. */
    public static final HostNames OF_THIS_MACHINE = new HostNames(new EgressProperties(List.of(), List.of()));

    /** Looks public, and is said to be our own. */
    public static final String OURS = "93.184.215.0/24";

    private static final int A = 1;
    private static final int CNAME = 5;
    private static final int AAAA = 28;
    private static final int OF_THE_QUESTION = 0xc00c;
    /** Whoever wants more has to ask by TCP. */
    private static final int MOST_BY_UDP = 4096;

    private static final int CUT = 0x0200;

    private final DatagramSocket socket;
    private final ServerSocket stream;
    private final Map<String, Duration> delays = new ConcurrentHashMap<>();
    private final Map<String, Supplier<List<byte[]>>> names = new ConcurrentHashMap<>();
    private final Map<String, String> aliases = new ConcurrentHashMap<>();
    private final AtomicInteger questions = new AtomicInteger();
    private final HostNames asked;

    private record Sockets(DatagramSocket datagrams, ServerSocket streams) {
        /** Both at one port, of which each may be somebody else's in the other way. */
        static Sockets open() throws IOException {
            InetAddress here = InetAddress.getLoopbackAddress();
            while (true) {
                DatagramSocket datagrams = new DatagramSocket(new InetSocketAddress(here, 0));
                try {
                    return new Sockets(datagrams, new ServerSocket(datagrams.getLocalPort(), 50, here));
                } catch (BindException taken) {
                    datagrams.close();
                }
            }
        }
    }

    public NameServer() throws IOException {
        Sockets sockets = Sockets.open();
        socket = sockets.datagrams();
        stream = sockets.streams();
        asked = new HostNames(new EgressProperties(List.of(address()), List.of(OURS)));
        Thread.ofVirtual().start(this::serve);
        Thread.ofVirtual().start(this::serveStreams);
    }

    /** As the setting names it. */
    public String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /** Who asks this server. */
    public HostNames names() {
        return asked;
    }

    public void name(String name, String... addresses) {
        List<byte[]> bytes = Arrays.stream(addresses).map(NameServer::bytes).toList();
        names.put(name, () -> bytes);
    }

    /** The first address to whoever looks it up first, the second to all others. */
    public void rebinding(String name, String first, String then) {
        // Each look-up asks twice: for IPv4 and for IPv6 addresses.
        AtomicInteger times = new AtomicInteger();
        names.put(name, () -> List.of(bytes(times.getAndIncrement() < 2 ? first : then)));
    }

    /** Answers so late. */
    public void delay(String name, Duration delay) {
        delays.put(name, delay);
    }

    public void alias(String name, String target) {
        aliases.put(name, target);
    }

    public int questions() {
        return questions.get();
    }

    /** @param address one that is written as {@code ::ffff:a.b.c.d} stays an IPv6 address */
    private static byte[] bytes(String address) {
        byte[] bytes = InetAddress.ofLiteral(address).getAddress();
        if (!address.startsWith("::ffff:")) {
            return bytes;
        }
        ByteBuffer mapped = ByteBuffer.allocate(16).position(10).putShort((short) -1);
        return mapped.put(bytes).array();
    }

    private void serve() {
        byte[] buffer = new byte[4096];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                byte[] question = Arrays.copyOf(buffer, packet.getLength());
                SocketAddress asker = packet.getSocketAddress();
                Thread.ofVirtual().start(() -> answer(question, asker));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void answer(byte[] question, SocketAddress asker) {
        try {
            byte[] whole = answer(question);
            byte[] answer = whole.length > MOST_BY_UDP ? cut(whole, question) : whole;
            socket.send(new DatagramPacket(answer, answer.length, asker));
        } catch (IOException gone) {
            // The test is over.
        }
    }

    /** The question without an answer, and that there is one. */
    private static byte[] cut(byte[] whole, byte[] question) {
        ByteBuffer cut = ByteBuffer.wrap(Arrays.copyOf(whole, endOfQuestion(question)));
        cut.putShort(2, (short) (cut.getShort(2) | CUT)).putShort(6, (short) 0);
        return cut.array();
    }

    private static int endOfQuestion(byte[] packet) {
        int at = 12;
        while (packet[at] > 0) {
            at += packet[at] + 1;
        }
        return at + 5;
    }

    private void serveStreams() {
        while (!stream.isClosed()) {
            try (Socket asker = stream.accept()) {
                DataInputStream in = new DataInputStream(asker.getInputStream());
                byte[] answer = answer(in.readNBytes(in.readUnsignedShort()));
                DataOutputStream out = new DataOutputStream(asker.getOutputStream());
                out.writeShort(answer.length);
                out.write(answer);
            } catch (IOException goneOrClosed) {
                // The next one, or the end.
            }
        }
    }

    private byte[] answer(byte[] packet) {
        ByteBuffer query = ByteBuffer.wrap(packet).position(12);
        StringBuilder name = new StringBuilder();
        for (int length = query.get(); length > 0; length = query.get()) {
            byte[] label = new byte[length];
            query.get(label);
            name.append(name.isEmpty() ? "" : ".").append(new String(label, US_ASCII));
        }
        int type = query.getShort();
        int end = query.position() + 2;
        questions.incrementAndGet();
        String asked = name.toString().toLowerCase(Locale.ROOT);
        LockSupport.parkNanos(delays.getOrDefault(asked, Duration.ZERO).toNanos());
        String target = aliases.getOrDefault(asked, asked);
        List<byte[]> found = found(target, type);
        boolean isAlias = !target.equals(asked);
        ByteBuffer answer = ByteBuffer.allocate(1 << 16);
        answer.putShort(query.getShort(0)).putShort((short) (names.containsKey(target) ? 0x8580 : 0x8583));
        answer.putShort((short) 1).putShort((short) (found.size() + (isAlias ? 1 : 0)));
        answer.putInt(0).put(packet, 12, end - 12);
        int owner = OF_THE_QUESTION;
        if (isAlias) {
            byte[] wire = wire(target);
            record(answer, OF_THE_QUESTION, CNAME, wire);
            owner = 0xc000 | (answer.position() - wire.length);
        }
        for (byte[] address : found) {
            record(answer, owner, type, address);
        }
        return Arrays.copyOf(answer.array(), answer.position());
    }

    private List<byte[]> found(String name, int type) {
        if (!names.containsKey(name) || (type != A && type != AAAA)) {
            return List.of();
        }
        return names.get(name).get().stream()
                .filter(address -> address.length == (type == A ? 4 : 16))
                .toList();
    }

    private static void record(ByteBuffer answer, int owner, int type, byte[] data) {
        answer.putShort((short) owner)
                .putShort((short) type)
                .putShort((short) 1)
                .putInt(0);
        answer.putShort((short) data.length).put(data);
    }

    private static byte[] wire(String name) {
        ByteBuffer wire = ByteBuffer.allocate(name.length() + 2);
        for (String label : name.split("\\.", -1)) {
            wire.put((byte) label.length()).put(label.getBytes(US_ASCII));
        }
        return wire.put((byte) 0).array();
    }

    @Override
    public void close() {
        asked.destroy();
        socket.close();
        try {
            stream.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
