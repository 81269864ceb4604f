package org.zosgrid.workloads.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One organisation's file of addresses. */
class AddressBookTest {
    private static final String FIELD = "organisations.acme.mailAddresses";

    @TempDir Path folder;
    private Path file = Path.of("");

    @BeforeEach
    void place() {
        file = folder.resolve("addresses");
    }

    @Test
    void aPersonsAddressIsTheOneThatTheFileHasNow() throws Exception {
        Files.writeString(file, "alice = alice@acme.example \nbob=\n");
        AddressBook book = new AddressBook(FIELD, file);
        assertThat(book.of("alice")).isEqualTo("alice@acme.example");
        Files.writeString(file, "alice=alice@new.example\n");
        assertThat(book.of("alice")).isEqualTo("alice@new.example");
    }

    @Test
    void whoHasNoAddressIsNamedWithTheField() throws Exception {
        Files.writeString(file, "alice=alice@acme.example\nbob=\n");
        for (String nobody : new String[] {"bob", "carol"}) {
            assertThatThrownBy(() -> new AddressBook(FIELD, file).of(nobody)).isInstanceOf(IOException.class).hasMessage(FIELD + ": has no address of " + nobody + " (is: " + file + ")");
        }
    }

    @Test
    void aFileThatIsNotThereOrIsNoneOfPropertiesIsNamedWithTheField() throws Exception {
        AddressBook book = new AddressBook(FIELD, file);
        String why = FIELD + ": must be a properties file that can be read (is: " + file + ")";
        assertThatThrownBy(() -> book.of("alice")).isInstanceOf(IOException.class).hasMessage(why);
        Files.writeString(file, "alice=\\u12\n");
        assertThatThrownBy(() -> book.of("alice")).isInstanceOf(IOException.class).hasMessage(why);
        Files.write(file, new byte[] {'a', '=', (byte) 0xff, '\n'});
        assertThatThrownBy(() -> book.of("alice")).isInstanceOf(IOException.class).hasMessage(why);
    }
}
