package org.zosgrid.workloads.mail;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * Where the people of one organisation get mail; read anew each time, so an address that was corrected counts for what still waits.
 *
 * @param field what names the file, for errors
 * @param file  properties: a person of the trust root = an address
 */
record AddressBook(String field, Path file) {
    /** @throws IOException that names the field, if the file cannot be read or has no address of this person */
    String of(String person) throws IOException {
        var known = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            known.load(reader);
        } catch (IOException | IllegalArgumentException wrong) {
            throw new IOException(field + ": must be a properties file that can be read (is: " + file + ")", wrong);
        }
        String address = known.getProperty(person, "").strip();
        if (address.isEmpty()) {
            throw new IOException(field + ": has no address of " + person + " (is: " + file + ")");
        }
        return address;
    }
}
