package dev.peerhost;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/** A test of somebody's application, which has no web server as tests come by default. */
@SpringBootTest(
        classes = HostApplicationIT.Empty.class,
        properties = "spring.config.location=optional:classpath:/host/")
@AutoConfigureMockMvc
class HostTestIT {

    @Autowired
    private MockMvcTester mvc;

    @Test
    void itStartsWithUsInIt() {
        assertThat(mvc.get().uri("/__/peerhost/config.json").header("Host", "localhost"))
                .hasStatusOk();
        assertThat(mvc.get().uri("/__/peerhost/").header("Host", "localhost"))
                .hasStatusOk()
                .bodyText()
                .contains("http://localhost:8080/");
    }
}
