package dev.peerhost;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModularityTests {

    @Test
    void modulesFormNoCyclesAndUseOnlyEachOthersPublicTypes() {
        ApplicationModules.of("dev.peerhost").verify();
    }
}
