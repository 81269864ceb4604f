package org.zosgrid.contract.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Optional;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.key.PrivateKeyFile;

/** Who somebody is on the management network: a certificate, its key, and the authority that both sides trust. */
public record ManagementIdentity(X509Certificate certificate, PrivateKey key, X509Certificate authority) {

    /** Reads the three files that {@link ManagementAuthority#issue} wrote. */
    public static ManagementIdentity read(Path directory) {
        return new ManagementIdentity(certificate(directory.resolve(ManagementAuthority.CERTIFICATE)), key(directory), certificate(directory.resolve(ManagementAuthority.AUTHORITY)));
    }

    static PrivateKey key(Path directory) {
        Path file = directory.resolve(ManagementAuthority.KEY);
        try {
            return KeyFactory.getInstance("ML-DSA-65", ManagementTls.PROVIDER).generatePrivate(new PKCS8EncodedKeySpec(PrivateKeyFile.read(file, Optional.empty())));
        } catch (GeneralSecurityException broken) {
            throw new ContractException(file.toString(), "must hold an ML-DSA-65 key: " + broken.getMessage());
        }
    }

    static X509Certificate certificate(Path file) {
        try {
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509", ManagementTls.PROVIDER).generateCertificate(new ByteArrayInputStream(Files.readAllBytes(file)));
            if (certificate == null) { // what the provider makes of a file without any
                throw new ContractException(file.toString(), "must hold a certificate");
            }
            return certificate;
        } catch (GeneralSecurityException broken) {
            throw new ContractException(file.toString(), "must hold a certificate: " + broken.getMessage());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read the certificate " + file, unreadable);
        }
    }
}
