package io.github.wsspring.endpoint;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class JsonTextTests {

	@Test
	void aMemberIsFoundWhereverItStands() {
		assertThat(JsonText.hasMember("{\"id\":1}", "id")).isTrue();
		assertThat(JsonText.hasMember("{\"a\":{\"b\":[{}]},\"id\" : 1}", "id")).isTrue();
		assertThat(JsonText.hasMember("{\"a\":\"\\\\\",\"id\":1}", "id")).isTrue();
	}

	@Test
	void whatIsInsideOfAValueIsNoMember() {
		assertThat(JsonText.hasMember("{}", "id")).isFalse();
		assertThat(JsonText.hasMember("{\"a\":\"id\"}", "id")).isFalse();
		assertThat(JsonText.hasMember("{\"a\":\"\\\"id\\\":\"}", "id")).isFalse();
		assertThat(JsonText.hasMember("{\"a\":{\"id\":1}}", "id")).isFalse();
		assertThat(JsonText.hasMember("{\"a\":[{\"id\":1},\"id\"]}", "id")).isFalse();
		assertThat(JsonText.hasMember("{\"a\":\"{\",\"b\":{\"id\":1}}", "id")).isFalse();
	}

}
