package io.github.wsspring.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/**
 * The sample: its page is on port 8080, its WebSocket endpoints are on port 8081.
 */
@SpringBootApplication
@EnableConfigurationProperties(DemoUsers.class)
public class SampleApplication {

	/**
	 * Starts the application.
	 * @param args Spring Boot's usual arguments
	 */
	public static void main(String[] args) {
		SpringApplication.run(SampleApplication.class, args);
	}

}
