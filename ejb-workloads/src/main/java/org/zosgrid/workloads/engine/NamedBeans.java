package org.zosgrid.workloads.engine;

import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.AbstractMap;
import java.util.Set;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.jspecify.annotations.Nullable;

/**
 * The beans that a process model may name, as the map the engine asks for: the key is a CDI bean name. See the package's description for
 * what may be named.
 */
final class NamedBeans extends AbstractMap<Object, Object> {
    private final BeanManager beans;

    NamedBeans(BeanManager beans) {
        this.beans = beans;
    }

    @Override
    public boolean containsKey(Object name) {
        return bean(name) != null;
    }

    @Override
    public @Nullable Object get(Object name) {
        Bean<?> bean = bean(name);
        if (bean == null) {
            return null;
        }
        if (beans.isNormalScope(bean.getScope())) {
            return new Call(bean).instance(); // a proxy: the scope owns what is behind it
        }
        Set<?> types = bean.getTypes();
        if (types.contains(JavaDelegate.class)) {
            return (JavaDelegate) execution -> {
                try (var call = new Call(bean)) {
                    ((JavaDelegate) call.instance()).execute(execution);
                }
            };
        }
        if (types.contains(ExecutionListener.class)) {
            return (ExecutionListener) execution -> {
                try (var call = new Call(bean)) {
                    ((ExecutionListener) call.instance()).notify(execution);
                }
            };
        }
        if (types.contains(TaskListener.class)) {
            return (TaskListener) task -> {
                try (var call = new Call(bean)) {
                    ((TaskListener) call.instance()).notify(task);
                }
            };
        }
        throw new IllegalArgumentException("the process names bean \"" + name + "\" (" + bean.getBeanClass().getName()
            + "), which has scope @" + bean.getScope().getSimpleName() + " and is no delegate or listener: give it a normal scope");
    }

    private @Nullable Bean<?> bean(Object name) {
        return name instanceof String text ? beans.resolve(beans.getBeans(text)) : null;
    }

    /** The engine only asks for names; what else there is in the container is not its business. */
    @Override
    public Set<Entry<Object, Object>> entrySet() {
        return Set.of();
    }

    /** One use of a bean, and its release. */
    private final class Call implements AutoCloseable {
        private final Bean<?> bean;
        private final jakarta.enterprise.context.spi.CreationalContext<?> context;

        Call(Bean<?> bean) {
            this.bean = bean;
            this.context = beans.createCreationalContext(bean);
        }

        Object instance() {
            Class<?> type = bean.getTypes().contains(JavaDelegate.class) ? JavaDelegate.class
                : bean.getTypes().contains(ExecutionListener.class) ? ExecutionListener.class
                : bean.getTypes().contains(TaskListener.class) ? TaskListener.class
                : Object.class;
            return beans.getReference(bean, type, context);
        }

        @Override
        public void close() {
            context.release();
        }
    }
}
