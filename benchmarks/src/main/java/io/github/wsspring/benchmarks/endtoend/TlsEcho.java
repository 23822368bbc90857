package io.github.wsspring.benchmarks.endtoend;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.github.wsspring.benchmarks.Texts;

/**
 * Our server and Netty's with TLS 1.3 by the JDK's engine, the same certificate and the
 * same cipher: one round for each after the other.
 */
final class TlsEcho implements AutoCloseable {

	private static final int CONNECTIONS = 64;

	private static final int[] DEPTHS = { 1, 16 };

	private static final List<Competitor> SERVERS = List.of(Competitor.STARTER_EVENT_LOOP, Competitor.STARTER_TASK,
			Competitor.NETTY);

	private static final Messages MESSAGES = Messages.text(Texts.ASCII, 1024);

	private final EndToEnd.Plan plan;

	private final Map<Competitor, JavaProcess> processes = new EnumMap<>(Competitor.class);

	private final Map<Competitor, LoadClient> clients = new EnumMap<>(Competitor.class);

	private TlsEcho(EndToEnd.Plan plan) {
		this.plan = plan;
	}

	/**
	 * Measures.
	 * @param plan how long
	 * @return a table in Markdown
	 * @throws IOException if a server does not start, or answers wrongly
	 */
	static String measure(EndToEnd.Plan plan) throws IOException {
		try (TlsEcho run = new TlsEcho(plan)) {
			run.start();
			return run.table();
		}
	}

	private void start() throws IOException {
		Certificate certificate = Certificate.create();
		for (Competitor server : SERVERS) {
			JavaProcess process = server.startTls(this.plan.options(), certificate);
			this.processes.put(server, process);
			this.clients.put(server, new LoadClient((int) process.await(), certificate.client()));
		}
	}

	private String table() throws IOException {
		StringBuilder text = new StringBuilder("1 KiB of text, ").append(CONNECTIONS)
			.append(" connections, ")
			.append(Certificate.PROTOCOL)
			.append(", ")
			.append(Certificate.CIPHER)
			.append("; medians of ")
			.append(this.plan.rounds())
			.append(" rounds of ")
			.append(this.plan.window().toMillis())
			.append(" ms; servers with ")
			.append(String.join(" ", this.plan.options()))
			.append(". Server CPU in µs per message, and its ratio to Netty's:\n\n| at a time |");
		SERVERS.forEach((server) -> text.append(' ').append(server.title()).append(" |"));
		text.append("\n|--:|").append("--:|".repeat(SERVERS.size())).append('\n');
		for (int depth : DEPTHS) {
			for (Competitor server : SERVERS) {
				cpu(server, depth, this.plan.warmUp().toMillis());
			}
		}
		for (int depth : DEPTHS) {
			Map<Competitor, Double> medians = medians(depth);
			text.append("| ").append(depth).append(" |");
			double netty = Objects.requireNonNull(medians.get(Competitor.NETTY));
			medians.forEach((server, cpu) -> text.append(' ').append(Tables.number(cpu)).append(ratio(cpu, netty)));
			text.append('\n');
		}
		return text.toString();
	}

	/** A moment can be too short for the clock of CPU time. */
	private static String ratio(double cpu, double reference) {
		return (reference > 0) ? String.format(Locale.ROOT, " ×%.2f |", cpu / reference) : " |";
	}

	private Map<Competitor, Double> medians(int depth) throws IOException {
		Map<Competitor, List<Double>> rounds = new EnumMap<>(Competitor.class);
		for (int round = 0; round < this.plan.rounds(); round++) {
			for (Competitor server : SERVERS) {
				rounds.computeIfAbsent(server, (key) -> new ArrayList<>())
					.add(cpu(server, depth, this.plan.window().toMillis()));
			}
		}
		Map<Competitor, Double> medians = new EnumMap<>(Competitor.class);
		rounds.forEach((server, values) -> {
			Collections.sort(values);
			medians.put(server, values.get(values.size() / 2));
		});
		return medians;
	}

	private double cpu(Competitor server, int depth, long millis) throws IOException {
		LoadClient client = Objects.requireNonNull(this.clients.get(server));
		JavaProcess process = Objects.requireNonNull(this.processes.get(server));
		String path = server.path(Scenario.TEXT_16);
		Load load = new MessageLoad(client, client.open(path, CONNECTIONS, MESSAGES, depth), CONNECTIONS, depth);
		Duration window = Duration.ofMillis(millis);
		return client.run(load, window.dividedBy(4), window, () -> process.ask(Answers.CPU)).cpu();
	}

	@Override
	public void close() throws IOException {
		for (LoadClient client : this.clients.values()) {
			client.close();
		}
		this.processes.values().forEach(JavaProcess::close);
	}

}
