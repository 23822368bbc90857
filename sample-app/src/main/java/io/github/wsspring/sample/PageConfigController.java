package io.github.wsspring.sample;

import java.util.Map;

import org.springframework.core.env.Environment;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells the page where the WebSocket server listens and whom it can be.
 */
@RestController
class PageConfigController {

	private final Environment environment;

	private final DemoUsers users;

	PageConfigController(Environment environment, DemoUsers users) {
		this.environment = environment;
		this.users = users;
	}

	@GetMapping("/config.json")
	PageConfig config() {
		int port = this.environment.getRequiredProperty("local.ws.port", Integer.class);
		return new PageConfig(port, Line.MAX_LENGTH, this.users.tokens());
	}

	/**
	 * What the page needs to know.
	 *
	 * @param port the port of the WebSocket server; its host is the page's own
	 * @param maxLength how long a line may be
	 * @param tokens the demo users' tokens by name
	 */
	record PageConfig(int port, int maxLength, Map<String, String> tokens) {

	}

}
