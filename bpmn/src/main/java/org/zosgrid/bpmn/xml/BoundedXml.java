package org.zosgrid.bpmn.xml;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads a whole document within bounds. Processing instructions and comments are passed over; a document type ends the reading. */
public final class BoundedXml {
    /** Most bytes of a document. */
    public static final int MOST_BYTES = 1 << 20;
    /** Most elements, of whatever kind. */
    public static final int MOST_ELEMENTS = 20_000;
    /** Deepest element. */
    public static final int DEEPEST = 40;
    /** Most attributes of one element. */
    private static final int MOST_ATTRIBUTES = 40;

    private final XMLStreamReader reader;
    private final int mostElements;
    private int elements;

    private BoundedXml(XMLStreamReader reader, int mostElements) {
        this.reader = reader;
        this.mostElements = mostElements;
    }

    /** @throws XmlException if it is too much, not UTF-8, not well-formed, or has a document type */
    public static Element read(byte[] document) throws XmlException {
        return read(document, 1);
    }

    /**
     * Reads a document that may be larger, because we wrote it.
     *
     * @param times how many times as large as a stranger's it may be
     * @throws XmlException if it is too much, not UTF-8, not well-formed, or has a document type
     */
    public static Element read(byte[] document, int times) throws XmlException {
        if (document.length > MOST_BYTES * times) {
            throw new XmlException("a document has at most " + MOST_BYTES * times + " bytes (is: " + document.length + ")");
        }
        String text = text(document);
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(text));
            String declared = reader.getCharacterEncodingScheme();
            if (declared != null && !declared.equalsIgnoreCase("UTF-8")) {
                throw new XmlException("the declared encoding must be UTF-8 (is: " + declared + ")");
            }
            return new BoundedXml(reader, MOST_ELEMENTS * times).root();
        } catch (XMLStreamException broken) {
            throw new XmlException("line " + broken.getLocation().getLineNumber() + ": is not well-formed XML: " + String.valueOf(broken.getMessage()).lines().reduce((first, last) -> last).orElse(""));
        }
    }

    /** Decoded here, so that no parser guesses another encoding than a later reader does. */
    private static String text(byte[] document) throws XmlException {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(document)).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException other) {
            throw new XmlException("a document is encoded in UTF-8, and this one is not");
        }
    }

    /** The JDK's own, whatever else is on the class path. */
    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    private Element root() throws XMLStreamException, XmlException {
        Element root = null;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> root = element(1);
                case XMLStreamConstants.DTD -> throw new XmlException("line " + reader.getLocation().getLineNumber() + ": a document type (DOCTYPE) is not read; leave it out");
                default -> { }
            }
        }
        if (root == null) {
            throw new XmlException("an element must stand in the document");
        }
        return root;
    }

    private Element element(int depth) throws XMLStreamException, XmlException {
        int line = reader.getLocation().getLineNumber();
        if (depth > DEEPEST) {
            throw new XmlException("line " + line + ": elements stand at most " + DEEPEST + " deep in each other");
        }
        if (++elements > mostElements) {
            throw new XmlException("line " + line + ": a document has at most " + mostElements + " XML elements");
        }
        QName name = reader.getName();
        Map<QName, String> attributes = attributes(line);
        List<Element> children = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        while (true) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> children.add(element(depth + 1));
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> text.append(reader.getText());
                case XMLStreamConstants.ENTITY_REFERENCE -> throw new XmlException("line " + line + ": the entity " + reader.getLocalName() + " is not known; XML's own five are");
                case XMLStreamConstants.END_ELEMENT -> {
                    return new Element(name, attributes, children, text.toString().strip(), line);
                }
                default -> { }
            }
        }
    }

    private Map<QName, String> attributes(int line) throws XmlException {
        if (reader.getAttributeCount() > MOST_ATTRIBUTES) {
            throw new XmlException("line " + line + ": an element has at most " + MOST_ATTRIBUTES + " attributes (is: " + reader.getAttributeCount() + ")");
        }
        Map<QName, String> attributes = new HashMap<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            attributes.put(reader.getAttributeName(i), reader.getAttributeValue(i));
        }
        return attributes;
    }
}
