package io.github.wsspring.endpoint;

/**
 * A caller that is sent one value of a stream: whatever becomes of the value, only the
 * end of the stream is acknowledged.
 *
 * @param caller who the method that returned the stream was called for
 */
record OneOfMany(Caller caller) implements Caller {

	@Override
	public DefaultWsSession session() {
		return this.caller.session();
	}

	@Override
	public WsEnvelope envelope() {
		return this.caller.envelope();
	}

	@Override
	public void reply(Object value) {
		this.caller.reply(value);
	}

	@Override
	public void reply(String type, Object value) {
		this.caller.reply(type, value);
	}

	@Override
	public void acknowledge() {
		// There may be more to come.
	}

	@Override
	public void error(ErrorMessage error) {
		this.caller.error(error);
	}

	@Override
	public Caller failed() {
		return new OneOfMany(this.caller.failed());
	}

}
