package org.zosgrid.node.linux;

/** Something the operating system refused: a system call, with its errno, or a tool, with what it printed. */
public abstract sealed class LinuxException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LinuxException(String message) {
        super(message);
    }

    /** A system call failed. */
    public static final class SystemCall extends LinuxException {
        private static final long serialVersionUID = 1;

        private final int errno;

        SystemCall(String call, int errno) {
            super(call + ": " + Errno.name(errno));
            this.errno = errno;
        }

        /** The error number, see {@link Errno}. */
        public int errno() {
            return errno;
        }
    }

    /** A tool ended with an error, or not in time. */
    public static final class Tool extends LinuxException {
        private static final long serialVersionUID = 1;

        Tool(String message) {
            super(message);
        }
    }
}
