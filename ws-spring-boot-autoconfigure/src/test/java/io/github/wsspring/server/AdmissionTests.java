package io.github.wsspring.server;

import java.net.InetAddress;
import java.net.UnknownHostException;

import io.github.wsspring.server.ServerListener.RefusalCause;
import io.github.wsspring.server.ServerOptions.ConnectionLimits;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requirements for {@link Admission}.
 */
class AdmissionTests {

	@Test
	void limitIsLetInAndOneMoreIsNot() throws UnknownHostException {
		Admission admission = new Admission(new ConnectionLimits(2, 0, 0));
		assertThat(admission.admit(address(1))).isNull();
		assertThat(admission.admit(address(1))).isNull();
		assertThat(admission.admit(address(1))).isEqualTo(RefusalCause.CONNECTIONS);
		admission.release(address(1));
		admission.release(address(1));
		assertThat(admission.admit(address(2))).isNull();
		assertThat(admission.connections()).isEqualTo(2);
	}

	@Test
	void limitPerAddressHoldsForEachAddress() throws UnknownHostException {
		Admission admission = new Admission(new ConnectionLimits(100, 1, 0));
		assertThat(admission.admit(address(1))).isNull();
		assertThat(admission.admit(address(2))).isNull();
		assertThat(admission.admit(address(1))).isEqualTo(RefusalCause.CONNECTIONS_PER_ADDRESS);
		admission.release(address(1));
		admission.release(address(1));
		assertThat(admission.admit(address(1))).isNull();
	}

	private static InetAddress address(int last) throws UnknownHostException {
		return InetAddress.getByAddress(new byte[] { 127, 0, 0, (byte) last });
	}

}
