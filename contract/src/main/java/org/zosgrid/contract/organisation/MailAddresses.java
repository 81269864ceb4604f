package org.zosgrid.contract.organisation;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.Fault;

/** Where people get mail: a properties file, a person of the trust root = an address. Who is in it need not be in the trust root yet. */
public final class MailAddresses {
    private static final int MAX_PERSON = 36;

    /** Of RFC 5321 what people have: no quoted local parts, no literal addresses of hosts. Whether there is such a mailbox its server alone knows. */
    private static final String MAILBOX = "[^\\s<>()\\[\\]\\\\,;:\"@]{1,64}@[^\\s<>()\\[\\]\\\\,;:\"@]{1,255}";
    private static final Pattern ADDRESS = Pattern.compile(MAILBOX + "|[^<>\\r\\n]*<" + MAILBOX + ">");

    private MailAddresses() {}

    /**
     * Reads such a file.
     *
     * @return addresses by person
     * @throws ContractException with every line that names no person or no address
     * @throws IOException if it cannot be read, or is no properties file
     */
    public static Map<String, String> read(Path file) throws IOException {
        var lines = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            lines.load(reader);
        } catch (IllegalArgumentException malformed) {
            throw new IOException("is no properties file: " + malformed.getMessage(), malformed);
        }
        Map<String, String> addresses = new TreeMap<>();
        lines.stringPropertyNames().forEach(person -> addresses.put(person, lines.getProperty(person).strip()));
        List<Fault> faults = new ArrayList<>();
        addresses.forEach((person, address) -> {
            if (person.isBlank() || person.length() > MAX_PERSON) {
                faults.add(new Fault(person, "must begin with a person's name of 1 to " + MAX_PERSON + " characters", address));
            } else if (!ADDRESS.matcher(address).matches()) {
                faults.add(new Fault(person, "must be an address such as " + person.replaceAll("[^A-Za-z0-9.-]", "") + "@example.org", address));
            }
        });
        if (!faults.isEmpty()) {
            throw new ContractException(faults);
        }
        return addresses;
    }
}
