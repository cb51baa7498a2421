package dev.peerhost.channel;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.messaging.handler.HandlerMethod;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolverComposite;
import org.springframework.validation.Validator;
import tools.jackson.databind.json.JsonMapper;

/** Finds the {@link DataChannelMapping} methods of all beans, behind proxies too, once all beans are there. */
final class MappedMethods implements SmartInitializingSingleton {

    private final ConfigurableListableBeanFactory beans;
    private final ChannelHandlers handlers;
    private final JsonMapper json;
    private final HandlerMethodArgumentResolverComposite resolvers;

    /**
     * Those of an application.
     *
     * @param handlers where they are added
     * @param json reads and writes what is neither text nor bytes
     * @param validator of {@code @Valid} parameters, or null when there is none
     */
    MappedMethods(
            ConfigurableListableBeanFactory beans,
            ChannelHandlers handlers,
            JsonMapper json,
            @Nullable Validator validator) {
        this.beans = beans;
        this.handlers = handlers;
        this.json = json;
        this.resolvers = MappedArguments.resolvers(beans, json, validator);
    }

    /**
     * Adds them to the handlers.
     *
     * @throws UnusableHandlerException when one cannot be called, or its label is taken
     */
    @Override
    public void afterSingletonsInstantiated() {
        for (String bean : beans.getBeanNamesForType(Object.class)) {
            if (!ScopedProxyUtils.isScopedTarget(bean)) {
                Class<?> type = targetClass(bean);
                if (type != null && AnnotationUtils.isCandidateClass(type, DataChannelMapping.class)) {
                    find(bean, type);
                }
            }
        }
    }

    private @Nullable Class<?> targetClass(String bean) {
        Class<?> type = AutoProxyUtils.determineTargetClass(beans, bean);
        return type != null && ScopedObject.class.isAssignableFrom(type)
                ? AutoProxyUtils.determineTargetClass(beans, ScopedProxyUtils.getTargetBeanName(bean))
                : type;
    }

    private void find(String bean, Class<?> type) {
        MethodIntrospector.MetadataLookup<@Nullable DataChannelMapping> mapping =
                method -> AnnotatedElementUtils.findMergedAnnotation(method, DataChannelMapping.class);
        Map<Method, DataChannelMapping> found = MethodIntrospector.selectMethods(type, mapping);
        found.forEach((method, annotation) -> {
            String name = bean + "." + method.getName();
            requireCallable(name, method);
            Method callable = AopUtils.selectInvocableMethod(method, beans.getType(bean));
            HandlerMethod onBean = new HandlerMethod(bean, beans, callable);
            handlers.add(name, new MappedMethod(annotation.value(), name, onBean, resolvers, json));
        });
    }

    private static void requireCallable(String name, Method method) {
        int modifiers = method.getModifiers();
        String fault = null;
        if (Modifier.isPrivate(modifiers)) {
            fault = "is private, so that proxies cannot pass a call on; give it another visibility";
        } else if (Modifier.isStatic(modifiers)) {
            fault = "is static, and so belongs to no bean; make it a method of the instance";
        } else if (Future.class.isAssignableFrom(method.getReturnType())
                || CompletionStage.class.isAssignableFrom(method.getReturnType())) {
            fault = "returns a future, which cannot be sent; return the value itself, since it may wait for it";
        }
        if (fault != null) {
            throw new UnusableHandlerException("The @DataChannelMapping method \"%s\" %s.".formatted(name, fault));
        }
    }
}
