package org.zosgrid.contract.pkcs11;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One PKCS#11 library, loaded once and kept until the process ends (version 2.40's C interface, section 5, on machines whose {@code long} has 64 bits). The functions are found as the standard
 * says: {@code C_GetFunctionList} gives a structure of pointers in a fixed order.
 */
final class Cryptoki {
    static final ValueLayout.OfLong ULONG = ValueLayout.JAVA_LONG;
    static final AddressLayout POINTER = ValueLayout.ADDRESS;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Map<Path, Cryptoki> LOADED = new ConcurrentHashMap<>();
    /** Version (two bytes, padded), then the pointers. */
    private static final long FUNCTIONS_AT = 8;
    private static final long FUNCTION_COUNT = 68;
    private static final long OS_LOCKING_OK = 2;

    /** The functions that are used, each with its place in the list and its arguments: {@code u} a CK_ULONG, {@code p} a pointer, {@code b} a CK_BBOOL. */
    enum Function {
        INITIALIZE(0, "p"),
        GET_SLOT_LIST(4, "bpp"),
        GET_TOKEN_INFO(6, "up"),
        OPEN_SESSION(12, "uuppp"),
        CLOSE_SESSION(13, "u"),
        LOGIN(18, "uupu"),
        DESTROY_OBJECT(22, "uu"),
        GET_ATTRIBUTE_VALUE(24, "uupu"),
        FIND_OBJECTS_INIT(26, "upu"),
        FIND_OBJECTS(27, "upup"),
        FIND_OBJECTS_FINAL(28, "u"),
        ENCRYPT_INIT(29, "upu"),
        ENCRYPT(30, "upupp"),
        DECRYPT_INIT(33, "upu"),
        DECRYPT(34, "upupp"),
        SIGN_INIT(42, "upu"),
        SIGN(43, "upupp"),
        GENERATE_KEY(58, "uppup"),
        GENERATE_KEY_PAIR(59, "uppupupp");

        private final int place;
        private final FunctionDescriptor descriptor;

        Function(int place, String arguments) {
            this.place = place;
            this.descriptor = FunctionDescriptor.of(ULONG, arguments.chars().mapToObj(Function::layout).toArray(MemoryLayout[]::new));
        }

        private static MemoryLayout layout(int argument) {
            return switch (argument) {
                case 'u' -> ULONG;
                case 'p' -> POINTER;
                default -> ValueLayout.JAVA_BYTE;
            };
        }
    }

    private final Map<Function, MethodHandle> functions = new java.util.EnumMap<>(Function.class);

    private Cryptoki(Path library) {
        try {
            SymbolLookup symbols = SymbolLookup.libraryLookup(library, Arena.global());
            MemorySegment getFunctionList = symbols.find("C_GetFunctionList")
                    .orElseThrow(() -> new TokenException("needs a PKCS#11 library, which has a function C_GetFunctionList", library.toString()));
            MemorySegment list;
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment place = arena.allocate(POINTER);
                long answer = (long) LINKER.downcallHandle(getFunctionList, FunctionDescriptor.of(ULONG, POINTER)).invokeExact(place);
                if (answer != 0) {
                    throw TokenException.answered("the list of the functions of " + library, answer);
                }
                list = place.get(POINTER, 0).reinterpret(FUNCTIONS_AT + FUNCTION_COUNT * POINTER.byteSize());
            }
            for (Function each : Function.values()) {
                functions.put(each, LINKER.downcallHandle(list.get(POINTER, FUNCTIONS_AT + each.place * POINTER.byteSize()), each.descriptor));
            }
        } catch (IllegalArgumentException unloadable) {
            throw new TokenException("needs a PKCS#11 library that can be loaded", library.toString());
        } catch (RuntimeException refused) {
            throw refused;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
        initialize(library);
    }

    /** Threads use the operating system's locks. Whoever initialised the library before us, the JDK's provider for instance, is welcome. */
    private void initialize(Path library) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment arguments = arena.allocate(6 * 8);
            arguments.set(ULONG, 4 * 8, OS_LOCKING_OK);
            long answer = call(Function.INITIALIZE, arguments);
            if (answer != 0 && answer != TokenException.CRYPTOKI_ALREADY_INITIALIZED) {
                throw TokenException.answered("to begin with " + library, answer);
            }
        }
    }

    /** Loads a library, which is to run its code; {@code library} must come from whoever runs this process. */
    static Cryptoki load(Path library) {
        if (!Files.isReadable(library)) {
            throw new TokenException("needs its PKCS#11 library, which is not there", library.toString());
        }
        return LOADED.computeIfAbsent(library.toAbsolutePath().normalize(), Cryptoki::new);
    }

    /** Calls a function; returns the library's answer, a CK_RV. */
    long call(Function function, Object... arguments) {
        try {
            return (long) functions.get(function).invokeWithArguments(arguments);
        } catch (RuntimeException | Error broken) {
            throw broken;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Calls a function that must answer CKR_OK; {@code asked} names in words what was asked. */
    void demand(String asked, Function function, Object... arguments) {
        long answer = call(function, arguments);
        if (answer != 0) {
            throw TokenException.answered(asked, answer);
        }
    }
}
