package org.zosgrid.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The catalogue: one constant for each setting, in the order in which {@code docs/configuration.md} tells of them. */
public enum Setting {
    STATE("zos.state", Type.STATE, null, "everything that must survive a restart lives below it"),
    TRUST_ROOT("zos.trust-root", Type.FILE, null, "the envelope of the trust root that is pinned"),
    LEDGER_KEY("zos.ledger-key", Type.FILE_OR_DIRECTORY, null, "the key pair that signs the ledger's checkpoints, or a directory of them: the one that the trust root in force names counts"),
    INVENTORY("zos.inventory", Type.FILE, null, "JSON: the nodes and their management addresses; followed while the system runs, so replace it by a rename; rewritten when nodes come and go, so its directory must be writable"),
    MANAGEMENT_TLS("zos.management-tls", Type.DIRECTORY, null, "certificate, key and authority for TLS to the nodes"),
    HUB("zos.hub", Type.HTTP_ADDRESS, null, "where images are published"),
    ORGANISATIONS("zos.organisations", Type.FILE, "", "JSON: organisations that share this installation, each with a trust root, a ledger, a hub and nodes of its own, and quotas; empty: there is one"),
    HTTP_PORT("zos.http.port", Type.PORT, null, "port of REST and console"),
    HTTP_ADDRESS("zos.http.address", Type.IP_ADDRESS, "127.0.0.1", "IP address on which that port listens; anything but loopback only where a TLS proxy alone reaches it: HTTP itself is in the clear"),
    DATABASE_URL("zos.database.url", Type.JDBC_ADDRESS, "", "the database; empty: an embedded PostgreSQL under `zos.state`"),
    DATABASE_USER("zos.database.user", Type.TEXT, "", "with `zos.database.url` only"),
    DATABASE_PASSWORD_FILE("zos.database.password-file", Type.SECRET_FILE, "", "with `zos.database.url` only"),
    LEDGER_STORE_ADDRESS("zos.ledger-store.address", Type.HOST_AND_PORT, "", "a Zero-DB with a namespace `ledger` of mode user; it is spoken to in the clear, and control planes that share a database share it; empty: one of its own under `zos.state`"),
    LEDGER_STORE_PASSWORD_FILE("zos.ledger-store.password-file", Type.SECRET_FILE, "", "the password of that namespace; with `zos.ledger-store.address` only"),
    WORKFLOW_RETRY_PAUSE("zos.workflow.retry-pause", Type.DURATION, "PT3S", "between two attempts of a workflow to reach somebody"),
    WORKFLOW_VERIFICATION_PATIENCE("zos.workflow.verification-patience", Type.DURATION, "PT10M", "how long an image hub that is away is waited for"),
    WORKFLOW_PROVISIONING_PATIENCE("zos.workflow.provisioning-patience", Type.DURATION, "PT5M", "how long nodes and gateways are waited for until all is taken back"),
    WORKFLOW_ROTATION_PATIENCE("zos.workflow.rotation-patience", Type.DURATION, "PT24H", "how long nodes may take to follow a new trust root; who is silent is told after a quarter of it and at its end"),
    WORKFLOW_DRIFT_REMINDER("zos.workflow.drift-reminder", Type.DURATION, "PT4H", "after which time people are told again that something drifts and nobody has chosen what to do"),
    WORKFLOW_REVIEW_PATIENCE("zos.workflow.review-patience", Type.DURATION, "P7D", "how long after its end an emergency change may wait for its review, before no other emergency of the same deployment is taken"),
    WORKFLOW_WINDOWS("zos.workflow.windows", Type.FILE, "", "JSON: maintenance windows by the names that models say; empty: there are none"),
    WORKFLOW_PRICE_PROCESSOR("zos.workflow.price-processor", Type.PRICE, "", "what a processor costs a month, in the currency of the whole installation; decision tables and conditions know the cost of a change by both prices, and without them take it for more than any number"),
    WORKFLOW_PRICE_MEMORY("zos.workflow.price-memory", Type.PRICE, "", "what a GiB of memory costs a month, in the same currency; must be given with `zos.workflow.price-processor`"),
    WEBHOOKS_ALLOW("zos.webhooks.allow", Type.ORIGINS, "", "origins to which webhooks may send, such as `https://hooks.example.org` or `https://*.corp.example:8443`; empty: none"),
    WEBHOOKS_SECRETS("zos.webhooks.secrets", Type.DIRECTORY, "", "files with the secrets of webhooks that were not made here; empty: none"),
    WEBHOOKS_ATTEMPTS("zos.webhooks.attempts", Type.COUNT, "12", "how often a message is tried before it is a dead letter"),
    WEBHOOKS_FIRST_PAUSE("zos.webhooks.first-pause", Type.DURATION, "PT2S", "after the first failure; doubled after each"),
    WEBHOOKS_LONGEST_PAUSE("zos.webhooks.longest-pause", Type.DURATION, "PT1H", "the most that a pause is doubled to"),
    WEBHOOKS_ANSWER_LIMIT("zos.webhooks.answer-limit", Type.DURATION, "PT10S", "how long a receiver may take to answer"),
    MAIL_HOST("zos.mail.host", Type.TEXT, "", "the SMTP server by which people are told; empty: nobody is"),
    MAIL_PORT("zos.mail.port", Type.PORT, "587", "its port"),
    MAIL_SECURITY("zos.mail.security", Type.MAIL_SECURITY, "starttls", "how the connection to it is protected; `none` only on this machine"),
    MAIL_USER("zos.mail.user", Type.TEXT, "", "who logs in there; empty: nobody does"),
    MAIL_PASSWORD_FILE("zos.mail.password-file", Type.SECRET_FILE, "", "with `zos.mail.user` only"),
    MAIL_FROM("zos.mail.from", Type.TEXT, "", "sender of all mail; must be given with `zos.mail.host`"),
    MAIL_ADDRESSES("zos.mail.addresses", Type.FILE, "", "properties: a person of the trust root = an address; must be given with `zos.mail.host`; other organisations have files of their own (`mailAddresses`)"),
    MAIL_CONSOLE("zos.mail.console", Type.HTTP_ADDRESS, "", "where people reach the console, such as `https://zos.example.org`, for links in mail; empty: mail names commands alone"),
    MAIL_ATTEMPTS("zos.mail.attempts", Type.COUNT, "10", "how often a message is tried before it is given up, with a pause that doubles from 10 seconds to an hour"),
    METRICS_TOKEN_FILE("zos.metrics.token-file", Type.SECRET_FILE, "", "what a collector of `/metrics` shows as bearer token; empty: nobody gets them"),
    TRACING_ENDPOINT("zos.tracing.endpoint", Type.HTTP_ADDRESS, "", "collector of OpenTelemetry traces (OTLP over HTTP, without the path `/v1/traces`); empty: nothing is traced"),
    TICKETS_SYSTEM("zos.tickets.system", Type.TICKET_SYSTEM, "", "where tickets about changes are kept; empty: nowhere"),
    TICKETS_URL("zos.tickets.url", Type.HTTP_ADDRESS, "", "its address; must be given with `zos.tickets.system`"),
    TICKETS_USER("zos.tickets.user", Type.TEXT, "", "who logs in there; must be given with `zos.tickets.system`"),
    TICKETS_PASSWORD_FILE("zos.tickets.password-file", Type.SECRET_FILE, "", "password or API token; must be given with `zos.tickets.system`"),
    TICKETS_PROJECT("zos.tickets.project", Type.TEXT, "", "the key of Jira's project; must be given with `jira`"),
    TICKETS_ISSUE_TYPE("zos.tickets.issue-type", Type.TEXT, "Task", "the type of Jira's issues"),
    TICKETS_PAUSE("zos.tickets.pause", Type.DURATION, "PT30S", "how often each ticket is asked what is thought of it"),
    TOKENS_ISSUER("zos.tokens.issuer", Type.TEXT, "", "who makes tokens that may read here: the claim `iss`, as an OpenID provider's discovery states it; empty: nobody"),
    TOKENS_AUDIENCE("zos.tokens.audience", Type.TEXT, "", "this server's name in them, the claim `aud`; must be given with `zos.tokens.issuer`"),
    TOKENS_KEYS("zos.tokens.keys", Type.SAFE_ADDRESS, "", "where the issuer publishes its keys (JWK set, `jwks_uri`); must be given with `zos.tokens.issuer`"),
    TOKENS_GROUPS_CLAIM("zos.tokens.groups-claim", Type.TEXT, "groups", "the claim that lists a holder's groups"),
    TOKENS_ORGANISATION_CLAIM("zos.tokens.organisation-claim", Type.TEXT, "", "the claim that names the holder's organisation, of those in `zos.organisations`; empty: every token is the default organisation's"),
    TOKENS_READERS("zos.tokens.readers", Type.LIST, "", "groups that may read; empty: none"),
    TOKENS_ADMINISTRATORS("zos.tokens.administrators", Type.LIST, "", "groups that may also do what sets this server up and needs no signature, such as webhooks; empty: none"),
    TOKENS_PROVISIONERS("zos.tokens.provisioners", Type.LIST, "", "groups of services that may keep accounts and groups through SCIM, and nothing else; empty: none"),
    SCIM_TOKEN_FILE("zos.scim.token-file", Type.SECRET_FILE, "", "what a provisioning service shows as bearer token at `/scim/v2`, at least 32 characters; empty: no such service, unless a token of `zos.tokens.provisioners` comes"),
    LOGINS_READERS("zos.logins.readers", Type.LIST, "", "groups of accounts and of the directory that may read; empty: none"),
    LOGINS_ADMINISTRATORS("zos.logins.administrators", Type.LIST, "", "groups of accounts and of the directory that may also set this server up; empty: none"),
    LOGINS_LIFETIME("zos.logins.lifetime", Type.DURATION, "PT8H", "how long a login counts"),
    LDAP_HOST("zos.ldap.host", Type.TEXT, "", "the directory that knows people of the default organisation; empty: none"),
    LDAP_PORT("zos.ldap.port", Type.PORT, "636", "its port"),
    LDAP_SECURITY("zos.ldap.security", Type.LDAP_SECURITY, "ldaps", "whether TLS begins with the connection to it or after StartTLS; there is none without"),
    LDAP_AUTHORITY("zos.ldap.authority", Type.FILE, "", "PEM: the authority of its certificate; empty: those that Java trusts"),
    LDAP_ACCOUNT("zos.ldap.account", Type.TEXT, "", "the distinguished name by which people are looked for; must be given with `zos.ldap.host`"),
    LDAP_PASSWORD_FILE("zos.ldap.password-file", Type.SECRET_FILE, "", "the password of that account; must be given with `zos.ldap.host`"),
    LDAP_PEOPLE("zos.ldap.people", Type.TEXT, "", "the entry below which people are; must be given with `zos.ldap.host`"),
    LDAP_NAME_ATTRIBUTE("zos.ldap.name-attribute", Type.TEXT, "uid", "the attribute by which they log in"),
    LDAP_GROUPS("zos.ldap.groups", Type.TEXT, "", "the entry below which groups are, with their people as `member` and a name as `cn`; must be given with `zos.ldap.host`");

    /** Characters that a provisioning service's token has at least: what is shorter could be guessed. */
    public static final int SCIM_TOKEN_LENGTH = 32;

    private final String key;
    private final Type type;
    private final @Nullable String otherwise;
    private final String description;

    /** {@code otherwise} is null for what must be given. */
    Setting(String key, Type type, @Nullable String otherwise, String description) {
        this.key = key;
        this.type = type;
        this.otherwise = otherwise;
        this.description = description;
    }

    /** Its name, as it is written in the file. */
    public String key() {
        return key;
    }

    public Type type() {
        return type;
    }

    /** The value if none is given: empty text for "none"; absent if one must be given. */
    public Optional<String> otherwise() {
        return Optional.ofNullable(otherwise);
    }

    /** Half a sentence, in Markdown. */
    public String description() {
        return description;
    }

    /** Its name as an environment variable, as MicroProfile Config maps it. */
    public String variable() {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    static Optional<Setting> of(String key) {
        return Arrays.stream(values()).filter(each -> each.key.equals(key)).findFirst();
    }
}
