package org.zosgrid.contract.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.StrictJson;

/**
 * The private keys of a ledger or of a witness: an Ed25519 and an ML-DSA-44 key, each from a 32-byte seed. Whoever holds a ledger's can write it, but can
 * approve nothing. Nobody uses one key as both: the algorithms' numbers differ, so neither's signature would count for the other. The file is JSON: {@code origin}, {@code ed25519} and {@code mldsa44} (seeds in base64), readable by its owner only.
 */
public final class LedgerKey {
    private static final int SEED_BYTES = 32;

    private final String origin;
    private final byte[] curveSeed;
    private final byte[] latticeSeed;
    private final Ed25519PrivateKeyParameters curve;
    private final MLDSAPrivateKeyParameters lattice;

    private LedgerKey(String origin, byte[] curveSeed, byte[] latticeSeed) {
        this.origin = origin;
        this.curveSeed = curveSeed;
        this.latticeSeed = latticeSeed;
        this.curve = new Ed25519PrivateKeyParameters(curveSeed);
        this.lattice = new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_44, latticeSeed);
    }

    public static LedgerKey generate(String origin) {
        SecureRandom random = new SecureRandom();
        byte[] curveSeed = new byte[SEED_BYTES];
        byte[] latticeSeed = new byte[SEED_BYTES];
        random.nextBytes(curveSeed);
        random.nextBytes(latticeSeed);
        LedgerKey key = new LedgerKey(origin, curveSeed, latticeSeed);
        key.verifiers();
        return key;
    }

    public static LedgerKey read(Path file) {
        try {
            JsonObject object = JsonObject.of(Files.readAllBytes(file), "ledger key");
            String origin = object.text("origin", 200);
            byte[] curveSeed = seed(object, "ed25519");
            byte[] latticeSeed = seed(object, "mldsa44");
            object.end();
            return new LedgerKey(origin, curveSeed, latticeSeed);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read the ledger's key " + file, unreadable);
        }
    }

    /** Writes the key, mode 600; the file appears whole. */
    public void write(Path file) {
        try {
            Path directory = file.toAbsolutePath().getParent();
            Path temporary = Files.createTempFile(directory, ".ledger", "", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(temporary, StrictJson.bytes(StrictJson.object()
                    .put("origin", origin)
                    .put("ed25519", Base64.getEncoder().encodeToString(curveSeed))
                    .put("mldsa44", Base64.getEncoder().encodeToString(latticeSeed))));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write the ledger's key " + file, failed);
        }
    }

    public String origin() {
        return origin;
    }

    public LedgerKeys verifiers() {
        return new LedgerKeys(
                origin,
                NoteKeys.verifierKey(origin, NoteKeys.ED25519, curve.generatePublicKey().getEncoded()),
                NoteKeys.verifierKey(origin, NoteKeys.MLDSA44, lattice.getPublicKey()));
    }

    /** The public keys of a witness that signs with this key. */
    public WitnessKeys witnessVerifiers() {
        return new WitnessKeys(
                NoteKeys.verifierKey(origin, NoteKeys.COSIGNED_ED25519, curve.generatePublicKey().getEncoded()),
                NoteKeys.verifierKey(origin, NoteKeys.MLDSA44, lattice.getPublicKey()));
    }

    byte[] signEd25519(byte[] message) {
        return NoteKeys.signEd25519(curve, message);
    }

    byte[] signMldsa44(byte[] message) {
        return NoteKeys.signMldsa44(lattice, message);
    }

    private static byte[] seed(JsonObject object, String field) {
        byte[] seed = object.base64(field, SEED_BYTES);
        if (seed.length != SEED_BYTES) {
            object.fault(field, "must be a seed of " + SEED_BYTES + " bytes in base64", "");
            return new byte[SEED_BYTES];
        }
        return seed;
    }
}
