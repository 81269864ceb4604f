package org.zosgrid.contract.transport;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.zosgrid.contract.key.PrivateKeyFile;

/**
 * Issues the management network's certificates: ML-DSA-65 all the way. An identity is a directory with {@code certificate.pem}, {@code key.pem}
 * and {@code authority.pem}; the certificate's common name says who it is.
 */
public final class ManagementAuthority {
    static final String CERTIFICATE = "certificate.pem";
    static final String KEY = "key.pem";
    static final String AUTHORITY = "authority.pem";

    private static final String ALGORITHM = "ML-DSA-65";
    private static final Duration VALID = Duration.ofDays(365);
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private final X509Certificate certificate;
    private final PrivateKey key;

    private ManagementAuthority(X509Certificate certificate, PrivateKey key) {
        this.certificate = certificate;
        this.key = key;
    }

    /** Makes a new authority and keeps it in a directory. */
    public static ManagementAuthority create(Path directory) {
        try {
            KeyPair pair = generate();
            X500Name name = new X500Name("CN=management-authority");
            X509v3CertificateBuilder builder = builder(name, name, pair);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
            ManagementAuthority authority = new ManagementAuthority(sign(builder, pair.getPrivate()), pair.getPrivate());
            Files.createDirectories(directory);
            writeCertificate(directory.resolve(AUTHORITY), authority.certificate);
            PrivateKeyFile.write(directory.resolve(KEY), pair.getPrivate().getEncoded(), Optional.empty());
            return authority;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Reads one that {@link #create} kept. */
    public static ManagementAuthority read(Path directory) {
        return new ManagementAuthority(ManagementIdentity.certificate(directory.resolve(AUTHORITY)), ManagementIdentity.key(directory));
    }

    /**
     * Issues an identity, for client and server use.
     *
     * @param name the common name: {@code control-plane} or a node's name
     * @param addresses where it answers
     * @param directory where its three files go
     */
    public void issue(String name, List<InetAddress> addresses, Path directory) {
        try {
            KeyPair pair = generate();
            X500Name issuer = new X500Name("CN=management-authority");
            X509v3CertificateBuilder builder = builder(issuer, new X500Name("CN=" + name), pair);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.extendedKeyUsage, false,
                    new ExtendedKeyUsage(new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}));
            GeneralName[] names = java.util.stream.Stream.concat(
                            java.util.stream.Stream.of(new GeneralName(GeneralName.dNSName, name)),
                            addresses.stream().map(address -> new GeneralName(GeneralName.iPAddress, address.getHostAddress())))
                    .toArray(GeneralName[]::new);
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
            Files.createDirectories(directory);
            writeCertificate(directory.resolve(CERTIFICATE), sign(builder, key));
            writeCertificate(directory.resolve(AUTHORITY), certificate);
            PrivateKeyFile.write(directory.resolve(KEY), pair.getPrivate().getEncoded(), Optional.empty());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static KeyPair generate() {
        try {
            return KeyPairGenerator.getInstance(ALGORITHM, ManagementTls.PROVIDER).generateKeyPair();
        } catch (GeneralSecurityException unsupported) {
            throw new IllegalStateException(unsupported);
        }
    }

    private static X509v3CertificateBuilder builder(X500Name issuer, X500Name subject, KeyPair pair) throws CertIOException {
        Instant now = Instant.now();
        return new JcaX509v3CertificateBuilder(issuer, new BigInteger(127, new SecureRandom()).add(BigInteger.ONE),
                Date.from(now.minus(CLOCK_SKEW)), Date.from(now.plus(VALID)), subject, pair.getPublic());
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key) {
        try {
            return new JcaX509CertificateConverter().setProvider(ManagementTls.PROVIDER)
                    .getCertificate(builder.build(new JcaContentSignerBuilder(ALGORITHM).setProvider(ManagementTls.PROVIDER).build(key)));
        } catch (OperatorCreationException | GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static void writeCertificate(Path file, X509Certificate certificate) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
            pem.writeObject(certificate);
        }
        Files.writeString(file, text.toString());
    }
}
