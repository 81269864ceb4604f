package org.zosgrid.node.linux;

import java.util.Map;

/** Error numbers of x86-64 and AArch64 Linux that somebody here acts on or shows. */
public final class Errno {
    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    public static final int EINTR = 4;
    public static final int EIO = 5;
    public static final int EAGAIN = 11;
    public static final int EBUSY = 16;
    public static final int EEXIST = 17;
    public static final int ENODEV = 19;
    public static final int ENOTDIR = 20;
    public static final int EISDIR = 21;
    public static final int EINVAL = 22;
    public static final int ENOSPC = 28;
    public static final int EROFS = 30;
    public static final int ENAMETOOLONG = 36;
    public static final int ENOSYS = 38;
    public static final int ENODATA = 61;
    public static final int EOPNOTSUPP = 95;
    public static final int ENOTCONN = 107;

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(EPERM, "operation not permitted (EPERM)"),
            Map.entry(ENOENT, "no such file or directory (ENOENT)"),
            Map.entry(EINTR, "interrupted (EINTR)"),
            Map.entry(EIO, "input/output error (EIO)"),
            Map.entry(EAGAIN, "try again (EAGAIN)"),
            Map.entry(13, "permission denied (EACCES)"),
            Map.entry(EBUSY, "busy (EBUSY)"),
            Map.entry(EEXIST, "exists (EEXIST)"),
            Map.entry(ENODEV, "no such device (ENODEV)"),
            Map.entry(ENOTDIR, "not a directory (ENOTDIR)"),
            Map.entry(EINVAL, "invalid argument (EINVAL)"),
            Map.entry(ENOSPC, "no space left (ENOSPC)"),
            Map.entry(EROFS, "read-only file system (EROFS)"),
            Map.entry(ENOTCONN, "not connected (ENOTCONN)"));

    private Errno() {}

    static String name(int errno) {
        return NAMES.getOrDefault(errno, "errno " + errno);
    }
}
