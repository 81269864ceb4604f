package org.zosgrid.settings;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.util.Map;
import java.util.Optional;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.inventory.NodeInventory;
import org.zosgrid.contract.organisation.MailAddresses;
import org.zosgrid.contract.organisation.Organisations;
import org.zosgrid.contract.policy.Window;
import org.zosgrid.contract.transport.ManagementIdentity;
import org.zosgrid.contract.trust.FollowedTrustRoot;

/** What must be in the files that settings name, found out by the code that reads them later: what is wrong in one is told before anything starts, and not when somebody needs it. */
final class Contents {
    private static final Map<Setting, Content> ALL = Map.of(
            Setting.TRUST_ROOT, new Content("must be a signed trust root, as 'zos trust init' writes it", false, Contents::trustRoot),
            Setting.INVENTORY, new Content("must be an inventory such as {\"nodes\": [{\"name\": \"compute-1\", \"address\": \"10.0.0.11\", \"storePort\": 9900, \"apiPort\": 9443}]}", false, NodeInventory::read),
            Setting.MANAGEMENT_TLS, new Content("must have certificate.pem, key.pem with an ML-DSA-65 key, and authority.pem", true, ManagementIdentity::read),
            Setting.ORGANISATIONS, new Content("must be as docs/organisations.md has it", false, Organisations::read),
            Setting.WORKFLOW_WINDOWS, new Content("must have windows such as {\"windows\": [{\"name\": \"night\", \"days\": [\"mon\"], \"from\": \"22:00\", \"to\": \"24:00\"}]}", false, file -> Window.named(Files.readAllBytes(file))),
            Setting.MAIL_ADDRESSES, new Content("must have lines such as alice=alice@example.org", false, MailAddresses::read),
            Setting.SCIM_TOKEN_FILE, new Content("must hold a token of at least " + Setting.SCIM_TOKEN_LENGTH + " characters", true, Contents::token),
            Setting.LDAP_AUTHORITY, new Content("must hold a certificate in PEM", false, Contents::certificates));

    private Contents() {}

    private interface Reader {
        /** Throws what is wrong. */
        void read(Path path) throws IOException, GeneralSecurityException;
    }

    /**
     * What is expected.
     *
     * @param right  half a sentence for people
     * @param secret whether to look means to open a file that only the server may read
     */
    private record Content(String right, boolean secret, Reader reader) {}

    /**
     * What is wrong with what a path leads to, in one line; empty if nothing is, or nothing is known of it.
     *
     * @param secrets whether files with secrets are opened too
     */
    static Optional<String> fault(Setting setting, Path path, boolean secrets) {
        Content content = ALL.get(setting);
        if (content == null || content.secret() && !secrets) {
            return Optional.empty();
        }
        try {
            content.reader().read(path);
            return Optional.empty();
        } catch (IOException | GeneralSecurityException | RuntimeException wrong) {
            return Optional.of(content.right() + " (" + told(wrong).replaceAll("\\s*\\R\\s*", " ") + ")");
        }
    }

    private static String told(Exception wrong) {
        return switch (wrong) {
            case NoSuchFileException missing -> "there is no " + missing.getFile();
            case UncheckedIOException unreadable when unreadable.getCause() instanceof NoSuchFileException missing -> "there is no " + missing.getFile();
            default -> String.valueOf(wrong.getMessage());
        };
    }

    private static void trustRoot(Path file) throws IOException {
        new FollowedTrustRoot(Envelope.parse(Files.readAllBytes(file)), Optional.empty());
    }

    private static void token(Path file) throws IOException {
        int length = Files.readString(file).strip().length();
        if (length < Setting.SCIM_TOKEN_LENGTH) {
            throw new IOException("it has " + length); // never what it holds
        }
    }

    private static void certificates(Path file) throws IOException, GeneralSecurityException {
        byte[] text = Files.readAllBytes(file);
        if (!new String(text, StandardCharsets.ISO_8859_1).contains("-----BEGIN CERTIFICATE-----")) {
            throw new IOException("no line is -----BEGIN CERTIFICATE-----");
        }
        CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(text));
    }
}
