package dev.inkstream.stream.guard;

/// Another process runs under the instance id of this one.
public final class InstanceInUseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param host as the group coordinator returns it: an address after a slash
    InstanceInUseException(String instanceId, String applicationId, String host) {
        super("instance " + instanceId + " of " + applicationId + " is running at " + host.replaceFirst("^/", "")
                + "; stop it first, or give this one another --instance-id");
    }
}
