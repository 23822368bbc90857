package io.github.wsspring.test.app;

import org.springframework.stereotype.Service;

/** A service, which no slice has. */
@Service
class RealClerk implements Clerk {

	@Override
	public String answer(String question) {
		return question + "?";
	}

}
