package org.zosgrid.contract.pkcs11;

import java.util.Map;
import org.zosgrid.contract.ContractException;

/** The token refused; says what was asked of it and the token's own word, with what can be done about the usual ones. */
public final class TokenException extends ContractException {
    static final long SLOT_ID_INVALID = 0x03;
    static final long USER_ALREADY_LOGGED_IN = 0x100;
    static final long CRYPTOKI_ALREADY_INITIALIZED = 0x191;

    private static final long serialVersionUID = 1;

    private static final Map<Long, String> WORDS = Map.ofEntries(
            Map.entry(0x02L, "CKR_HOST_MEMORY"),
            Map.entry(SLOT_ID_INVALID, "CKR_SLOT_ID_INVALID: the token was taken out"),
            Map.entry(0x05L, "CKR_GENERAL_ERROR"),
            Map.entry(0x06L, "CKR_FUNCTION_FAILED"),
            Map.entry(0x11L, "CKR_ATTRIBUTE_SENSITIVE: it may not leave the token"),
            Map.entry(0x13L, "CKR_ATTRIBUTE_VALUE_INVALID"),
            Map.entry(0x30L, "CKR_DEVICE_ERROR"),
            Map.entry(0x31L, "CKR_DEVICE_MEMORY: the token is full"),
            Map.entry(0x32L, "CKR_DEVICE_REMOVED: the token was taken out"),
            Map.entry(0x40L, "CKR_ENCRYPTED_DATA_INVALID"),
            Map.entry(0x60L, "CKR_KEY_HANDLE_INVALID: the key was removed from the token"),
            Map.entry(0x70L, "CKR_MECHANISM_INVALID: the token does not know the algorithm"),
            Map.entry(0x71L, "CKR_MECHANISM_PARAM_INVALID"),
            Map.entry(0x82L, "CKR_OBJECT_HANDLE_INVALID: the key was removed from the token"),
            Map.entry(0xA0L, "CKR_PIN_INCORRECT: the PIN is wrong; a token locks itself after a few wrong ones"),
            Map.entry(0xA2L, "CKR_PIN_LEN_RANGE: the PIN is wrong, it has not the length of this token's PINs"),
            Map.entry(0xA3L, "CKR_PIN_EXPIRED: set a new PIN with the token's own tool"),
            Map.entry(0xA4L, "CKR_PIN_LOCKED: too many wrong PINs; the token's security officer can unlock it"),
            Map.entry(0xB0L, "CKR_SESSION_CLOSED: the token was taken out"),
            Map.entry(0xB3L, "CKR_SESSION_HANDLE_INVALID: the token was taken out"),
            Map.entry(0xE0L, "CKR_TOKEN_NOT_PRESENT: put the token in"),
            Map.entry(0xE1L, "CKR_TOKEN_NOT_RECOGNIZED"),
            Map.entry(0xE2L, "CKR_TOKEN_WRITE_PROTECTED"),
            Map.entry(0x101L, "CKR_USER_NOT_LOGGED_IN"),
            Map.entry(0x102L, "CKR_USER_PIN_NOT_INITIALIZED: set a PIN with the token's own tool"),
            Map.entry(0x140L, "CKR_CURVE_NOT_SUPPORTED: the token does not know Ed25519"),
            Map.entry(0x190L, "CKR_CRYPTOKI_NOT_INITIALIZED"));

    TokenException(String problem) {
        super("token", problem);
    }

    TokenException(String problem, String value) {
        super("token", problem, value);
    }

    /** The library answered a call with something else than CKR_OK. */
    static TokenException answered(String asked, long code) {
        return new TokenException(asked + " is refused: " + WORDS.getOrDefault(code, "CKR 0x" + Long.toHexString(code)));
    }
}
