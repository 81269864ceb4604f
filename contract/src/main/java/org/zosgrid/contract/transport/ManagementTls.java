package org.zosgrid.contract.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.Provider;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;

/**
 * TLS on the management network. There is nothing to negotiate: TLS 1.3, the hybrid group X25519MLKEM768, ML-DSA-65 certificates of one authority on
 * both sides. A peer that offers less is refused in the handshake.
 */
public final class ManagementTls {
    private static final String[] PROTOCOLS = {"TLSv1.3"};
    private static final String[] GROUPS = {"X25519MLKEM768"};
    private static final String[] SCHEMES = {"mldsa65"};

    /** BouncyCastle logs every handshake; who is refused is told by the exception. Held here, since loggers are collected when nobody does. */
    private static final Logger QUIET = quiet();

    static final Provider PROVIDER = provider();
    private static final Provider JSSE = new BouncyCastleJsseProvider(PROVIDER);

    private ManagementTls() {}

    private static Logger quiet() {
        Logger logger = Logger.getLogger("org.bouncycastle.jsse");
        logger.setLevel(Level.OFF);
        return logger;
    }

    private static Provider provider() {
        Provider known = Security.getProvider(BouncyCastleProvider.PROVIDER_NAME);
        if (known != null) {
            return known;
        }
        Provider fresh = new BouncyCastleProvider();
        Security.addProvider(fresh);
        return fresh;
    }

    /** A context that knows one identity; sockets made from it still need {@link #parameters} (or use {@link #connect} and {@link #listen}). */
    public static SSLContext context(ManagementIdentity identity) {
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12", PROVIDER);
            keys.load(null, null);
            keys.setKeyEntry("identity", identity.key(), new char[0], new Certificate[] {identity.certificate(), identity.authority()});
            KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("PKIX", JSSE);
            keyManagers.init(keys, new char[0]);
            KeyStore trusted = KeyStore.getInstance("PKCS12", PROVIDER);
            trusted.load(null, null);
            trusted.setCertificateEntry("authority", identity.authority());
            TrustManagerFactory trustManagers = TrustManagerFactory.getInstance("PKIX", JSSE);
            trustManagers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLSv1.3", JSSE);
            context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException broken) {
            throw new IllegalStateException("the management identity cannot be used: " + broken.getMessage(), broken);
        }
    }

    /** What both sides insist on; a server always demands the client's certificate. */
    public static SSLParameters parameters(SSLContext context) {
        SSLParameters parameters = context.getDefaultSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        parameters.setNamedGroups(GROUPS);
        parameters.setSignatureSchemes(SCHEMES);
        parameters.setNeedClientAuth(true);
        return parameters;
    }

    /** Connects and shakes hands; the peer must hold a certificate with the expected common name. */
    public static SSLSocket connect(SSLContext context, InetSocketAddress address, String peerName, Duration limit) throws IOException {
        Socket plain = new Socket();
        try {
            plain.connect(address, Math.toIntExact(limit.toMillis()));
            plain.setTcpNoDelay(true);
            plain.setSoTimeout(Math.toIntExact(limit.toMillis()));
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, address.getHostString(), address.getPort(), true);
            socket.setSSLParameters(parameters(context));
            socket.startHandshake();
            String found = peerName(socket.getSession());
            if (!found.equals(peerName)) {
                throw new SSLException(address + " is '" + found + "' and not '" + peerName + "'");
            }
            return socket;
        } catch (IOException | RuntimeException failed) {
            plain.close();
            throw failed;
        }
    }

    /** A server socket; every accepted socket is an {@link SSLSocket} that demands a client certificate. */
    public static SSLServerSocket listen(SSLContext context, InetSocketAddress address) throws IOException {
        SSLServerSocket socket = (SSLServerSocket) context.getServerSocketFactory().createServerSocket();
        socket.setReuseAddress(true);
        socket.setSSLParameters(parameters(context));
        socket.bind(address);
        return socket;
    }

    /** The common name in the peer's certificate, which the handshake has verified. */
    public static String peerName(SSLSession session) throws SSLException {
        Principal subject = ((X509Certificate) session.getPeerCertificates()[0]).getSubjectX500Principal();
        String name = subject.getName();
        if (!name.startsWith("CN=") || name.contains(",")) {
            throw new SSLException("the peer's certificate must have a common name and nothing else (is: " + name + ")");
        }
        return name.substring("CN=".length());
    }
}
