package io.github.wsspring.endpoint;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.github.wsspring.protocol.CloseStatus;
import jakarta.validation.Valid;
import org.junit.jupiter.api.Test;

import org.springframework.http.ProblemDetail;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Everything that stops the application, with what it says.
 */
class StartupMistakeTests {

	@Test
	void twoTextHandlers() {
		assertMistake(TwoTexts.class, "TwoTexts.b(int)",
				"The bean 'startupMistakeTests.TwoTexts' has two @OnMessage methods for text messages: TwoTexts.a(String) and TwoTexts.b(int).",
				"Keep one of them, or give each a type, as in @OnMessage(\"say\").");
	}

	@Test
	void twoFormatsForOneSubprotocol() {
		assertMistake(() -> Harness.of(OneFormat.class, OtherFormat.class), null,
				"The beans 'startupMistakeTests.OneFormat' and 'startupMistakeTests.OtherFormat' are both the WsMessageFormat of the subprotocol 'chat.bin'.",
				"Remove one of them, or give it another subprotocol.");
	}

	@Test
	void twoBinaryHandlers() {
		assertMistake(TwoBinaries.class, "TwoBinaries.b(ByteBuffer)",
				"The bean 'startupMistakeTests.TwoBinaries' has two @OnMessage methods for binary messages: TwoBinaries.a(byte[]) and TwoBinaries.b(ByteBuffer).",
				"Keep one of them.");
	}

	@Test
	void twoHandlersForOneType() {
		assertMistake(TwoOfAType.class, "TwoOfAType.b(Map)",
				"The bean 'startupMistakeTests.TwoOfAType' has two @OnMessage methods for the type 'say': TwoOfAType.a(String) and TwoOfAType.b(Map).",
				"Keep one of them, or give them different types.");
	}

	@Test
	void twoMethodsForOneEvent() {
		assertMistake(TwoOpens.class, "TwoOpens.b(WsSession)",
				"The bean 'startupMistakeTests.TwoOpens' has two methods with @OnOpen: TwoOpens.a() and TwoOpens.b(WsSession).",
				"Keep one of them and call the other from it.");
	}

	@Test
	void twoErrorHandlersForOneException() {
		assertMistake(TwoErrors.class, "TwoErrors.b()",
				"The bean 'startupMistakeTests.TwoErrors' has two @OnError methods for IllegalStateException: TwoErrors.a(IllegalStateException) and TwoErrors.b().",
				"Keep one of them, or let them handle different exceptions.");
	}

	@Test
	void anErrorHandlerThatCannotTakeItsException() {
		assertMistake(WrongError.class, "WrongError.a(IllegalStateException)",
				"@OnError on WrongError.a(IllegalStateException) in the bean 'startupMistakeTests.WrongError' names IllegalArgumentException, which its parameter cannot take.",
				"Make the parameter a superclass of all named exceptions, such as Exception.");
	}

	@Test
	void twoPayloads() {
		assertMistake(TwoPayloads.class, "TwoPayloads.a(String, int)",
				"The parameter 'int room' of TwoPayloads.a(String, int) in the bean 'startupMistakeTests.TwoPayloads' is a second payload besides 'String text'.",
				"Keep one of them; parts of the upgrade request need @PathVariable, @RequestParam, @RequestHeader or @CookieValue.");
	}

	@Test
	void noPayloadAndNoType() {
		assertMistake(NoPayload.class, "NoPayload.a(WsSession)",
				"@OnMessage on NoPayload.a(WsSession) in the bean 'startupMistakeTests.NoPayload' has neither a payload parameter nor a type.",
				"Add a parameter: String for text, byte[] for binary, any other type for JSON; or write @OnMessage(\"type\").");
	}

	@Test
	void aTypeForBytes() {
		assertMistake(TypedBytes.class, "TypedBytes.a(byte[])",
				"@OnMessage(\"say\") on TypedBytes.a(byte[]) in the bean 'startupMistakeTests.TypedBytes' takes bytes, but only JSON text has a type.",
				"Write @OnMessage without a type, or take String or a JSON type.");
	}

	@Test
	void aStreamOnTheEventLoop() {
		assertMistake(StreamOnLoop.class, "StreamOnLoop.a(InputStream)",
				"The parameter 'InputStream in' of StreamOnLoop.a(InputStream) in the bean 'startupMistakeTests.StreamOnLoop' is read as it arrives, which would block the event loop that it arrives on.",
				"Remove execution = Execution.EVENT_LOOP from @WsEndpoint, or take byte[].");
		assertMistake(ReaderOnLoop.class, "ReaderOnLoop.a(Reader)",
				"The parameter 'Reader text' of ReaderOnLoop.a(Reader) in the bean 'startupMistakeTests.ReaderOnLoop' is read as it arrives, which would block the event loop that it arrives on.",
				"Remove execution = Execution.EVENT_LOOP from @WsEndpoint, or take String.");
	}

	@Test
	void aTypeForAStream() {
		assertMistake(TypedStream.class, "TypedStream.a(InputStream)",
				"@OnMessage(\"say\") on TypedStream.a(InputStream) in the bean 'startupMistakeTests.TypedStream' takes a message as it arrives, but its type is not known before all of it is there.",
				"Write @OnMessage without a type and read the type in the method, or take String or a JSON type.");
		assertMistake(TypedReader.class, "TypedReader.a(Reader)",
				"@OnMessage(\"say\") on TypedReader.a(Reader) in the bean 'startupMistakeTests.TypedReader' takes a message as it arrives, but its type is not known before all of it is there.",
				"Write @OnMessage without a type and read the type in the method, or take String or a JSON type.");
	}

	@Test
	void aReaderAmongTypes() {
		assertMistake(ReaderAmongTypes.class, "ReaderAmongTypes.a(Reader)",
				"ReaderAmongTypes.a(Reader) in the bean 'startupMistakeTests.ReaderAmongTypes' takes text as it arrives, but [say] are types of text messages, which are not known before all of a message is there.",
				"Take String, or send what is large as binary messages and take InputStream, or move the method to an endpoint of its own.");
	}

	@Test
	void aStreamBesidesTheSameKind() {
		assertMistake(StreamAndBytes.class, "StreamAndBytes.b(InputStream)",
				"The bean 'startupMistakeTests.StreamAndBytes' has two @OnMessage methods for binary messages: StreamAndBytes.a(byte[]) and StreamAndBytes.b(InputStream).",
				"Keep one of them.");
		assertMistake(ReaderAndText.class, "ReaderAndText.b(String)",
				"The bean 'startupMistakeTests.ReaderAndText' has two @OnMessage methods for text messages: ReaderAndText.a(Reader) and ReaderAndText.b(String).",
				"Keep one of them, or give each a type, as in @OnMessage(\"say\").");
	}

	@Test
	void aStreamOfAnotherKind() {
		assertMistake(SpecialReader.class, "SpecialReader.a(BufferedReader)",
				"The parameter 'BufferedReader text' of SpecialReader.a(BufferedReader) in the bean 'startupMistakeTests.SpecialReader' is a kind of Reader that messages do not come as.",
				"Take Reader, and wrap it in the method.");
	}

	@Test
	void aStreamThatIsToBeValidated() {
		assertMistake(ValidStream.class, "ValidStream.a(InputStream)",
				"The parameter 'InputStream in' of ValidStream.a(InputStream) in the bean 'startupMistakeTests.ValidStream' is to be validated, but only payloads that are objects, or lists of them, are.",
				"Remove the annotation, or make it a record with constraints on its components.");
	}

	@Test
	void aPayloadForClose() {
		assertMistake(ClosePayload.class, "ClosePayload.a(String)",
				"The parameter 'String text' of ClosePayload.a(String) in the bean 'startupMistakeTests.ClosePayload' cannot be filled.",
				"A method with @OnClose may take WsSession, CloseStatus, HandshakeRequest, Principal, URI, HttpHeaders, @PathVariable, @RequestParam, @RequestHeader and @CookieValue.");
	}

	@Test
	void aSessionInTheHandshake() {
		assertMistake(SessionInHandshake.class, "SessionInHandshake.a(WsSession)",
				"The parameter 'WsSession session' of SessionInHandshake.a(WsSession) in the bean 'startupMistakeTests.SessionInHandshake' cannot be filled.",
				"A method with @OnHandshake may take HandshakeRequest, HandshakeResponse, Principal, URI, HttpHeaders, @PathVariable, @RequestParam, @RequestHeader and @CookieValue.");
	}

	@Test
	void aCloseStatusForAMessage() {
		assertMistake(StatusForMessage.class, "StatusForMessage.a(CloseStatus)",
				"The parameter 'CloseStatus status' of StatusForMessage.a(CloseStatus) in the bean 'startupMistakeTests.StatusForMessage' cannot be filled.",
				"A method with @OnMessage may take WsSession, one payload, WsEnvelope, HandshakeRequest, Principal, URI, HttpHeaders, @PathVariable, @RequestParam, @RequestHeader and @CookieValue.");
	}

	@Test
	void twoExceptions() {
		assertMistake(TwoExceptions.class, "TwoExceptions.a(IllegalStateException, Exception)",
				"The parameter 'Exception b' of TwoExceptions.a(IllegalStateException, Exception) in the bean 'startupMistakeTests.TwoExceptions' is a second argument besides 'IllegalStateException a'.",
				"Keep one of them; parts of the upgrade request need @PathVariable, @RequestParam, @RequestHeader or @CookieValue.");
	}

	@Test
	void aPathVariableThatThePathDoesNotHave() {
		assertMistake(WrongVariable.class, "WrongVariable.a(String, String)",
				"The parameter 'String rom' of WrongVariable.a(String, String) in the bean 'startupMistakeTests.WrongVariable' asks for a path variable that the endpoint's path does not have.",
				"Use one of [room], or put {rom} into the path.");
	}

	@Test
	void aTopicPatternThatMakesNoSense() {
		assertMistake(WrongPattern.class, "WrongPattern.a(String)",
				"@OnJoin(\"room:{room\") on WrongPattern.a(String) in the bean 'startupMistakeTests.WrongPattern' has a '{' without a '}'.",
				"Write names of topics with variables, as in @OnJoin(\"room:{room}\").");
	}

	@Test
	void aVariableThatNeitherTopicNorPathHave() {
		assertMistake(WrongTopicVariable.class, "WrongTopicVariable.a(String)",
				"The parameter 'String rom' of WrongTopicVariable.a(String) in the bean 'startupMistakeTests.WrongTopicVariable' asks for a variable that neither the topics nor the endpoint's path have.",
				"Use one of [room] or [], or put {rom} into @OnJoin or the path.");
	}

	@Test
	void aTopicVariableThatNothingConverts() {
		assertMistake(InconvertibleTopic.class, "InconvertibleTopic.a(Runnable)",
				"The parameter 'Runnable room' of InconvertibleTopic.a(Runnable) in the bean 'startupMistakeTests.InconvertibleTopic' has a type that no text can be converted to.",
				"Use a type such as String, int, UUID or an enum, or register a Converter from String.");
	}

	@Test
	void twoMethodsForTheSameTopics() {
		assertMistake(TwoLeaves.class, "TwoLeaves.b(String)",
				"The bean 'startupMistakeTests.TwoLeaves' has two @OnLeave methods for the same topics: TwoLeaves.a() and TwoLeaves.b(String).",
				"Keep one of them and call the other from it.");
	}

	@Test
	void aDecisionAboutLeaving() {
		assertMistake(MayLeave.class, "MayLeave.a()",
				"MayLeave.a() in the bean 'startupMistakeTests.MayLeave' returns boolean, but nobody is kept from leaving.",
				"Make it void, or return the message to send.");
	}

	@Test
	void aDecisionThatIsBroadcast() {
		assertMistake(BroadcastDecision.class, "BroadcastDecision.a()",
				"BroadcastDecision.a() in the bean 'startupMistakeTests.BroadcastDecision' has @Broadcast, but returns whether the session may join.",
				"Remove @Broadcast, and tell others from a second @OnJoin method that returns the message.");
	}

	@Test
	void aPayloadForDrain() {
		assertMistake(DrainPayload.class, "DrainPayload.a(String)",
				"The parameter 'String text' of DrainPayload.a(String) in the bean 'startupMistakeTests.DrainPayload' cannot be filled.",
				"A method with @OnDrain may take WsSession, HandshakeRequest, Principal, URI, HttpHeaders, @PathVariable, @RequestParam, @RequestHeader and @CookieValue.");
	}

	@Test
	void noConcurrencyAtAll() {
		assertMistake(
				NoConcurrency.class, null, "The concurrency of the bean 'startupMistakeTests.NoConcurrency' ("
						+ NoConcurrency.class.getName() + ") is 0.",
				"Write how many messages of a session may be handled at a time: 1 or more.");
	}

	@Test
	void aRequestValueThatNothingConverts() {
		assertMistake(Inconvertible.class, "Inconvertible.a(Runnable)",
				"The parameter 'Runnable t' of Inconvertible.a(Runnable) in the bean 'startupMistakeTests.Inconvertible' has a type that no text can be converted to.",
				"Use a type such as String, int, UUID or an enum, or register a Converter from String.");
	}

	@Test
	void aDefaultValueThatDoesNotFit() {
		assertMistake(WrongDefault.class, "WrongDefault.a(int)",
				"The parameter 'int t' of WrongDefault.a(int) in the bean 'startupMistakeTests.WrongDefault' has the default value 'many', which does not fit its type.",
				"Change the defaultValue or the type.");
	}

	@Test
	void anOptionalPrimitive() {
		assertMistake(OptionalPrimitive.class, "OptionalPrimitive.a(int)",
				"The parameter 'int t' of OptionalPrimitive.a(int) in the bean 'startupMistakeTests.OptionalPrimitive' is not required, but a primitive cannot be null.",
				"Add a defaultValue, or use the wrapper type.");
	}

	@Test
	void aStaticMethod() {
		assertMistake(Static.class, "Static.a(String)",
				"Static.a(String) in the bean 'startupMistakeTests.Static' is static.",
				"Remove 'static': handler methods belong to the bean.");
	}

	@Test
	void noHandlerMethodAtAll() {
		assertMistake(NoMethods.class, null,
				"In the bean 'startupMistakeTests.NoMethods' (" + NoMethods.class.getName()
						+ ") no method has an annotation that makes it a handler.",
				"Add one, such as @OnMessage String echo(String text) { return text; }.");
	}

	@Test
	void aHandshakeMethodThatReturnsSomethingElse() {
		assertMistake(HandshakeReturn.class, "HandshakeReturn.a()",
				"HandshakeReturn.a() in the bean 'startupMistakeTests.HandshakeReturn' returns String, which decides nothing about a handshake.",
				"Return void, boolean (false refuses with 403) or HttpStatus, and use a HandshakeResponse parameter for the rest.");
	}

	@Test
	void aReplyAfterTheClose() {
		assertMistake(CloseReply.class, "CloseReply.a()",
				"CloseReply.a() in the bean 'startupMistakeTests.CloseReply' returns String, but after the close nothing can be sent back.",
				"Make it void, or add @Broadcast(to = ...) to tell others.");
	}

	@Test
	void aStageAfterTheClose() {
		assertMistake(CloseStage.class, "CloseStage.a()",
				"CloseStage.a() in the bean 'startupMistakeTests.CloseStage' returns a CompletionStage, but nothing waits after the close.",
				"Return the value itself.");
	}

	@Test
	void aBroadcastOfNothing() {
		assertMistake(BroadcastVoid.class, "BroadcastVoid.a(String)",
				"BroadcastVoid.a(String) in the bean 'startupMistakeTests.BroadcastVoid' has @Broadcast, but returns void: there is nothing to send.",
				"Return the message to send, or remove @Broadcast.");
		assertMistake(BroadcastLaterVoid.class, "BroadcastLaterVoid.a(String)",
				"BroadcastLaterVoid.a(String) in the bean 'startupMistakeTests.BroadcastLaterVoid' has @Broadcast, but returns Void: there is nothing to send.",
				"Return the message to send, or remove @Broadcast.");
		assertMistake(BroadcastStatus.class, "BroadcastStatus.a(String)",
				"BroadcastStatus.a(String) in the bean 'startupMistakeTests.BroadcastStatus' has @Broadcast, but returns CloseStatus: there is nothing to send.",
				"Return the message to send, or remove @Broadcast.");
	}

	@Test
	void aBroadcastThatIsNoHandler() {
		assertMistake(BroadcastAlone.class, "BroadcastAlone.b()",
				"@Broadcast on BroadcastAlone.b() in the bean 'startupMistakeTests.BroadcastAlone' has no effect there.",
				"Add @OnMessage, @OnOpen, @OnPong, @OnDrain, @OnJoin, @OnLeave, @OnClose or @OnError, or remove @Broadcast.");
	}

	@Test
	void aBroadcastToAnUnknownPlaceholder() {
		assertMistake(UnknownPlaceholder.class, "UnknownPlaceholder.a(String)",
				"@Broadcast(to = \"room:{rom}\") on UnknownPlaceholder.a(String) in the bean 'startupMistakeTests.UnknownPlaceholder' uses {rom}, which is neither {user} nor one of the path variables [room]; {payload.name} and {session.name} are what messages and attributes say.",
				"Write the name of a topic, as in @Broadcast(to = \"room:{room}\").");
	}

	@Test
	void aBroadcastToWhatNoMessageSays() {
		String action = "Write the name of a topic, as in @Broadcast(to = \"room:{room}\").";
		assertMistake(UnknownProperty.class, "UnknownProperty.a(Parcel)",
				"@Broadcast(to = \"{payload.to.rom}\") on UnknownProperty.a(Parcel) in the bean 'startupMistakeTests.UnknownProperty' uses {payload.to.rom}, but Address has no 'rom', only [floor, room].",
				action);
		assertMistake(NoProperties.class, "NoProperties.a(String)",
				"@Broadcast(to = \"{payload.room}\") on NoProperties.a(String) in the bean 'startupMistakeTests.NoProperties' uses {payload.room}, but String has no properties.",
				action);
		assertMistake(NoMessage.class, "NoMessage.a()",
				"@Broadcast(to = \"{payload.room}\") on NoMessage.a() in the bean 'startupMistakeTests.NoMessage' uses {payload.room}, but the method takes no message.",
				action);
	}

	@Test
	void aBroadcastToAnAmbiguousUser() {
		assertMistake(AmbiguousUser.class, "AmbiguousUser.a(String)",
				"@Broadcast(to = \"{user}\") on AmbiguousUser.a(String) in the bean 'startupMistakeTests.AmbiguousUser' uses {user}, which could be the path variable or the name of the principal; rename the path variable.",
				"Write the name of a topic, as in @Broadcast(to = \"room:{room}\").");
	}

	@Test
	void aBroadcastToABrokenOrEmptyTopic() {
		assertMistake(BrokenPlaceholder.class, "BrokenPlaceholder.a(String)",
				"@Broadcast(to = \"room:{room\") on BrokenPlaceholder.a(String) in the bean 'startupMistakeTests.BrokenPlaceholder' has a '{' without a '}'.",
				"Write the name of a topic, as in @Broadcast(to = \"room:{room}\").");
		assertMistake(EmptyTopic.class, "EmptyTopic.a(String)",
				"@Broadcast(to = \"\") on EmptyTopic.a(String) in the bean 'startupMistakeTests.EmptyTopic' is empty.",
				"Write the name of a topic, as in @Broadcast(to = \"room:{room}\").");
	}

	@Test
	void jsonWithoutAJsonLibrary() {
		MessageCodec codec = new MessageCodec(null, "type");
		String take = "Add the dependency spring-boot-starter-jackson, or take String or byte[].";
		String send = "Add the dependency spring-boot-starter-jackson, or return String or byte[].";
		assertMistake(() -> Harness.with(codec, JsonPayload.class), "JsonPayload.a(int)",
				"JsonPayload.a(int) in the bean 'startupMistakeTests.JsonPayload' takes JSON, but there is no JSON library.",
				take);
		assertMistake(() -> Harness.with(codec, JsonType.class), "JsonType.a()",
				"JsonType.a() in the bean 'startupMistakeTests.JsonType' takes JSON, but there is no JSON library.",
				take);
		assertMistake(() -> Harness.with(codec, JsonReply.class), "JsonReply.a(String)",
				"JsonReply.a(String) in the bean 'startupMistakeTests.JsonReply' sends JSON, but there is no JSON library.",
				send);
		assertMistake(() -> Harness.with(codec, JsonBroadcast.class), "JsonBroadcast.a(String)",
				"JsonBroadcast.a(String) in the bean 'startupMistakeTests.JsonBroadcast' sends JSON, but there is no JSON library.",
				send);
	}

	@Test
	void noPath() {
		assertMistake(NoPath.class, null, "The path '' of the bean 'startupMistakeTests.NoPath' ("
				+ NoPath.class.getName() + ") does not begin with a slash.",
				"Write the path, as in @WsEndpoint(\"/chat\").");
	}

	@Test
	void aPathThatIsNoPattern() {
		InvalidEndpointException mistake = mistake(() -> Harness.of(WrongPath.class));
		assertThat(mistake.getDescription()).startsWith("The path '/a/{b' of the bean 'startupMistakeTests.WrongPath' ("
				+ WrongPath.class.getName() + ") is not a path pattern: ");
		assertThat(mistake.getAction()).isEqualTo("Write a path such as /rooms/{room} or /files/{*path}.");
	}

	@Test
	void aPathThatIsTaken() {
		assertMistake(() -> Harness.of(FirstRoom.class, SecondRoom.class), null,
				"The path '/rooms/{id}' leads to the bean 'startupMistakeTests.FirstRoom' (" + FirstRoom.class.getName()
						+ ") as well as to the bean 'startupMistakeTests.SecondRoom' (" + SecondRoom.class.getName()
						+ ").",
				"Give one of them another path.");
	}

	@Test
	void anIdThatIsTaken() {
		assertMistake(() -> Harness.of(FirstId.class, SecondId.class), null,
				"The id 'it' belongs to the bean 'startupMistakeTests.FirstId' (" + FirstId.class.getName()
						+ ") as well as to the bean 'startupMistakeTests.SecondId' (" + SecondId.class.getName() + ").",
				"Give one of them another id, as in @WsEndpoint(path = \"/chat\", id = \"chat\").");
	}

	@Test
	void aPropertyThatIsMissing() {
		InvalidEndpointException mistake = mistake(() -> Harness.of(MissingProperty.class));
		assertThat(mistake.getDescription())
			.startsWith("The path '${chat.path}' of the bean 'startupMistakeTests.MissingProperty' ("
					+ MissingProperty.class.getName() + ") cannot be resolved: ");
		assertThat(mistake.getAction()).isEqualTo("Set the property, or give it a default as in ${name:default}.");
	}

	@Test
	void aSubprotocolThatIsNoToken() {
		assertMistake(WrongSubprotocol.class, null,
				"The subprotocol 'chat v1' of the bean 'startupMistakeTests.WrongSubprotocol' ("
						+ WrongSubprotocol.class.getName() + ") is not a token.",
				"Use letters, digits and !#$%&'*+-.^_`|~ only, as in \"chat.v1\".");
	}

	@Test
	void anOriginThatIsNone() {
		InvalidEndpointException mistake = mistake(() -> Harness.of(WrongOrigin.class));
		assertThat(mistake.getDescription())
			.startsWith("In the allowedOrigins of the bean 'startupMistakeTests.WrongOrigin' ("
					+ WrongOrigin.class.getName() + ") 'example.org' is not an origin");
		assertThat(mistake.getAction()).isEqualTo("Correct it, or write \"*\" alone to allow all pages.");
	}

	@Test
	void aValidPayloadWithoutAValidator() {
		assertMistake(NoValidator.class, "NoValidator.a(Say)",
				"The parameter 'Say say' of NoValidator.a(Say) in the bean 'startupMistakeTests.NoValidator' is to be validated, but there is no validator for it.",
				"Add the dependency spring-boot-starter-validation, or a Validator bean that supports Say.");
	}

	@Test
	void somethingValidThatIsNoPayload() {
		String action = "Remove the annotation, or make it a record with constraints on its components.";
		assertMistake(ValidVariable.class, "ValidVariable.a(String, String)",
				"The parameter 'String room' of ValidVariable.a(String, String) in the bean 'startupMistakeTests.ValidVariable' is to be validated, but only payloads that are objects, or lists of them, are.",
				action);
		assertMistake(ValidMap.class, "ValidMap.a(Map)",
				"The parameter 'Map map' of ValidMap.a(Map) in the bean 'startupMistakeTests.ValidMap' is to be validated, but only payloads that are objects, or lists of them, are.",
				action);
	}

	@Test
	void anEnvelopeWithoutAMessage() {
		assertMistake(EnvelopeOfOpen.class, "EnvelopeOfOpen.a(WsEnvelope)",
				"The parameter 'WsEnvelope envelope' of EnvelopeOfOpen.a(WsEnvelope) in the bean 'startupMistakeTests.EnvelopeOfOpen' cannot be filled.",
				"A method with @OnOpen may take WsSession, HandshakeRequest, Principal, URI, HttpHeaders, @PathVariable, @RequestParam, @RequestHeader and @CookieValue.");
	}

	@Test
	void aReplyThatIsBroadcastAsWell() {
		assertMistake(BroadcastReply.class, "BroadcastReply.a(String)",
				"BroadcastReply.a(String) in the bean 'startupMistakeTests.BroadcastReply' has @Broadcast, but returns WsReply, which says itself where it goes.",
				"Remove @Broadcast and write WsReply.of(...).topic(...), or return the payload itself.");
	}

	@Test
	void aProblemThatIsBroadcast() {
		assertMistake(BroadcastProblem.class, "BroadcastProblem.a(String)",
				"BroadcastProblem.a(String) in the bean 'startupMistakeTests.BroadcastProblem' has @Broadcast, but returns ProblemDetail: there is nothing to send.",
				"Return the message to send, or remove @Broadcast.");
	}

	@Test
	void aConvertedTypeWithAType() {
		MessageCodec codec = new MessageCodec(Harness.JSON, new MessageFields("type", "id"),
				List.of(new ConverterTests.PointConverter()));
		assertMistake(() -> Harness.with(codec, TypedPoint.class), "TypedPoint.a(Point)",
				"@OnMessage(\"point\") on TypedPoint.a(Point) in the bean 'startupMistakeTests.TypedPoint' takes bytes, but only JSON text has a type.",
				"Write @OnMessage without a type, or take String or a JSON type.");
		assertMistake(() -> Harness.with(codec, BroadcastPoint.class), "BroadcastPoint.a(String)",
				"BroadcastPoint.a(String) in the bean 'startupMistakeTests.BroadcastPoint' returns Point, which a WsMessageConverter makes a binary message of, but only JSON text has a type.",
				"Remove the type from @Broadcast.");
	}

	@Test
	void aSealedTypeWithAType() {
		assertMistake(TypedSealed.class, "TypedSealed.a(Choice)",
				"@OnMessage(\"choice\") on TypedSealed.a(Choice) in the bean 'startupMistakeTests.TypedSealed' takes a sealed type, whose classes have the types [one, two].",
				"Write @OnMessage without a type, or take one of the classes.");
	}

	@Test
	void aSealedTypeWhoseTypeIsTaken() {
		assertMistake(SealedAndTyped.class, "SealedAndTyped.b()",
				"The bean 'startupMistakeTests.SealedAndTyped' has two @OnMessage methods for the type 'one': SealedAndTyped.a(Choice) and SealedAndTyped.b().",
				"Keep one of them, or give them different types.");
	}

	@Test
	void aSealedTypeThatCannotBeToldApart() {
		String action = "Make the permitted classes records with different names, give them a @JsonTypeName, or tell Jackson how to read the type with @JsonTypeInfo.";
		assertMistake(OpenSealed.class, "OpenSealed.a(OpenChoice)",
				"The parameter 'OpenChoice choice' of OpenSealed.a(OpenChoice) in the bean 'startupMistakeTests.OpenSealed' is sealed, but permits AnyChoice, which is abstract.",
				action);
		assertMistake(SameSealed.class, "SameSealed.a(SameChoice)",
				"The parameter 'SameChoice choice' of SameSealed.a(SameChoice) in the bean 'startupMistakeTests.SameSealed' is sealed, but permits two classes for the type 'same': "
						+ Same.class.getName() + " and " + Other.Same.class.getName() + ".",
				action);
	}

	@Test
	void anAdviceWithoutMethods() {
		assertMistake(EmptyAdvice.class, null,
				"In the bean 'startupMistakeTests.EmptyAdvice' (" + EmptyAdvice.class.getName()
						+ ") no method has @OnError.",
				"Add one, such as @OnError ProblemDetail notFound(NoSuchElementException ex), or remove @WsAdvice.");
	}

	@Test
	void anAdviceForMessages() {
		assertMistake(MessageAdvice.class, "MessageAdvice.a(String)",
				"@OnMessage on MessageAdvice.a(String) in the bean 'startupMistakeTests.MessageAdvice' has no effect: only the @OnError methods of @WsAdvice are called.",
				"Move the method to a @WsEndpoint.");
	}

	@Test
	void anAdviceForTopics() {
		assertMistake(TopicAdvice.class, "TopicAdvice.a(String)",
				"@OnJoin on TopicAdvice.a(String) in the bean 'startupMistakeTests.TopicAdvice' has no effect: only the @OnError methods of @WsAdvice are called.",
				"Move the method to a @WsEndpoint.");
	}

	@Test
	void anAdviceThatAsksForWhatAnEndpointDoesNotHave() {
		assertMistake(() -> Harness.of(Plain.class, RoomAdvice.class), "RoomAdvice.a(Exception, String)",
				"The parameter 'String room' of RoomAdvice.a(Exception, String) in the bean 'startupMistakeTests.RoomAdvice' asks for a path variable that the endpoint's path does not have.",
				"Use one of [], or put {room} into the path.");
	}

	@Test
	void anErrorMethodThatWouldAcceptAFailedHandshake() {
		assertMistake(HandshakeErrorReturn.class, "HandshakeErrorReturn.a(HandshakeResponse)",
				"HandshakeErrorReturn.a(HandshakeResponse) in the bean 'startupMistakeTests.HandshakeErrorReturn' returns boolean, but a handshake that failed can only be refused.",
				"Return void or HttpStatus and use the HandshakeResponse for the rest, or remove that parameter to handle failures of sessions.");
	}

	@Test
	void aSessionForAFailedHandshake() {
		assertMistake(HandshakeErrorSession.class, "HandshakeErrorSession.a(HandshakeResponse, WsSession)",
				"The parameter 'WsSession session' of HandshakeErrorSession.a(HandshakeResponse, WsSession) in the bean 'startupMistakeTests.HandshakeErrorSession' cannot be filled.",
				"A method with @OnError and a HandshakeResponse may take HandshakeRequest, HandshakeResponse, one exception, Principal, URI, HttpHeaders, @PathVariable, @RequestParam, @RequestHeader and @CookieValue.");
	}

	@Test
	void anExpressionThatCannotBeParsed() {
		HandlerExtension security = new SpringSecurityExtension(
				org.springframework.security.core.context.SecurityContextHolder.getContextHolderStrategy(),
				new org.springframework.beans.factory.support.StaticListableBeanFactory());
		HandlerOptions options = new HandlerOptions(List.of(), null, security, FailurePolicy.DEFAULTS);
		InvalidEndpointException mistake = mistake(() -> Harness.with(options, WrongExpression.class));
		assertThat(mistake.getDescription()).contains("has the expression 'id +', which cannot be parsed: ");
		assertThat(mistake.getAction()).isEqualTo("Correct it, as in @AuthenticationPrincipal(expression = \"id\").");
		assertMistake(() -> Harness.with(options, PrimitivePrincipal.class), "PrimitivePrincipal.a(int)",
				"The parameter 'int id' of PrimitivePrincipal.a(int) in the bean 'startupMistakeTests.PrimitivePrincipal' is primitive, but for an anonymous client it is null.",
				"Use the wrapper type.");
	}

	@Test
	void anAnnotationOfJakarta() {
		String effect = " in the bean 'startupMistakeTests.JakartaMethods' has no effect there.";
		assertMistake(JakartaMethods.class, "JakartaMethods.a(String)",
				"@jakarta.websocket.OnMessage on JakartaMethods.a(String)" + effect,
				"Import io.github.wsspring.endpoint.OnMessage instead.");
		assertMistake(JakartaParameter.class, "JakartaParameter.a(String, String)",
				"@jakarta.websocket.server.PathParam on a parameter of JakartaParameter.a(String, String) in the bean 'startupMistakeTests.JakartaParameter' has no effect there.",
				"Write @PathVariable of org.springframework.web.bind.annotation instead.");
	}

	@Test
	void anAnnotationOfSpringMessaging() {
		String messaging = "@org.springframework.messaging.";
		assertMistake(MessageMapped.class, "MessageMapped.a(String)", messaging
				+ "handler.annotation.MessageMapping on MessageMapped.a(String) in the bean 'startupMistakeTests.MessageMapped' has no effect there.",
				"Write @OnMessage(\"type\") instead.");
		assertMistake(Subscribed.class, "Subscribed.a(String)", messaging
				+ "simp.annotation.SubscribeMapping on Subscribed.a(String) in the bean 'startupMistakeTests.Subscribed' has no effect there.",
				"Write @OnJoin(\"topic\") instead.");
		assertMistake(SentTo.class, "SentTo.a(String)", messaging
				+ "handler.annotation.SendTo on SentTo.a(String) in the bean 'startupMistakeTests.SentTo' has no effect there.",
				"Write @Broadcast(to = \"topic\") instead.");
		assertMistake(SentToUser.class, "SentToUser.a(String)", messaging
				+ "simp.annotation.SendToUser on SentToUser.a(String) in the bean 'startupMistakeTests.SentToUser' has no effect there.",
				"Remove it: without @Broadcast the return value goes to the sender.");
		assertMistake(DestinationParameter.class, "DestinationParameter.a(String, String)", messaging
				+ "handler.annotation.DestinationVariable on a parameter of DestinationParameter.a(String, String) in the bean 'startupMistakeTests.DestinationParameter' has no effect there.",
				"Write @PathVariable of org.springframework.web.bind.annotation instead.");
		assertMistake(HeaderParameter.class, "HeaderParameter.a(String, String)", messaging
				+ "handler.annotation.Header on a parameter of HeaderParameter.a(String, String) in the bean 'startupMistakeTests.HeaderParameter' has no effect there.",
				"Write @RequestHeader of org.springframework.web.bind.annotation instead.");
	}

	@Test
	void anAnnotationOfSpringMvc() {
		assertMistake(BodyParameter.class, "BodyParameter.a(String)",
				"@org.springframework.web.bind.annotation.RequestBody on a parameter of BodyParameter.a(String) in the bean 'startupMistakeTests.BodyParameter' has no effect there.",
				"Remove it: the payload needs no annotation.");
		assertMistake(ExceptionHandling.class, "ExceptionHandling.b(Exception)",
				"@org.springframework.web.bind.annotation.ExceptionHandler on ExceptionHandling.b(Exception) in the bean 'startupMistakeTests.ExceptionHandling' has no effect there.",
				"Write @OnError instead.");
	}

	@Test
	void aHandlerMethodOutsideOfAnEndpoint() {
		assertMistake(NoEndpoint.class, "NoEndpoint.a(String)",
				"@OnMessage on NoEndpoint.a(String) in the bean 'startupMistakeTests.NoEndpoint' has no effect: its class has no @WsEndpoint.",
				"Write @WsEndpoint(\"/no-endpoint\") on the class, or @WsAdvice if its @OnError methods are for all endpoints.");
		assertMistake(NoAdvice.class, "NoAdvice.a(Exception)",
				"@OnError on NoAdvice.a(Exception) in the bean 'startupMistakeTests.NoAdvice' has no effect: its class has no @WsEndpoint.",
				"Write @WsEndpoint(\"/no-advice\") on the class, or @WsAdvice if its @OnError methods are for all endpoints.");
		assertMistake(InheritedNoEndpoint.class, "InheritedNoEndpoint.a(Object)",
				"@OnMessage on InheritedNoEndpoint.a(Object) in the bean 'startupMistakeTests.InheritedNoEndpoint' has no effect: its class has no @WsEndpoint.",
				"Write @WsEndpoint(\"/inherited-no-endpoint\") on the class, or @WsAdvice if its @OnError methods are for all endpoints.");
		assertMistake(DistantNoEndpoint.class, "DistantNoEndpoint.a(String)",
				"@OnMessage on DistantNoEndpoint.a(String) in the bean 'startupMistakeTests.DistantNoEndpoint' has no effect: its class has no @WsEndpoint.",
				"Write @WsEndpoint(\"/distant-no-endpoint\") on the class, or @WsAdvice if its @OnError methods are for all endpoints.");
	}

	@Test
	void aBeanAsArgument() {
		assertMistake(() -> Harness.of(Service.class, BeanForMessage.class), "BeanForMessage.a(Service)",
				"The parameter 'Service service' of BeanForMessage.a(Service) in the bean 'startupMistakeTests.BeanForMessage' is a bean of the application.",
				"Take it in the constructor of BeanForMessage.");
		assertMistake(() -> Harness.of(Service.class, BeanForOpen.class), "BeanForOpen.a(WsSession, Service)",
				"The parameter 'Service service' of BeanForOpen.a(WsSession, Service) in the bean 'startupMistakeTests.BeanForOpen' is a bean of the application.",
				"Take it in the constructor of BeanForOpen.");
	}

	@Test
	void aPayloadOfAnOpenType() {
		assertMistake(OpenMethod.class, "OpenMethod.a(Object)",
				"The parameter 'Object in' of OpenMethod.a(Object) in the bean 'startupMistakeTests.OpenMethod' has the type 'T', whose variables OpenMethod does not bind.",
				"Write a class instead, such as a record, or let OpenMethod extend or implement the declaring type with classes for its variables.");
		assertMistake(OpenClass.class, "OpenClass.a(List)",
				"The parameter 'List in' of OpenClass.a(List) in the bean 'startupMistakeTests.OpenClass' has the type 'java.util.List<R>', whose variables OpenClass does not bind.",
				"Write a class instead, such as a record, or let OpenClass extend or implement the declaring type with classes for its variables.");
	}

	@Test
	void aParameterWithoutAName(@org.junit.jupiter.api.io.TempDir java.nio.file.Path output) throws Exception {
		Class<?> endpoint = compiledWithoutNames(output, "Unnamed",
				"@io.github.wsspring.endpoint.WsEndpoint(\"/a/{room}\") public class Unnamed {"
						+ " @io.github.wsspring.endpoint.OnOpen void a("
						+ "@org.springframework.web.bind.annotation.PathVariable String room) { } }");
		InvalidEndpointException mistake = mistake(() -> Harness.of(endpoint));
		assertThat(mistake.getDescription()).isEqualTo(
				"The parameter 'String 0' of Unnamed.a(String) in the bean 'unnamed' does not say which path variable it is for.");
		assertThat(mistake.getAction()).isEqualTo("Write the name into the annotation, or compile with -parameters.");
	}

	private static Class<?> compiledWithoutNames(java.nio.file.Path output, String name, String source)
			throws Exception {
		java.nio.file.Path file = java.nio.file.Files.writeString(output.resolve(name + ".java"), source);
		int result = javax.tools.ToolProvider.getSystemJavaCompiler()
			.run(null, null, null, "-proc:none", "-d", output.toString(), "-cp", System.getProperty("java.class.path"),
					file.toString());
		assertThat(result).isZero();
		try (java.net.URLClassLoader loader = new java.net.URLClassLoader(
				new java.net.URL[] { output.toUri().toURL() })) {
			return loader.loadClass(name);
		}
	}

	private static void assertMistake(Class<?> bean, @org.jspecify.annotations.Nullable String method,
			String description, String action) {
		assertMistake(() -> Harness.of(bean), method, description, action);
	}

	private static void assertMistake(org.assertj.core.api.ThrowableAssert.ThrowingCallable start,
			@org.jspecify.annotations.Nullable String method, String description, String action) {
		InvalidEndpointException mistake = mistake(start);
		assertThat(mistake.getDescription()).isEqualTo(description);
		assertThat(mistake.getAction()).isEqualTo(action);
		assertThat(mistake.getMethod()).isEqualTo(method);
		assertThat(mistake.getBeanName()).startsWith("startupMistakeTests.");
		assertThat(mistake).hasMessage(description + " " + action);
	}

	private static InvalidEndpointException mistake(org.assertj.core.api.ThrowableAssert.ThrowingCallable start) {
		InvalidEndpointException mistake = catchThrowableOfType(InvalidEndpointException.class, start);
		assertThat(mistake).isNotNull();
		return mistake;
	}

	@WsEndpoint("/a")
	static class TwoTexts {

		@OnMessage
		void a(String text) {
		}

		@OnMessage
		void b(int number) {
		}

	}

	@WsEndpoint("/a")
	static class TwoBinaries {

		@OnMessage
		void a(byte[] data) {
		}

		@OnMessage
		void b(ByteBuffer data) {
		}

	}

	@WsEndpoint("/a")
	static class TwoOfAType {

		@OnMessage("say")
		void a(String text) {
		}

		@OnMessage("say")
		void b(Map<String, String> map) {
		}

	}

	@WsEndpoint("/a")
	static class TwoOpens {

		@OnOpen
		void a() {
		}

		@OnOpen
		void b(WsSession session) {
		}

	}

	@WsEndpoint("/a")
	static class TwoErrors {

		@OnError
		void a(IllegalStateException ex) {
		}

		@OnError(IllegalStateException.class)
		void b() {
		}

	}

	@WsEndpoint("/a")
	static class WrongError {

		@OnError(IllegalArgumentException.class)
		void a(IllegalStateException ex) {
		}

	}

	@WsEndpoint("/a")
	static class TwoPayloads {

		@OnMessage
		void a(String text, int room) {
		}

	}

	@WsEndpoint("/a")
	static class NoPayload {

		@OnMessage
		void a(WsSession session) {
		}

	}

	@WsEndpoint("/a")
	static class TypedBytes {

		@OnMessage("say")
		void a(byte[] data) {
		}

	}

	@WsEndpoint(path = "/a", execution = Execution.EVENT_LOOP)
	static class StreamOnLoop {

		@OnMessage
		void a(InputStream in) {
		}

	}

	@WsEndpoint(path = "/a", execution = Execution.EVENT_LOOP)
	static class ReaderOnLoop {

		@OnMessage
		void a(Reader text) {
		}

	}

	@WsEndpoint("/a")
	static class TypedStream {

		@OnMessage("say")
		void a(InputStream in) {
		}

	}

	@WsEndpoint("/a")
	static class TypedReader {

		@OnMessage("say")
		void a(Reader text) {
		}

	}

	@WsEndpoint("/a")
	static class ReaderAmongTypes {

		@OnMessage
		void a(Reader text) {
		}

		@OnMessage("say")
		void b(Map<String, Object> say) {
		}

	}

	@WsEndpoint("/a")
	static class StreamAndBytes {

		@OnMessage
		void a(byte[] data) {
		}

		@OnMessage
		void b(InputStream in) {
		}

	}

	@WsEndpoint("/a")
	static class ReaderAndText {

		@OnMessage
		void a(Reader text) {
		}

		@OnMessage
		void b(String text) {
		}

	}

	@WsEndpoint("/a")
	static class SpecialReader {

		@OnMessage
		void a(BufferedReader text) {
		}

	}

	@WsEndpoint("/a")
	static class ValidStream {

		@OnMessage
		void a(@Valid InputStream in) {
		}

	}

	@WsEndpoint("/a")
	static class ClosePayload {

		@OnClose
		void a(String text) {
		}

	}

	@WsEndpoint("/a")
	static class SessionInHandshake {

		@OnHandshake
		void a(WsSession session) {
		}

	}

	@WsEndpoint("/a")
	static class StatusForMessage {

		@OnMessage
		void a(CloseStatus status) {
		}

	}

	@WsEndpoint("/a")
	static class TwoExceptions {

		@OnError
		void a(IllegalStateException a, Exception b) {
		}

	}

	@WsEndpoint("/a/{room}")
	static class WrongVariable {

		@OnMessage
		void a(String text, @PathVariable String rom) {
		}

	}

	@WsEndpoint("/a")
	static class Inconvertible {

		@OnOpen
		void a(@RequestParam Runnable t) {
		}

	}

	@WsEndpoint("/a")
	static class WrongDefault {

		@OnOpen
		void a(@RequestParam(defaultValue = "many") int t) {
		}

	}

	@WsEndpoint("/a")
	static class OptionalPrimitive {

		@OnOpen
		void a(@RequestParam(required = false) int t) {
		}

	}

	@WsEndpoint("/a")
	static class Static {

		@OnMessage
		static void a(String text) {
		}

	}

	@WsEndpoint("/a")
	static class NoMethods {

		void a(String text) {
		}

	}

	@WsEndpoint("/a")
	static class HandshakeReturn {

		@OnHandshake
		String a() {
			return "";
		}

	}

	@WsEndpoint("/a")
	static class CloseReply {

		@OnClose
		String a() {
			return "";
		}

	}

	@WsEndpoint("/a")
	static class CloseStage {

		@OnClose
		@Broadcast(to = "t")
		CompletionStage<String> a() {
			return CompletableFuture.completedFuture("");
		}

	}

	@WsEndpoint("/a")
	static class BroadcastVoid {

		@OnMessage
		@Broadcast(to = "t")
		void a(String text) {
		}

	}

	@WsEndpoint("/a")
	static class BroadcastLaterVoid {

		@OnMessage
		@Broadcast(to = "t")
		CompletableFuture<Void> a(String text) {
			return new CompletableFuture<>();
		}

	}

	@WsEndpoint("/a")
	static class BroadcastStatus {

		@OnMessage
		@Broadcast(to = "t")
		CloseStatus a(String text) {
			return CloseStatus.NORMAL;
		}

	}

	@WsEndpoint("/a")
	static class BroadcastAlone {

		@OnMessage
		void a(String text) {
		}

		@Broadcast(to = "t")
		String b() {
			return "";
		}

	}

	@WsEndpoint("/a/{room}")
	static class UnknownPlaceholder {

		@OnMessage
		@Broadcast(to = "room:{rom}")
		String a(String text) {
			return text;
		}

	}

	static class OneFormat implements WsMessageFormat {

		@Override
		public String subprotocol() {
			return "chat.bin";
		}

		@Override
		public WsEnvelope envelope(byte[] message) {
			return WsEnvelope.NONE;
		}

		@Override
		public Object read(byte[] message, java.lang.reflect.Type type) {
			return message;
		}

		@Override
		public byte[] write(WsEnvelope envelope, @org.jspecify.annotations.Nullable Object payload) {
			return new byte[0];
		}

	}

	static class OtherFormat extends OneFormat {

	}

	record Address(String room, int floor) {

	}

	record Parcel(Address to) {

	}

	@WsEndpoint("/a")
	static class UnknownProperty {

		@OnMessage("a")
		@Broadcast(to = "{payload.to.rom}")
		Parcel a(Parcel parcel) {
			return parcel;
		}

	}

	@WsEndpoint("/a")
	static class NoProperties {

		@OnMessage
		@Broadcast(to = "{payload.room}")
		String a(String text) {
			return text;
		}

	}

	@WsEndpoint("/a")
	static class NoMessage {

		@OnOpen
		@Broadcast(to = "{payload.room}")
		String a() {
			return "a";
		}

	}

	@WsEndpoint("/a/{user}")
	static class AmbiguousUser {

		@OnMessage
		@Broadcast(to = "{user}")
		String a(String text) {
			return text;
		}

	}

	@WsEndpoint("/a/{room}")
	static class BrokenPlaceholder {

		@OnMessage
		@Broadcast(to = "room:{room")
		String a(String text) {
			return text;
		}

	}

	@WsEndpoint("/a")
	static class EmptyTopic {

		@OnMessage
		@Broadcast(to = "")
		String a(String text) {
			return text;
		}

	}

	@WsEndpoint("/a")
	static class JsonPayload {

		@OnMessage
		void a(int number) {
		}

	}

	@WsEndpoint("/a")
	static class JsonType {

		@OnMessage("say")
		void a() {
		}

	}

	@WsEndpoint("/a")
	static class JsonReply {

		@OnMessage
		CompletionStage<Integer> a(String text) {
			return CompletableFuture.completedFuture(1);
		}

	}

	@WsEndpoint("/a")
	static class JsonBroadcast {

		@OnMessage
		@Broadcast(to = "t", type = "said")
		String a(String text) {
			return text;
		}

	}

	@WsEndpoint
	static class NoPath extends Opening {

	}

	static class Opening {

		@OnOpen
		void a() {
		}

	}

	@WsEndpoint("/a/{b")
	static class WrongPath extends Opening {

	}

	@WsEndpoint("/rooms/{room}")
	static class FirstRoom extends Opening {

	}

	@WsEndpoint("/rooms/{id}")
	static class SecondRoom extends Opening {

	}

	@WsEndpoint(path = "/a", id = "it")
	static class FirstId extends Opening {

	}

	@WsEndpoint(path = "/b", id = "it")
	static class SecondId extends Opening {

	}

	@WsEndpoint("${chat.path}")
	static class MissingProperty extends Opening {

	}

	@WsEndpoint(path = "/a", subprotocols = "chat v1")
	static class WrongSubprotocol extends Opening {

	}

	@WsEndpoint(path = "/a", allowedOrigins = "example.org")
	static class WrongOrigin extends Opening {

	}

	@WsEndpoint("/mistake")
	static class WrongPattern {

		@OnJoin("room:{room")
		void a(String topic) {
		}

	}

	@WsEndpoint("/mistake")
	static class WrongTopicVariable {

		@OnJoin("room:{room}")
		void a(@PathVariable String rom) {
		}

	}

	@WsEndpoint("/mistake")
	static class InconvertibleTopic {

		@OnJoin("room:{room}")
		void a(@PathVariable Runnable room) {
		}

	}

	@WsEndpoint("/mistake")
	static class TwoLeaves {

		@OnLeave("room:{room}")
		void a() {
		}

		@OnLeave("room:{id}")
		void b(String topic) {
		}

	}

	@WsEndpoint("/mistake")
	static class MayLeave {

		@OnLeave
		boolean a() {
			return true;
		}

	}

	@WsEndpoint("/mistake")
	static class BroadcastDecision {

		@OnJoin
		@Broadcast(to = "all")
		boolean a() {
			return true;
		}

	}

	@WsEndpoint("/mistake")
	static class DrainPayload {

		@OnDrain
		void a(String text) {
		}

	}

	@WsEndpoint(path = "/mistake", concurrency = 0)
	static class NoConcurrency {

		@OnMessage
		void a(String text) {
		}

	}

	record Say(String text) {

	}

	sealed interface Choice {

	}

	record One() implements Choice {

	}

	record Two() implements Choice {

	}

	sealed interface OpenChoice {

	}

	non-sealed interface AnyChoice extends OpenChoice {

	}

	sealed interface SameChoice {

	}

	record Same() implements SameChoice {

	}

	static class Other {

		record Same() implements SameChoice {

		}

	}

	@WsEndpoint("/a")
	static class Plain {

		@OnMessage
		void a(String text) {
		}

	}

	@WsEndpoint("/a")
	static class NoValidator {

		@OnMessage
		void a(@Valid Say say) {
		}

	}

	@WsEndpoint("/a/{room}")
	static class ValidVariable {

		@OnMessage
		void a(String text, @Valid @PathVariable String room) {
		}

	}

	@WsEndpoint("/a")
	static class ValidMap {

		@OnMessage
		void a(@Valid Map<String, Say> map) {
		}

	}

	@WsEndpoint("/a")
	static class EnvelopeOfOpen {

		@OnOpen
		void a(WsEnvelope envelope) {
		}

	}

	@WsEndpoint("/a")
	static class BroadcastReply {

		@OnMessage
		@Broadcast(to = "all")
		WsReply<String> a(String text) {
			return WsReply.of(text);
		}

	}

	@WsEndpoint("/a")
	static class BroadcastProblem {

		@OnMessage
		@Broadcast(to = "all")
		ProblemDetail a(String text) {
			return ProblemDetail.forStatus(400);
		}

	}

	@WsEndpoint("/a")
	static class TypedPoint {

		@OnMessage("point")
		void a(ConverterTests.Point point) {
		}

	}

	@WsEndpoint("/a")
	static class BroadcastPoint {

		@OnMessage
		@Broadcast(to = "all", type = "point")
		ConverterTests.Point a(String text) {
			return new ConverterTests.Point(1, 2);
		}

	}

	@WsEndpoint("/a")
	static class TypedSealed {

		@OnMessage("choice")
		void a(Choice choice) {
		}

	}

	@WsEndpoint("/a")
	static class SealedAndTyped {

		@OnMessage
		void a(Choice choice) {
		}

		@OnMessage("one")
		void b() {
		}

	}

	@WsEndpoint("/a")
	static class OpenSealed {

		@OnMessage
		void a(OpenChoice choice) {
		}

	}

	@WsEndpoint("/a")
	static class SameSealed {

		@OnMessage
		void a(SameChoice choice) {
		}

	}

	@WsAdvice
	static class EmptyAdvice {

	}

	@WsAdvice
	static class MessageAdvice {

		@OnMessage
		void a(String text) {
		}

	}

	@WsAdvice
	static class TopicAdvice {

		@OnJoin
		void a(String topic) {
		}

	}

	@WsAdvice
	static class RoomAdvice {

		@OnError
		void a(Exception ex, @PathVariable String room) {
		}

	}

	@WsEndpoint("/a")
	static class HandshakeErrorReturn {

		@OnError
		boolean a(HandshakeResponse response) {
			return true;
		}

	}

	@WsEndpoint("/a")
	static class HandshakeErrorSession {

		@OnError
		void a(HandshakeResponse response, WsSession session) {
		}

	}

	@WsEndpoint("/a")
	static class WrongExpression {

		@OnOpen
		void a(@AuthenticationPrincipal(expression = "id +") String id) {
		}

	}

	@WsEndpoint("/a")
	static class PrimitivePrincipal {

		@OnOpen
		void a(@AuthenticationPrincipal int id) {
		}

	}

	@WsEndpoint("/a")
	static class JakartaMethods {

		@jakarta.websocket.OnMessage
		String a(String text) {
			return text;
		}

	}

	@WsEndpoint("/a/{room}")
	static class JakartaParameter {

		@OnMessage
		String a(String text, @jakarta.websocket.server.PathParam("room") String room) {
			return text;
		}

	}

	@WsEndpoint("/a")
	static class MessageMapped {

		@org.springframework.messaging.handler.annotation.MessageMapping("say")
		String a(String text) {
			return text;
		}

	}

	@WsEndpoint("/a")
	static class Subscribed {

		@org.springframework.messaging.simp.annotation.SubscribeMapping("room")
		void a(String topic) {
		}

	}

	@WsEndpoint("/a")
	static class SentTo {

		@OnMessage
		@org.springframework.messaging.handler.annotation.SendTo("room")
		String a(String text) {
			return text;
		}

	}

	@WsEndpoint("/a")
	static class SentToUser {

		@OnMessage
		@org.springframework.messaging.simp.annotation.SendToUser
		String a(String text) {
			return text;
		}

	}

	@WsEndpoint("/a/{room}")
	static class DestinationParameter {

		@OnMessage
		void a(@org.springframework.messaging.handler.annotation.DestinationVariable String room, String text) {
		}

	}

	@WsEndpoint("/a")
	static class HeaderParameter {

		@OnMessage
		void a(@org.springframework.messaging.handler.annotation.Header String room, String text) {
		}

	}

	@WsEndpoint("/a")
	static class BodyParameter {

		@OnMessage
		void a(@org.springframework.web.bind.annotation.RequestBody String text) {
		}

	}

	@WsEndpoint("/a")
	static class ExceptionHandling {

		@OnMessage
		void a(String text) {
		}

		@org.springframework.web.bind.annotation.ExceptionHandler
		void b(Exception ex) {
		}

	}

	static class InheritedNoEndpoint extends HandlerOfText implements HandlesText<String> {

	}

	static class DistantNoEndpoint implements HandlesStrings {

		@Override
		public void a(String text) {
		}

	}

	interface HandlesStrings extends HandlesText<String> {

	}

	static class HandlerOfText {

		public void a(String text) {
		}

	}

	interface HandlesText<T> {

		@OnMessage
		void a(T in);

	}

	@org.springframework.stereotype.Component
	static class NoEndpoint {

		@OnMessage
		String a(String text) {
			return text;
		}

	}

	@org.springframework.stereotype.Service
	static class NoAdvice {

		@OnError
		void a(Exception ex) {
		}

	}

	static class Service {

	}

	@WsEndpoint("/a")
	static class BeanForMessage {

		@OnMessage("tell")
		void a(Service service) {
		}

	}

	@WsEndpoint("/a")
	static class BeanForOpen {

		@OnOpen
		void a(WsSession session, Service service) {
		}

	}

	@WsEndpoint("/a")
	static class OpenMethod {

		@OnMessage
		<T> void a(T in) {
		}

	}

	@WsEndpoint("/a")
	static class OpenClass<R> {

		@OnMessage
		void a(List<R> in) {
		}

	}

}
