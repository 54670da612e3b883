package tv.tldr.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A mail server that keeps what it gets. */
public final class TestMail implements AutoCloseable {
    private static final Pattern TOKEN = Pattern.compile("#token=([A-Za-z0-9_-]+)");

    private final ServerSocket server;
    private final List<Mail> mails = new CopyOnWriteArrayList<>();

    public record Mail(String to, String text) {
        String token() {
            Matcher matcher = TOKEN.matcher(text);
            return matcher.find() ? matcher.group(1) : "";
        }
    }

    public TestMail() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    public List<Mail> to(String address) {
        return mails.stream()
                .filter(mail -> mail.to().equals(address.toLowerCase(Locale.ROOT)))
                .toList();
    }

    /** The token of the {@code number}th mail to {@code address} whose subject has {@code subject}, once it is there. */
    public String token(String address, String subject, int number) {
        List<Mail> found = await().atMost(Duration.ofSeconds(10))
                .until(
                        () -> to(address).stream()
                                .filter(mail -> mail.text().contains("Subject: " + subject))
                                .toList(),
                        list -> list.size() >= number);
        return found.get(number - 1).token();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> talk(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void talk(Socket socket) {
        try (socket;
                BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))) {
            OutputStream out = socket.getOutputStream();
            String to = "";
            say(out, "220 test");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String word = line.length() < 4 ? line : line.substring(0, 4).toUpperCase(Locale.ROOT);
                switch (word) {
                    case "RCPT" -> {
                        to = line.replaceAll(".*<|>.*", "");
                        say(out, "250 ok");
                    }
                    case "DATA" -> {
                        say(out, "354 go on");
                        mails.add(new Mail(to.toLowerCase(Locale.ROOT), body(in)));
                        say(out, "250 ok");
                    }
                    case "QUIT" -> {
                        say(out, "221 bye");
                        return;
                    }
                    default -> say(out, "250 ok");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String body(BufferedReader in) throws IOException {
        StringBuilder body = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            body.append(line).append('\n');
        }
        return body.toString();
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(US_ASCII));
        out.flush();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
