package io.github.wsspring.benchmarks.endtoend;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.List;

/**
 * Messages that come back to who sent them, or to all: the next is sent when one is back
 * from everywhere.
 */
final class MessageLoad implements Load {

	private final LoadClient client;

	private final List<ClientConnection> connections;

	private final int senders;

	private final int depth;

	private final boolean toAll;

	/** How many messages are on their way to receivers. */
	private long underWay;

	private boolean ended;

	/**
	 * Prepares.
	 * @param client whose connections they are
	 * @param connections all of them
	 * @param senders how many of them send: all, each to itself, or one, to all
	 * @param depth how many messages a sender has under way
	 */
	MessageLoad(LoadClient client, List<ClientConnection> connections, int senders, int depth) {
		this.client = client;
		this.connections = connections;
		this.senders = senders;
		this.depth = depth;
		this.toAll = senders < connections.size();
	}

	@Override
	public void begin() throws IOException {
		long now = System.nanoTime();
		for (ClientConnection sender : this.connections.subList(0, this.senders)) {
			send(sender, this.depth, now);
		}
	}

	private void send(ClientConnection sender, int count, long now) throws IOException {
		this.underWay += (long) count * (this.toAll ? this.connections.size() : 1);
		sender.send(count, now, this.client.writeBuffer());
	}

	@Override
	public void ready(SelectionKey key) throws IOException {
		ClientConnection connection = (ClientConnection) key.attachment();
		if (key.isWritable()) {
			connection.writeOn();
		}
		if (!key.isReadable()) {
			return;
		}
		int count = connection.read(this.client.readBuffer());
		this.underWay -= count;
		if (count == 0) {
			return;
		}
		long now = System.nanoTime();
		ClientConnection sender = this.toAll ? this.connections.get(0) : connection;
		for (int i = 0; i < count; i++) {
			this.client.count(now - sender.sentAt(this.toAll ? 0 : i));
		}
		if (this.toAll) {
			sendToAll(sender, now);
		}
		else if (!this.ended) {
			send(sender, count, now);
		}
	}

	private void sendToAll(ClientConnection sender, long now) throws IOException {
		if (this.underWay == 0 && !this.ended) {
			send(sender, 1, now);
		}
	}

	@Override
	public void end() {
		this.ended = true;
	}

	@Override
	public boolean isBusy() {
		return this.underWay > 0;
	}

	@Override
	public void close() {
		this.connections.forEach(ClientConnection::close);
	}

}
