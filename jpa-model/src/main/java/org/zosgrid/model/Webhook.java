package org.zosgrid.model;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A subscription: who is told of decisions by HTTP, of which ones, and with which secret the messages are signed. */
@Entity
@Table(name = "webhook")
@Access(AccessType.FIELD)
public class Webhook {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private long id;

    private @Nullable String name;
    private String url = "";
    private String types = "";
    private byte @Nullable [] secret;

    @Column(name = "secret_file")
    private @Nullable String secretFile;

    private String creator = "";

    @Column(name = "created_at")
    private Instant createdAt = Instant.EPOCH;

    @Column(name = "leased_until")
    private Instant leasedUntil = Instant.EPOCH;

    protected Webhook() {}

    private Webhook(String url, List<String> types, byte @Nullable [] secret, @Nullable String secretFile, String creator, Instant createdAt) {
        this.url = url;
        this.types = String.join(",", types);
        this.secret = secret;
        this.secretFile = secretFile;
        this.creator = creator;
        this.createdAt = createdAt;
    }

    /**
     * Signed with a secret that was made for it.
     *
     * @param types of events; empty means all
     */
    public static Webhook withSecret(String url, List<String> types, byte[] secret, String creator, Instant at) {
        return new Webhook(url, types, secret.clone(), null, creator, at);
    }

    /** Signed with the secret in a file of the configured directory. */
    public static Webhook withSecretFile(String url, List<String> types, String file, String creator, Instant at) {
        return new Webhook(url, types, null, file, creator, at);
    }

    public long id() {
        return id;
    }

    /** By which models name it. */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /** From now on models may name it. */
    public void call(String named) {
        this.name = named;
    }

    public String url() {
        return url;
    }

    /** Of events; empty means all. */
    public List<String> types() {
        return types.isEmpty() ? List.of() : List.of(types.split(","));
    }

    public boolean wants(String type) {
        return types.isEmpty() || types().contains(type);
    }

    /** Empty if it stands in {@link #secretFile}. */
    public Optional<byte[]> secret() {
        return Optional.ofNullable(secret).map(byte[]::clone);
    }

    /** The file's name in the configured directory. */
    public Optional<String> secretFile() {
        return Optional.ofNullable(secretFile);
    }

    public String creator() {
        return creator;
    }

    public Instant createdAt() {
        return createdAt;
    }
}
