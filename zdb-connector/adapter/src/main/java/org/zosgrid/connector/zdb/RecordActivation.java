package org.zosgrid.connector.zdb;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.Activation;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.ConfigProperty;
import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.ResourceAdapter;
import java.beans.IntrospectionException;
import java.beans.PropertyDescriptor;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** What a message-driven bean asks for: the records of one namespace, {@code receipts} for instance, of every node. */
@Activation(messageListeners = RecordListener.class)
public final class RecordActivation implements ActivationSpec, Serializable {
    private static final long serialVersionUID = 1;
    private static final String FORM = "[A-Za-z0-9._-]{1,128}";

    private transient @Nullable ResourceAdapter adapter;
    private @Nullable String namespace;

    public @Nullable String getNamespace() {
        return namespace;
    }

    @ConfigProperty(description = "which log of every node is listened to")
    public void setNamespace(@Nullable String namespace) {
        this.namespace = namespace;
    }

    @Override
    public void validate() throws InvalidPropertyException {
        if (namespace == null || !namespace.matches(FORM)) {
            InvalidPropertyException invalid = new InvalidPropertyException("namespace: must be 1 to 128 of A-Z, a-z, 0-9, '.', '_' and '-' (is: "
                    + (namespace == null ? "not set" : namespace) + ")");
            try {
                invalid.setInvalidPropertyDescriptors(new PropertyDescriptor[] {new PropertyDescriptor("namespace", RecordActivation.class)});
            } catch (IntrospectionException impossible) {
                throw new AssertionError(impossible);
            }
            throw invalid;
        }
    }

    @Override
    public @Nullable ResourceAdapter getResourceAdapter() {
        return adapter;
    }

    @Override
    public void setResourceAdapter(ResourceAdapter adapter) throws ResourceException {
        if (this.adapter != null && this.adapter != adapter) {
            throw new jakarta.resource.spi.IllegalStateException("an activation belongs to one resource adapter for good");
        }
        this.adapter = adapter;
    }
}
