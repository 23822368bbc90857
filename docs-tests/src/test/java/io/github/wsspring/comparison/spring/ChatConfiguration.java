package io.github.wsspring.comparison.spring;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import org.springframework.web.socket.server.standard.ServletServerContainerFactoryBean;

@Configuration
@EnableWebSocket
@EnableScheduling
class ChatConfiguration implements WebSocketConfigurer {

	private final Chat chat;

	ChatConfiguration(Chat chat) {
		this.chat = chat;
	}

	@Override
	public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
		registry.addHandler(this.chat, "/rooms/*");
	}

	@Bean
	ServletServerContainerFactoryBean container() {
		ServletServerContainerFactoryBean container = new ServletServerContainerFactoryBean();
		container.setMaxTextMessageBufferSize(64 * 1024);
		container.setMaxSessionIdleTimeout(40_000L);
		return container;
	}

}
