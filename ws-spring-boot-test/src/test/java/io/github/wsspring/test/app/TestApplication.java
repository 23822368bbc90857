package io.github.wsspring.test.app;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The application that the tests take slices of. */
@SpringBootApplication
class TestApplication {

}
