package dev.inkstream.app.console;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// Who runs this program.
public final class Requester {
    /// Names of users and hosts are shorter.
    private static final int LONGEST = 200;

    private Requester() {}

    /// As `user@host`.
    public static String ofProcess() {
        return of(System.getProperty("user.name", "?"), host());
    }

    public static String of(String user, String host) {
        String both = Text.printable(user + "@" + host);
        return both.substring(0, Math.min(LONGEST, both.length()));
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // A container without a network has a name that no resolver knows.
            return "localhost";
        }
    }
}
