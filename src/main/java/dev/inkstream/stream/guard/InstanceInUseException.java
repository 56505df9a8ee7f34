package dev.inkstream.stream.guard;

/// Another process runs under the instance id of this one.
public final class InstanceInUseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InstanceInUseException(String instanceId, String applicationId, String host) {
        super("instance " + instanceId + " of " + applicationId + " is running at " + host
                + "; stop it first, or give this one another --instance-id");
    }
}
