package tv.tldr.activities.egress;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The URLs that lead, or would lead a careless program, where nobody may go: to ourselves, our network and special places, in
 * every spelling, by name and by redirect.
 */
public final class HostileUrls {
    private static final String NAME = ".hostile.test";

    private final List<Hostile> all = new ArrayList<>();
    private final int canary;
    private final Origin origin;

    private HostileUrls(int canary, Origin origin) {
        this.canary = canary;
        this.origin = origin;
    }

    /** Where is it seen for what it is? */
    public enum Seen {
        /** In the text: it is not accepted. */
        AS_TEXT,
        /** When a name or a redirect is followed. */
        WHEN_DIALLED,
        /** Nowhere: the name stands for nothing. */
        NOT_AT_ALL
    }

    /** Which careless program would go there? */
    public enum Careless {
        /** None on this machine: the place is elsewhere, or no program reads it that way. */
        NOBODY,
        /** One that opens whatever it is given, as FFmpeg does. */
        FFMPEG,
        /** Our own client, if it did not judge addresses. */
        CLIENT
    }

    /** @param family what is hostile about it */
    public record Hostile(String family, String url, Seen seen, Careless careless) {
        /** The same place by TLS, since webhooks take nothing else. */
        public String secure() {
            return url.replaceFirst("^http://", "https://");
        }

        public boolean isRedirect() {
            return "redirects".equals(family);
        }
    }

    /** All of them, with a name server that knows the names and a web server that redirects. */
    public static List<Hostile> all(Canary canary, Origin origin, NameServer server) {
        HostileUrls urls = new HostileUrls(canary.port(), origin);
        urls.plain();
        urls.own(canary);
        urls.numbers();
        urls.embedded();
        urls.special();
        urls.traps();
        urls.schemes();
        urls.ports();
        urls.international(server);
        urls.names(server);
        urls.redirects();
        return List.copyOf(urls.all);
    }

    private void plain() {
        for (String host : List.of("127.0.0.1", "[::1]", "[0:0:0:0:0:0:0:1]", "[0000::0001]", "0.0.0.0", "[::]")) {
            host("loopback", host, Careless.FFMPEG);
        }
        for (String host : List.of("127.1.1.1", "127.255.255.254", "[::2]")) {
            host("loopback", host, Careless.NOBODY);
        }
        text("loopback", "http://127.0.0.1:PORT/a.mp4?token=1", Careless.FFMPEG);
        text("loopback", "HTTP://127.0.0.1:PORT/../../a.mp4", Careless.NOBODY);
    }

    /** Of this machine, on which the canary sits as well. */
    private void own(Canary canary) {
        for (InetAddress address : canary.addresses()) {
            String host = address.getHostAddress().replaceFirst("%.*", "");
            boolean isPublic = new AddressPolicy(false).allows(address);
            all.add(new Hostile(
                    "own addresses",
                    "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + canary.port() + "/",
                    isPublic ? Seen.WHEN_DIALLED : Seen.AS_TEXT,
                    Careless.FFMPEG));
        }
    }

    private void numbers() {
        for (String host : List.of(
                "0177.0.0.1",
                "0x7f.0.0.1",
                "0x7f.1",
                "0X7F.0X0.0X0.0X1",
                "127.1",
                "127.0.1",
                "127.0.0.0x1",
                "127.0.0.01",
                "127.000.000.001",
                "2130706433",
                "017700000001",
                "0x7f000001",
                "0",
                "0x0",
                "0.0")) {
            host("numbers", host, Careless.FFMPEG);
        }
        for (String host : List.of(
                "6425673729",
                "0000000177.0.0.1",
                "2852039166",
                "0xa9fea9fe",
                "025177524776",
                "0xa9.0xfe.0xa9.0xfe",
                "169.254.43518",
                "10.1",
                "0xa.1",
                "012.0.0.1",
                "3232235521",
                "192.168.010.1",
                "256.0.0.1",
                "127.0.0.1.5",
                "1.2.3")) {
            host("numbers", host, Careless.NOBODY);
        }
    }

    private void embedded() {
        for (String host :
                List.of("[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:127.0.0.1]", "[::FFFF:127.0.0.1]")) {
            host("embedded", host, Careless.FFMPEG);
        }
        for (String host : List.of(
                "[::127.0.0.1]",
                "[::7f00:1]",
                "[::ffff:0:127.0.0.1]",
                "[::ffff:10.0.0.1]",
                "[::ffff:a9fe:a9fe]",
                "[64:ff9b::127.0.0.1]",
                "[64:ff9b::a9fe:a9fe]",
                "[64:ff9b:1::7f00:1]",
                "[64:ff9b:1::808:808]",
                "[2002:7f00:1::]",
                "[2002:a9fe:a9fe::1]",
                "[2002:c0a8:1::1]",
                "[2001::7f00:1]",
                "[2001:0:4136:e378:8000:63bf:80ff:fffe]",
                "[fe80::1]",
                "[fe80::1%25lo]",
                "[fe80::1%lo]",
                "[fec0::1]")) {
            host("embedded", host, Careless.NOBODY);
        }
    }

    private void special() {
        for (String host : List.of(
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.100.100.200",
                "169.254.169.254",
                "169.254.170.2",
                "169.254.170.23",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.192",
                "192.0.2.1",
                "192.31.196.1",
                "192.52.193.1",
                "192.88.99.1",
                "192.168.0.1",
                "192.175.48.1",
                "198.18.0.1",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.250",
                "240.0.0.1",
                "255.255.255.255",
                "168.63.129.16",
                "[100::1]",
                "[2001:db8::1]",
                "[2001:20::1]",
                "[2620:4f:8000::1]",
                "[3fff::1]",
                "[4000::1]",
                "[5f00::1]",
                "[fc00::1]",
                "[fd00:ec2::254]",
                "[fd00:ec2::23]",
                "[fd20:ce::254]",
                "[ff02::1]")) {
            host("special ranges", host, Careless.NOBODY);
        }
    }

    private void traps() {
        for (String url : List.of(
                "http://user@127.0.0.1:PORT/",
                "http://user:word@127.0.0.1:PORT/",
                "http://example.com@127.0.0.1:PORT/",
                "http://example.com:80@127.0.0.1:PORT/",
                "http://example.com%2f@127.0.0.1:PORT/",
                "http://:@127.0.0.1:PORT/",
                "http://127.0.0.1:PORT?@example.com/")) {
            text("parsing traps", url, Careless.FFMPEG);
        }
        for (String url : List.of(
                "http://a@b@127.0.0.1:PORT/",
                "http://127.0.0.1:PORT#@example.com/",
                "http://example.com#@127.0.0.1:PORT/",
                "http://1.1.1.1\\@127.0.0.1:PORT/",
                "http://127.0.0.1:PORT\\@example.com/",
                "http:\\\\127.0.0.1:PORT\\",
                "http:127.0.0.1:PORT/",
                "http:/127.0.0.1:PORT/",
                "http:///127.0.0.1:PORT/",
                "//127.0.0.1:PORT/",
                "127.0.0.1:PORT/",
                " http://127.0.0.1:PORT/",
                "http://127.0.0.1:PORT/\t",
                "http://127.0.0.1 :PORT/",
                "http://127.0.0.1\n:PORT/",
                "http://127.0.0.1:PORT/\r\nHost: example.com",
                "http://127.0.0.1%00.example.com:PORT/",
                "http://127.0.0.1%20:PORT/",
                "http://%31%32%37.0.0.1:PORT/",
                "http://loc%61lhost:PORT/",
                "http://127.0.0.1;@example.com:PORT/",
                "http://127.0.0.1,example.com:PORT/",
                "http://[127.0.0.1]:PORT/",
                "http://[::1:PORT/",
                "http://::1:PORT/",
                "http://[::1].example.com:PORT/",
                "http://[::1]@127.0.0.1:PORT/",
                "http://foo_bar.hostile.test:PORT/",
                "http://-a.hostile.test:PORT/",
                "http://..hostile.test:PORT/",
                "http://127.0.0.1.:PORT/",
                "http://localhost.:PORT/",
                "http://localhost..:PORT/",
                "http://loopback.hostile.test.:PORT/",
                "http://",
                "http://:PORT/",
                "http://?",
                "")) {
            text("parsing traps", url, Careless.NOBODY);
        }
    }

    private void schemes() {
        for (String scheme : List.of("tcp", "httpproxy", "ftp", "gopher", "rtmp")) {
            text("schemes", scheme + "://127.0.0.1:PORT/", "tcp".equals(scheme) ? Careless.FFMPEG : Careless.NOBODY);
        }
        for (String url : List.of(
                "file:///etc/passwd",
                "file://127.0.0.1/etc/passwd",
                "/etc/passwd",
                "concat:/etc/passwd|/etc/hosts",
                "concat:http://127.0.0.1:PORT/|http://127.0.0.1:PORT/",
                "subfile,,start,0,end,9,,:/etc/passwd",
                "data:video/mp4;base64,AAAA",
                "pipe:0",
                "unix:/var/run/docker.sock",
                "crypto:http://127.0.0.1:PORT/",
                "cache:http://127.0.0.1:PORT/",
                "async:http://127.0.0.1:PORT/",
                "hls+http://127.0.0.1:PORT/a.m3u8",
                "jar:http://127.0.0.1:PORT/a.jar!/a",
                "dict://127.0.0.1:PORT/",
                "ldap://127.0.0.1:PORT/",
                "sftp://127.0.0.1:PORT/",
                "smb://127.0.0.1/share",
                "udp://127.0.0.1:PORT",
                "rtp://127.0.0.1:PORT",
                "rtsp://127.0.0.1:PORT/a",
                "srt://127.0.0.1:PORT",
                "tls://127.0.0.1:PORT",
                "ws://127.0.0.1:PORT/",
                "javascript:alert(1)",
                "-i",
                "s3://another-bucket/inbox/a.mp4")) {
            text("schemes", url, Careless.NOBODY);
        }
    }

    /** Of places that would be public: nothing may be knocked at beside the web. */
    private void ports() {
        for (int port :
                new int[] {0, 1, 22, 23, 25, 53, 110, 2375, 3306, 5432, 6379, 7233, 9200, 11211, 65535, 65536}) {
            text("ports", "http://93.184.216.34:" + port + "/", Careless.NOBODY);
        }
        text("ports", "http://127.0.0.1:" + (canary + 65536) + "/", Careless.NOBODY);
        text("ports", "http://127.0.0.1:-PORT/", Careless.NOBODY);
        text("ports", "http://127.0.0.1:PORT:80/", Careless.NOBODY);
        text("ports", "http://127.0.0.1:0x50/", Careless.NOBODY);
    }

    private void international(NameServer server) {
        for (String host : List.of(
                "１２７.０.０.１",
                "127。0。0。1",
                "①②⑦.⓪.⓪.①",
                "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
                "localho\u017ft",
                "loc\u00adalhost",
                "127.0.0.1\u200b",
                "bücher.hostile.test",
                "localhost。")) {
            host("other alphabets", host, Careless.NOBODY);
        }
        for (String host : List.of("xn--bcher-kva" + NAME, "xn--80ak6aa92e" + NAME)) {
            server.name(host, "127.0.0.1");
            dialled("other alphabets", host, Careless.CLIENT);
        }
    }

    private void names(NameServer server) {
        for (String[] one : new String[][] {
            {"localhost", "127.0.0.1", "::1"},
            {"LOOPBACK" + NAME, "127.0.0.1"},
            {"loopback6" + NAME, "::1"},
            {"127.0.0.1.nip" + NAME, "127.0.0.1"},
            {"0x7f000001" + NAME, "127.0.0.1"},
            {"unspecified" + NAME, "0.0.0.0"},
            {"mapped" + NAME, "::ffff:127.0.0.1"}
        }) {
            named(server, one, Careless.CLIENT);
        }
        for (String[] one : new String[][] {
            {"private" + NAME, "10.0.0.1"},
            {"metadata.google.internal", "169.254.169.254"},
            {"ours" + NAME, "93.184.215.7"},
            {"carrier" + NAME, "100.64.0.1"},
            {"multicast" + NAME, "224.0.0.1"},
            {"broadcast" + NAME, "255.255.255.255"},
            {"compatible" + NAME, "::127.0.0.1"},
            {"nat64" + NAME, "64:ff9b::7f00:1"},
            {"sixtofour" + NAME, "2002:7f00:1::1"},
            {"teredo" + NAME, "2001:0:7f00:1::1"},
            {"unique" + NAME, "fd00:ec2::254"},
            {"link" + NAME, "fe80::1"},
            {"public-first" + NAME, "93.184.216.34", "127.0.0.1"},
            {"private-first" + NAME, "127.0.0.1", "93.184.216.34"},
            {"public-and-six" + NAME, "93.184.216.34", "::1"},
            {"public-and-mapped" + NAME, "93.184.216.34", "::ffff:127.0.0.1"}
        }) {
            named(server, one, Careless.NOBODY);
        }
        oneOf(server, 200);
        oneOf(server, 1000);
        server.alias("alias" + NAME, "loopback" + NAME);
        dialled("names", "alias" + NAME, Careless.CLIENT);
        server.alias("alias-of-metadata" + NAME, "metadata.google.internal");
        dialled("names", "alias-of-metadata" + NAME, Careless.NOBODY);
        all.add(new Hostile("names", "http://nothing" + NAME + ":" + canary + "/", Seen.NOT_AT_ALL, Careless.NOBODY));
    }

    /** The last is none that may be dialled. */
    private void oneOf(NameServer server, int number) {
        String[] many = new String[number];
        for (int i = 0; i < number - 1; i++) {
            many[i] = "93.184." + (216 + i / 250) + "." + i % 250;
        }
        many[number - 1] = "127.0.0.1";
        server.name("one-of-" + number + NAME, many);
        dialled("names", "one-of-" + number + NAME, Careless.NOBODY);
    }

    private void named(NameServer server, String[] one, Careless careless) {
        server.name(one[0].toLowerCase(Locale.ROOT), Arrays.copyOfRange(one, 1, one.length));
        dialled("names", one[0], careless);
    }

    private void redirects() {
        for (int status : new int[] {301, 302, 303, 307, 308}) {
            redirect("/" + status, status, "http://127.0.0.1:PORT/", Careless.CLIENT);
        }
        for (String location :
                List.of("//127.0.0.1:PORT/", "http://loopback" + NAME + ":PORT/", "http://[::1]:PORT/")) {
            redirect("/to-" + all.size(), 302, location, Careless.CLIENT);
        }
        for (String location : List.of(
                "http://127.1:PORT/",
                "http://2130706433:PORT/",
                "http://user@127.0.0.1:PORT/",
                "http://169.254.169.254/latest/meta-data/",
                "http://10.0.0.1/",
                "https://[fd00:ec2::254]/",
                "http://93.184.216.34:22/",
                "file:///etc/passwd",
                "gopher://127.0.0.1:PORT/",
                "tcp://127.0.0.1:PORT",
                "concat:/etc/passwd")) {
            redirect("/to-" + all.size(), 302, location, Careless.NOBODY);
        }
        for (String host : List.of(
                "0177.0.0.1",
                "192.168.010.1",
                "0x7f.1",
                "017700000001",
                "0",
                "[::ffff:127.0.0.1]",
                "[::127.0.0.1]",
                "[64:ff9b:1::a9fe:a9fe]",
                "a@b@127.0.0.1",
                "user:word@127.0.0.1",
                "foo_bar" + NAME,
                "localhost.",
                "1.1.1.1\\@127.0.0.1")) {
            redirect("/to-" + all.size(), 307, "http://" + host + ":PORT/", Careless.NOBODY);
        }
        chain("/chain", 3);
        all.add(new Hostile("redirects", origin.url("/chain0"), Seen.WHEN_DIALLED, Careless.CLIENT));
        // More than are followed, wherever they end, if they do.
        chain("/long", 7);
        all.add(new Hostile("redirects", origin.url("/long0"), Seen.NOT_AT_ALL, Careless.NOBODY));
        origin.redirect("/circle", 302, "/circle");
        all.add(new Hostile("redirects", origin.url("/circle"), Seen.NOT_AT_ALL, Careless.NOBODY));
    }

    private void chain(String path, int hops) {
        for (int hop = 0; hop < hops; hop++) {
            String next = hop == hops - 1 ? "http://127.0.0.1:" + canary + "/" : path + (hop + 1);
            origin.redirect(path + hop, 302, next);
        }
    }

    private void redirect(String path, int status, String location, Careless careless) {
        origin.redirect(path, status, location.replace("PORT", String.valueOf(canary)));
        all.add(new Hostile("redirects", origin.url(path), Seen.WHEN_DIALLED, careless));
    }

    private void host(String family, String host, Careless careless) {
        text(family, "http://" + host + ":PORT/", careless);
    }

    private void text(String family, String url, Careless careless) {
        all.add(new Hostile(family, url.replace("PORT", String.valueOf(canary)), Seen.AS_TEXT, careless));
    }

    private void dialled(String family, String host, Careless careless) {
        all.add(new Hostile(family, "http://" + host + ":" + canary + "/", Seen.WHEN_DIALLED, careless));
    }
}
