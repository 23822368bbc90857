package io.github.wsspring.docs;

import java.util.List;

import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Runs the tests that the pages show.
 */
final class TestBlocks {

	private TestBlocks() {
	}

	/**
	 * Runs all tests of a class.
	 * @param testClass the class, whose loader knows the application that it is of
	 * @return how many succeeded
	 * @throws AssertionError if one does not, as it fails
	 */
	static long run(Class<?> testClass) {
		Thread thread = Thread.currentThread();
		ClassLoader loader = thread.getContextClassLoader();
		thread.setContextClassLoader(testClass.getClassLoader());
		try {
			SummaryGeneratingListener listener = new SummaryGeneratingListener();
			LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
				.selectors(DiscoverySelectors.selectClass(testClass))
				.build();
			LauncherFactory.create().execute(request, listener);
			TestExecutionSummary summary = listener.getSummary();
			List<TestExecutionSummary.Failure> failures = summary.getFailures();
			if (!failures.isEmpty()) {
				throw new AssertionError(failures.get(0).getTestIdentifier().getDisplayName() + " fails",
						failures.get(0).getException());
			}
			return summary.getTestsSucceededCount();
		}
		finally {
			thread.setContextClassLoader(loader);
		}
	}

}
