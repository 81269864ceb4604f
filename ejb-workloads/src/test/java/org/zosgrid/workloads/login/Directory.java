package org.zosgrid.workloads.login;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.util.ssl.KeyStoreKeyManager;
import com.unboundid.util.ssl.SSLUtil;
import java.io.File;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A directory of two people and two groups on loopback, with a certificate of its own for that address; LDAPS on one port and StartTLS on another. */
public final class Directory implements AutoCloseable {
    public static final String ACCOUNT = "cn=zos,dc=example,dc=org";
    public static final String PASSWORD = "the server's own";

    private final InMemoryDirectoryServer server;
    private final File authority;

    /** @param name for which its certificate is */
    public Directory(Path folder, String name) throws Exception {
        SSLContext tls = tls(folder, name);
        authority = folder.resolve("authority.pem").toFile();
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=example,dc=org");
        config.addAdditionalBindCredentials(ACCOUNT, PASSWORD);
        config.setListenerConfigs(
                InMemoryListenerConfig.createLDAPSConfig("ldaps", InetAddress.getLoopbackAddress(), 0, tls.getServerSocketFactory(), tls.getSocketFactory()),
                InMemoryListenerConfig.createLDAPConfig("starttls", InetAddress.getLoopbackAddress(), 0, tls.getSocketFactory()));
        server = new InMemoryDirectoryServer(config);
        server.add("dn: dc=example,dc=org", "objectClass: top", "objectClass: domain", "dc: example");
        for (String unit : List.of("people", "groups")) {
            server.add("dn: ou=" + unit + ",dc=example,dc=org", "objectClass: organizationalUnit", "ou: " + unit);
        }
        person("alice", "alice's password");
        person("al*", "a star's password");
        server.add("dn: cn=auditors,ou=groups,dc=example,dc=org", "objectClass: groupOfNames", "cn: auditors", "member: uid=alice,ou=people,dc=example,dc=org");
        server.add("dn: cn=platform,ou=groups,dc=example,dc=org", "objectClass: groupOfNames", "cn: platform", "member: uid=al*,ou=people,dc=example,dc=org");
        server.startListening();
    }

    private void person(String name, String password) throws Exception {
        server.add("dn: uid=" + name + ",ou=people,dc=example,dc=org", "objectClass: inetOrgPerson", "uid: " + name, "cn: " + name, "sn: " + name, "userPassword: " + password);
    }

    /** Where it takes TLS connections. */
    public int port() {
        return server.getListenPort("ldaps");
    }

    /** PEM: who vouches for it. */
    public Path authority() {
        return authority.toPath();
    }

    /** How it is asked. */
    Ldap.Access access(boolean startTls) {
        return new Ldap.Access("127.0.0.1", server.getListenPort(startTls ? "starttls" : "ldaps"), startTls, java.util.Optional.of(authority), ACCOUNT, PASSWORD, "ou=people,dc=example,dc=org", "uid",
                "ou=groups,dc=example,dc=org");
    }

    private static SSLContext tls(Path folder, String name) throws GeneralSecurityException, IOException, org.bouncycastle.operator.OperatorCreationException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair pair = generator.generateKeyPair();
        X500Name subject = new X500Name("CN=directory");
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(subject, BigInteger.ONE, Date.from(now.minusSeconds(60)), Date.from(now.plusSeconds(3600)), subject, pair.getPublic());
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName(GeneralName.iPAddress, name)));
        X509Certificate certificate = new JcaX509CertificateConverter().getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
        Files.writeString(folder.resolve("authority.pem"), "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded()) + "\n-----END CERTIFICATE-----\n");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("directory", pair.getPrivate(), "changeit".toCharArray(), new X509Certificate[] {certificate});
        Path file = folder.resolve("directory.p12");
        try (var out = Files.newOutputStream(file)) {
            store.store(out, "changeit".toCharArray());
        }
        return new SSLUtil(new KeyStoreKeyManager(file.toFile(), "changeit".toCharArray(), "PKCS12", "directory"), null).createSSLContext();
    }

    @Override
    public void close() {
        server.shutDown(true);
    }
}
