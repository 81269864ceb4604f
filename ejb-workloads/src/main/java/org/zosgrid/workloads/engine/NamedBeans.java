package org.zosgrid.workloads.engine;

import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a process model may name, as the map the engine asks: the steps of the {@code bpmn} module, and beans with a normal scope by their CDI names. See the
 * package's description.
 */
final class NamedBeans extends AbstractMap<Object, Object> {
    private final Map<String, Object> steps;
    private final BeanManager beans;

    NamedBeans(Map<String, Object> steps, BeanManager beans) {
        this.steps = steps;
        this.beans = beans;
    }

    @Override
    public boolean containsKey(Object name) {
        return steps.containsKey(name) || bean(name) != null;
    }

    @Override
    public @Nullable Object get(Object name) {
        Object step = name instanceof String text ? steps.get(text) : null;
        if (step != null) {
            return step;
        }
        Bean<?> bean = bean(name);
        if (bean == null) {
            return null;
        }
        if (!beans.isNormalScope(bean.getScope())) {
            throw new IllegalArgumentException("the process names bean \"" + name + "\" (" + bean.getBeanClass().getName() + "), which has scope @"
                + bean.getScope().getSimpleName() + ": nobody could release it; give it a normal scope");
        }
        // A proxy: the scope owns what is behind it.
        return beans.getReference(bean, Object.class, beans.createCreationalContext(bean));
    }

    private @Nullable Bean<?> bean(Object name) {
        return name instanceof String text ? beans.resolve(beans.getBeans(text)) : null;
    }

    /** The engine only asks for names; what else there is in the container is not its business. */
    @Override
    public Set<Entry<Object, Object>> entrySet() {
        return Set.of();
    }
}
