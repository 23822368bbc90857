package io.github.wsspring.test.empty;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Has no endpoint. */
@SpringBootApplication
public class EmptyApplication {

}
