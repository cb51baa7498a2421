package dev.peerhost;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Leaves metrics and management out of the executable unless they have a port: nobody could see them, and they are a fifth
 * of the work of a start. An application that uses the library decides for itself.
 */
final class ActuatorOnDemand implements AutoConfigurationImportFilter, BeanFactoryAware, EnvironmentAware {

    private static final List<String> PARTS =
            List.of(".actuate.", ".micrometer.", ".metrics.", ".health.", "Observation");

    private boolean standalone;
    private boolean wanted;

    @Override
    public void setBeanFactory(BeanFactory beans) {
        standalone = beans instanceof ListableBeanFactory list
                && list.getBeanNamesForType(Peerhost.class, true, false).length > 0;
    }

    @Override
    public void setEnvironment(Environment environment) {
        String port = environment.getProperty("management.server.port", "-1");
        wanted = !port.startsWith("-");
    }

    @Override
    public boolean[] match(@Nullable String[] classes, AutoConfigurationMetadata metadata) {
        boolean[] matches = new boolean[classes.length];
        for (int i = 0; i < classes.length; i++) {
            String name = classes[i];
            matches[i] = !standalone || wanted || name == null || PARTS.stream().noneMatch(name::contains);
        }
        return matches;
    }
}
