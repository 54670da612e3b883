package tv.tldr.api.export;

import java.io.StringWriter;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The moments one after the other as a project of Final Cut Pro (FCPXML 1.10). */
public final class FinalCut {
    private static final String FORMAT = "r1";
    private static final String ASSET = "r2";

    private final Footage footage;
    private final XMLStreamWriter xml;

    private FinalCut(Footage footage, XMLStreamWriter xml) {
        this.footage = footage;
        this.xml = xml;
    }

    public static String of(Footage footage) {
        StringWriter text = new StringWriter();
        try {
            new FinalCut(footage, XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text)).write();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a text in memory takes everything", e);
        }
        return text + "\n";
    }

    private void write() throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeDTD("<!DOCTYPE fcpxml>");
        open("fcpxml", Map.of("version", "1.10"));
        resources();
        open("library", Map.of());
        open("event", Map.of("name", name()));
        open("project", Map.of("name", name()));
        spine();
        xml.writeEndDocument();
        xml.close();
    }

    private void resources() throws XMLStreamException {
        xml.writeStartElement("resources");
        Map<String, String> format = new TreeMap<>(Map.of("id", FORMAT, "frameDuration", time(1)));
        if (footage.video()) {
            format.put("width", String.valueOf(footage.width()));
            format.put("height", String.valueOf(footage.height()));
        }
        open("format", format);
        xml.writeEndElement();
        Map<String, String> asset = new TreeMap<>(
                Map.of("id", ASSET, "name", name(), "start", "0s", "format", FORMAT, "duration", time(all())));
        if (footage.video()) {
            asset.put("hasVideo", "1");
        }
        if (footage.audio()) {
            asset.put("hasAudio", "1");
        }
        open("asset", asset);
        open("media-rep", Map.of("kind", "original-media", "src", footage.url()));
        xml.writeEndElement();
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private void spine() throws XMLStreamException {
        long shown = footage.moments().stream()
                .mapToLong(moment -> moment.frames(footage.rate()))
                .sum();
        open("sequence", Map.of("format", FORMAT, "duration", time(shown), "tcStart", "0s", "tcFormat", "NDF"));
        xml.writeStartElement("spine");
        long offset = 0;
        for (Footage.Moment moment : footage.moments()) {
            long frames = moment.frames(footage.rate());
            open(
                    "asset-clip",
                    Map.of(
                            "ref", ASSET,
                            "name", moment.name(),
                            "offset", time(offset),
                            "start", time(moment.first(footage.rate())),
                            "duration", time(frames)));
            String note = PlainText.line(moment.description());
            if (!note.isEmpty()) {
                xml.writeStartElement("note");
                xml.writeCharacters(note);
                xml.writeEndElement();
            }
            xml.writeEndElement();
            offset += frames;
        }
    }

    private void open(String element, Map<String, String> attributes) throws XMLStreamException {
        xml.writeStartElement(element);
        for (Map.Entry<String, String> attribute : new TreeMap<>(attributes).entrySet()) {
            xml.writeAttribute(attribute.getKey(), attribute.getValue());
        }
    }

    private long all() {
        return footage.rate().frames(footage.duration());
    }

    private String name() {
        return PlainText.line(footage.name());
    }

    /** Exact: a fraction of a second. */
    private String time(long frames) {
        FrameRate rate = footage.rate();
        return frames == 0 ? "0s" : frames * rate.denominator() + "/" + rate.numerator() + "s";
    }
}
