package tv.tldr.activities.egress;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * What does a DASH playlist (MPD) name, and how is it shown to FFmpeg? It is written anew from what our parser read, so that
 * there is nothing in it that FFmpeg's could read otherwise. Names count without their namespaces, as FFmpeg takes them.
 */
final class DashPlaylist {
    private static final Set<String> ELEMENTS = Set.of("baseurl", "location");
    private static final Set<String> ATTRIBUTES = Set.of("media", "initialization", "index", "sourceurl");
    private static final String FEATURES = "http://apache.org/xml/features/";
    private static final String ENTITIES = "http://xml.org/sax/features/external-";
    private static final String LIMITS = "jdk.xml.";

    private DashPlaylist() {}

    /**
     * The same playlist with all that it names as {@link PlaylistUri} shows it.
     *
     * @param playlist where it came from
     * @throws ForbiddenAddressException when it names what may not be named, or cannot be read for certain
     */
    static byte[] shown(byte[] body, PublicUrl playlist) {
        try {
            Document document = parser().parse(new ByteArrayInputStream(body));
            show(document.getDocumentElement(), playlist);
            ByteArrayOutputStream shown = new ByteArrayOutputStream();
            writer().transform(new DOMSource(document.getDocumentElement()), new StreamResult(shown));
            return shown.toByteArray();
        } catch (SAXException | IOException | TransformerException e) {
            throw refused("what cannot be read as XML without a DOCTYPE");
        }
    }

    private static void show(Element element, PublicUrl playlist) {
        if (ELEMENTS.contains(name(element.getLocalName()))) {
            element.setTextContent(uri(element.getTextContent().strip(), playlist));
        }
        showAttributes(element, playlist);
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                show(inner, playlist);
            }
        }
    }

    private static void showAttributes(Element element, PublicUrl playlist) {
        NamedNodeMap attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            Attr attribute = (Attr) attributes.item(i);
            if (isLink(attribute)) {
                throw refused("xlink attributes, which are not followed");
            }
            String local = name(attribute.getLocalName());
            if (ATTRIBUTES.contains(local)) {
                attribute.setValue(uri(attribute.getValue().strip(), playlist));
            }
            // Both are put in the place of $…$ in URLs as they are.
            boolean isPutIn = "id".equals(local) && "representation".equals(name(element.getLocalName()));
            if (isPutIn && attribute.getValue().indexOf(':') >= 0) {
                throw refused("a Representation whose id has a colon");
            }
            if ("bandwidth".equals(local) && !attribute.getValue().strip().matches("[0-9]*")) {
                throw refused("a bandwidth that is not a number");
            }
        }
    }

    private static String uri(String text, PublicUrl playlist) {
        String shown = PlaylistUri.shown(text, playlist);
        // FFmpeg joins parts of URLs: in a part that is relative a colon might come to stand where a scheme ends.
        return shown.startsWith("http://") ? shown : shown.replace(":", "%3A");
    }

    private static boolean isLink(Attr attribute) {
        String space = attribute.getNamespaceURI() == null ? "" : attribute.getNamespaceURI();
        boolean isDeclaration = XMLConstants.XMLNS_ATTRIBUTE_NS_URI.equals(space);
        return !isDeclaration
                && (name(space).contains("xlink") || name(attribute.getName()).startsWith("xlink"));
    }

    private static String name(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static DocumentBuilder parser() {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
        try {
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature(FEATURES + "disallow-doctype-decl", true);
            factory.setFeature(FEATURES + "nonvalidating/load-external-dtd", false);
            factory.setFeature(ENTITIES + "general-entities", false);
            factory.setFeature(ENTITIES + "parameter-entities", false);
            // What visits and writes the tree goes as deep as the tree.
            factory.setAttribute(LIMITS + "maxElementDepth", "40");
            factory.setXIncludeAware(false);
            factory.setCoalescing(true);
            factory.setIgnoringComments(true);
            DocumentBuilder parser = factory.newDocumentBuilder();
            parser.setErrorHandler(new Strict());
            return parser;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the parser of this Java cannot be kept from the network", e);
        }
    }

    private static Transformer writer() throws TransformerException {
        TransformerFactory factory = TransformerFactory.newDefaultInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        Transformer writer = factory.newTransformer();
        writer.setOutputProperty(OutputKeys.ENCODING, "UTF-8");
        return writer;
    }

    private static ForbiddenAddressException refused(String what) {
        return new ForbiddenAddressException("its DASH playlist has " + what);
    }

    /** The usual one writes to standard error. */
    private static final class Strict implements ErrorHandler {
        @Override
        public void warning(SAXParseException warning) {
            // Nothing that changes what was read.
        }

        @Override
        public void error(SAXParseException error) throws SAXException {
            throw error;
        }

        @Override
        public void fatalError(SAXParseException error) throws SAXException {
            throw error;
        }
    }
}
