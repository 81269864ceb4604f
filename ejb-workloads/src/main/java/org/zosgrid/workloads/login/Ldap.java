package org.zosgrid.workloads.login;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import com.unboundid.util.ssl.JVMDefaultTrustManager;
import com.unboundid.util.ssl.PEMFileTrustManager;
import com.unboundid.util.ssl.SSLUtil;
import java.io.File;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.zosgrid.contract.Fault;
import org.zosgrid.workloads.RefusedException;
import org.zosgrid.workloads.RefusedException.Kind;

/**
 * A directory that knows people, asked over TLS: an account of the server's own finds the person, and the person's own password decides (RFC 4513, section 5.1.3). A directory that does not
 * answer, or whose certificate is not good, is no login.
 */
final class Ldap {
    private static final Logger LOG = Logger.getLogger(Ldap.class.getName());
    private static final int PATIENCE_MILLISECONDS = 5000;

    /**
     * How a directory is asked.
     *
     * @param startTls  whether TLS begins after the connection, or with it (LDAPS); one of the two it is
     * @param authority PEM with the authority of its certificate; empty: those that Java trusts
     * @param people    the entry below which people are
     * @param nameAttribute by which they log in, such as {@code uid}
     * @param groups    the entry below which groups are, whose {@code member} people are
     */
    record Access(String host, int port, boolean startTls, Optional<File> authority, String account, String password, String people, String nameAttribute, String groups) {}

    /** Somebody, as the directory knows them. Groups are those attributes {@code cn} of the groups. */
    record Person(String name, Set<String> groups) {}

    private final Access access;

    Ldap(Access access) {
        this.access = access;
    }

    /**
     * Whom this name and password are of; empty if the directory says that there is nobody.
     *
     * @throws RefusedException UNAVAILABLE
     */
    Optional<Person> find(String name, String password) {
        if (password.isEmpty()) {
            return Optional.empty(); // an unauthenticated bind, which many directories answer with success (RFC 4513, section 5.1.2)
        }
        try (LDAPConnection connection = connect()) {
            connection.bind(new SimpleBindRequest(access.account(), access.password()));
            // The name is a value of the filter, never a part of its text.
            var search = new SearchRequest(access.people(), SearchScope.SUB, Filter.createEqualityFilter(access.nameAttribute(), name), access.nameAttribute());
            search.setSizeLimit(2);
            List<SearchResultEntry> found = connection.search(search).getSearchEntries();
            if (found.size() != 1) {
                return Optional.empty();
            }
            SearchResultEntry entry = found.getFirst();
            Set<String> groups = new TreeSet<>();
            for (SearchResultEntry group : connection.search(new SearchRequest(access.groups(), SearchScope.SUB, Filter.createEqualityFilter("member", entry.getDN()), "cn")).getSearchEntries()) {
                Optional.ofNullable(group.getAttributeValue("cn")).ifPresent(groups::add);
            }
            return isPasswordOf(entry.getDN(), password) ? Optional.of(new Person(Optional.ofNullable(entry.getAttributeValue(access.nameAttribute())).orElse(name), groups)) : Optional.empty();
        } catch (LDAPException | GeneralSecurityException away) {
            LOG.warning("the directory " + access.host() + ":" + access.port() + " cannot be asked: " + away.getMessage());
            throw new RefusedException(Kind.UNAVAILABLE, "The directory cannot be asked", new Fault("zos.ldap.host", "must answer over TLS and take the account of zos.ldap.account", reason(away)));
        }
    }

    /** On a connection of its own, so that nothing is searched with somebody's rights. */
    private boolean isPasswordOf(String dn, String password) throws LDAPException, GeneralSecurityException {
        try (LDAPConnection connection = connect()) {
            return connection.bind(new SimpleBindRequest(dn, password)).getResultCode().equals(ResultCode.SUCCESS);
        } catch (LDAPException refused) {
            if (refused.getResultCode().equals(ResultCode.INVALID_CREDENTIALS) || refused.getResultCode().equals(ResultCode.UNWILLING_TO_PERFORM) || refused.getResultCode().equals(ResultCode.CONSTRAINT_VIOLATION)) {
                return false;
            }
            throw refused;
        }
    }

    private LDAPConnection connect() throws LDAPException, GeneralSecurityException {
        var options = new LDAPConnectionOptions();
        options.setConnectTimeoutMillis(PATIENCE_MILLISECONDS);
        options.setResponseTimeoutMillis(PATIENCE_MILLISECONDS);
        options.setFollowReferrals(false);
        SSLSocketFactory tls = new NamedPeer(tls().getSocketFactory());
        if (!access.startTls()) {
            return new LDAPConnection(tls, options, access.host(), access.port());
        }
        LDAPConnection connection = new LDAPConnection(options, access.host(), access.port());
        try {
            connection.processExtendedOperation(new StartTLSExtendedRequest(tls));
            return connection;
        } catch (LDAPException refused) {
            connection.close();
            throw refused;
        }
    }

    private SSLContext tls() throws GeneralSecurityException {
        SSLUtil util = access.authority().isPresent() ? new SSLUtil(new PEMFileTrustManager(access.authority().get())) : new SSLUtil(JVMDefaultTrustManager.getInstance());
        return util.createSSLContext();
    }

    /** For whoever wants to log in, so in few words, and never what was sent; the log has more. A server that is away is another thing than one that cannot show who it is. */
    private static String reason(Exception failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return "TLS with it failed";
            }
        }
        return failed instanceof LDAPException ldap ? ldap.getResultCode().getName() : String.valueOf(failed.getMessage());
    }
}
