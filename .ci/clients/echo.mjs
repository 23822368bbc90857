// The packaged sample's /echo as seen by ws, undici and Chromium.

import assert from "node:assert/strict";

import { ping } from "undici";

import { freePorts } from "./lib/application.mjs";
import { startBrowser, talk } from "./lib/browser.mjs";
import { run } from "./lib/checks.mjs";
import { startSample, TOKENS } from "./lib/sample.mjs";
import { connectUndici, connectWs, refusal } from "./lib/sockets.mjs";

const CLOSE_CODES = [1000, 3000, 3999, 4000, 4999];
const MIB = 1024 * 1024;
const TEXTS = ["", "hello", "héllo wörld", "κόσμε", "日本語", "🙂🚀", "\u0000", "x".repeat(125), "x".repeat(126), "x".repeat(65_535),
  "x".repeat(65_536)];
const SIZES = [0, 1, 125, 126, 65_535, 65_536];

const bearer = { headers: { Authorization: `Bearer ${TOKENS.alice}` } };
const pair = ["bearer", TOKENS.alice];

function bytes(size) {
  const data = Buffer.alloc(size);
  for (let i = 0; i < size; i++) {
    data[i] = i * 31 % 251;
  }
  return data;
}

async function echoWs(peer, data) {
  peer.socket.send(data);
  const answer = await peer.message();
  assert.equal(typeof answer, typeof data);
  assert.ok(Buffer.from(answer).equals(Buffer.from(data)), `${data.length} came back as ${answer.length}`);
}

const echoUndici = echoWs;

async function whoCloses(connect) {
  const codes = [];
  for (const code of CLOSE_CODES) {
    const { socket, closed } = await connect();
    socket.close(code, "good-bye");
    assert.equal((await closed).code, code);
    codes.push(code);
  }
  return codes.join(", ");
}

async function checkWs(check, url) {
  const withPeer = (options, action) => async () => {
    const peer = await connectWs(url, { ...bearer, ...options });
    try {
      return await action(peer);
    }
    finally {
      peer.socket.terminate();
    }
  };

  await check("ws: text", withPeer({}, async (peer) => {
    for (const text of TEXTS) {
      await echoWs(peer, text);
    }
    return `${TEXTS.length} texts`;
  }));
  await check("ws: binary", withPeer({}, async (peer) => {
    for (const size of SIZES) {
      await echoWs(peer, bytes(size));
    }
    return `${SIZES.join(", ")} bytes`;
  }));
  await check("ws: many messages at once come back in order", withPeer({}, async (peer) => {
    const count = 2_000;
    for (let i = 0; i < count; i++) {
      peer.socket.send(`message ${i}`);
    }
    for (let i = 0; i < count; i++) {
      assert.equal(await peer.message(), `message ${i}`);
    }
    return `${count} messages`;
  }));
  await check("ws: fragments, with a ping in between", withPeer({}, async (peer) => {
    // The first two end within a character of several bytes
    const text = Buffer.from("κόσμε🙂 in fragments");
    for (const [from, to] of [[0, 1], [1, 11], [11, 11], [11, 12]]) {
      peer.socket.send(text.subarray(from, to), { binary: false, fin: false });
    }
    peer.socket.ping("between");
    peer.socket.send(text.subarray(12), { binary: false, fin: true });
    assert.equal(await peer.pong(), "between");
    assert.equal(await peer.message(), text.toString("utf8"));
    const data = bytes(10_000);
    for (let i = 0; i < 10; i++) {
      peer.socket.send(data.subarray(i * 1_000, (i + 1) * 1_000), { binary: true, fin: i === 9 });
    }
    assert.deepEqual(await peer.message(), data);
  }));
  await check("ws: 1 MiB, text and binary", withPeer({}, async (peer) => {
    await echoWs(peer, "é".repeat(MIB / 2));
    await echoWs(peer, bytes(MIB));
  }));
  await check("ws: the largest message, and one byte more", withPeer({ maxPayload: 4 * MIB }, async (peer) => {
    await echoWs(peer, bytes(2 * MIB));
    peer.socket.send(bytes(2 * MIB + 1));
    const { code, reason } = await peer.closed;
    assert.equal(code, 1009);
    return `${code} ${reason}`;
  }));
  await check("ws: ping and pong", withPeer({}, async (peer) => {
    peer.socket.ping();
    assert.equal(await peer.pong(), "");
    peer.socket.ping("x".repeat(125));
    assert.equal(await peer.pong(), "x".repeat(125));
    peer.socket.pong("nobody asked");
    await echoWs(peer, "still here");
  }));
  await check("ws: a ping in a text message", withPeer({}, async (peer) => {
    peer.socket.send('{"type":"ping"}');
    assert.equal(await peer.message(), '{"type":"pong"}');
  }));
  await check("ws: close codes come back", () => whoCloses(() => connectWs(url, bearer)));
  await check("ws: a close without a code", withPeer({}, async (peer) => {
    peer.socket.close();
    assert.equal((await peer.closed).code, 1005);
  }));
  await check("ws: text that is not UTF-8 ends with 1007", withPeer({}, async (peer) => {
    peer.socket.send(Buffer.from([0xc3, 0x28]), { binary: false });
    const { code, reason } = await peer.closed;
    assert.equal(code, 1007);
    return `${code} ${reason}`;
  }));
  await check("ws: an end without a close frame does no harm", withPeer({}, async (peer) => {
    peer.socket.terminate();
    await peer.closed;
    const next = await connectWs(url, bearer);
    await echoWs(next, "next");
    next.socket.close(1000);
    assert.equal((await next.closed).code, 1000);
  }));
  await check("ws: the subprotocol pair is answered without the token", withPeer({ protocols: pair, headers: {} }, async (peer) => {
    assert.equal(peer.socket.protocol, "bearer");
    await echoWs(peer, "hello");
  }));
  await check("ws: a wrong path", async () => {
    const { status } = await refusal(new URL("/nowhere", url), bearer);
    assert.equal(status, 404);
    return status;
  });
  await check("ws: a foreign Origin", async () => {
    const { status } = await refusal(url, { ...bearer, origin: "https://foreign.example" });
    assert.equal(status, 403);
    return status;
  });
  await check("ws: an Origin of the same host", withPeer({ origin: "http://127.0.0.1:1" }, (peer) => echoWs(peer, "hello")));
  await check("ws: a wrong token, and none", async () => {
    const wrong = await refusal(url, { headers: { Authorization: "Bearer wrong" } });
    const none = await refusal(url);
    assert.deepEqual([wrong.status, none.status], [401, 401]);
    assert.match(wrong.headers["www-authenticate"], /^Bearer/);
    assert.match(none.headers["www-authenticate"], /^Bearer/);
    return `401 with WWW-Authenticate: ${wrong.headers["www-authenticate"]} (none: ${none.headers["www-authenticate"]})`;
  });
}

async function checkUndici(check, url) {
  const withPeer = (action) => async () => {
    const peer = await connectUndici(url, pair);
    try {
      return await action(peer);
    }
    finally {
      peer.socket.close(1000);
      await peer.closed;
    }
  };

  await check("undici: text, binary and empty", withPeer(async (peer) => {
    assert.equal(peer.socket.protocol, "bearer");
    for (const text of TEXTS) {
      await echoUndici(peer, text);
    }
    for (const size of SIZES) {
      await echoUndici(peer, bytes(size));
    }
  }));
  await check("undici: 1 MiB, text and binary", withPeer(async (peer) => {
    await echoUndici(peer, "é".repeat(MIB / 2));
    await echoUndici(peer, bytes(MIB));
  }));
  await check("undici: a ping does not disturb", withPeer(async (peer) => {
    ping(peer.socket, Buffer.from("ping"));
    await echoUndici(peer, "still here");
  }));
  await check("undici: the header", async () => {
    const peer = await connectUndici(url, bearer);
    await echoUndici(peer, "hello");
    peer.socket.close(1000);
    assert.equal((await peer.closed).code, 1000);
  });
  await check("undici: close codes come back", () => whoCloses(() => connectUndici(url, pair)));
  await check("undici: a wrong token", () => assert.rejects(connectUndici(url, ["bearer", "wrong"])));
}

/** With ws.auth.reject=close, which lets a browser read why. */
async function checkClosing(check, url) {
  await check("ws: a wrong token, and none, with ws.auth.reject=close", async () => {
    const wrong = await connectWs(url, { headers: { Authorization: "Bearer wrong" } });
    const none = await connectWs(url);
    const closes = [await wrong.closed, await none.closed];
    assert.deepEqual(closes.map(({ code }) => code), [4401, 4401]);
    return closes.map(({ code, reason }) => `${code} ${reason}`).join(" | ");
  });
  await check("undici: a wrong token, with ws.auth.reject=close", async () => {
    const { code, reason } = await (await connectUndici(url, ["bearer", "wrong"])).closed;
    assert.equal(code, 4401);
    return `${code} ${reason}`;
  });
}

async function checkHeartbeat(check, url) {
  await check("ws: who answers pings stays, who does not is dropped", async () => {
    const lively = await connectWs(url, bearer);
    const silent = await connectWs(url, { ...bearer, autoPong: false });
    await silent.ping();
    const { code } = await silent.closed;
    await lively.ping();
    await echoWs(lively, "still here");
    lively.socket.close(1000);
    assert.equal((await lively.closed).code, 1000);
    return `dropped with ${code}`;
  });
}

async function checkChromium(check, page, url, closing) {
  await check("Chromium: text, binary, empty and a MiB", async () => {
    const texts = [...TEXTS, "é".repeat(MIB / 2)];
    const binary = SIZES.map((size) => [...bytes(size)]);
    const told = await talk(page, url, { protocols: pair, texts, binary });
    assert.equal(told.protocol, "bearer");
    assert.deepEqual(told.messages, [...texts, ...binary]);
    assert.deepEqual([told.code, told.wasClean], [1000, true]);
  });
  await check("Chromium: close codes come back", async () => {
    for (const closeCode of CLOSE_CODES) {
      const told = await talk(page, url, { protocols: pair, closeCode });
      assert.deepEqual([told.code, told.wasClean], [closeCode, true]);
    }
    return CLOSE_CODES.join(", ");
  });
  await check("Chromium: a wrong token is 1006 after a 401", async () => {
    const told = await talk(page, url, { protocols: ["bearer", "wrong"], wait: true });
    assert.deepEqual([told.opened, told.code], [false, 1006]);
  });
  await check("Chromium: a wrong token is a readable 4401 with ws.auth.reject=close", async () => {
    const told = await talk(page, closing, { protocols: ["bearer", "wrong"], wait: true });
    assert.deepEqual([told.opened, told.code, told.wasClean], [true, 4401, true]);
    return `${told.code} ${told.reason}`;
  });
}

await run("echo", async ({ check }) => {
  const ports = await freePorts(4);
  const strict = await startSample(ports.slice(0, 2), "--ws.auth.reject=http", "--ws.inbound.max-message-size=2MB",
    "--ws.outbound.queue-size=8MB");
  const closing = await startSample(ports.slice(2), "--ws.auth.reject=close", "--ws.heartbeat.interval=1s",
    "--ws.heartbeat.timeout=2s");
  const url = `ws://127.0.0.1:${ports[1]}/echo`;
  const closingUrl = `ws://127.0.0.1:${ports[3]}/echo`;

  await checkWs(check, url);
  await checkUndici(check, url);
  await checkClosing(check, closingUrl);
  await checkHeartbeat(check, closingUrl);

  const browser = await startBrowser();
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${ports[0]}/`);
  await checkChromium(check, page, url, closingUrl);
  await check("Chromium: a page of another host is refused, and the log says what to change", async () => {
    const foreign = await browser.newPage();
    await foreign.goto(`http://localhost:${ports[0]}/`);
    const told = await talk(foreign, url, { protocols: pair, wait: true });
    assert.deepEqual([told.opened, told.code], [false, 1006]);
    await strict.logs(/localhost.*127\.0\.0\.1.*ws\.origins/, 5_000);
    return strict.output.split("\n").find((line) => /localhost.*ws\.origins/.test(line)).replace(/^.*?: /, "");
  });
  await browser.close();

  await check("no token in the log, and no stack trace", async () => {
    for (const { output } of [strict, closing]) {
      assert.doesNotMatch(output, /demo-token|\bwrong\b|^\tat /m);
    }
  });
  await check("SIGTERM ends it", async () => {
    const stops = await Promise.all([strict.stop(), closing.stop()]);
    stops.forEach(({ code }) => assert.ok([0, 143].includes(code), `exit code ${code}`));
    return stops.map(({ code, millis }) => `exit code ${code} after ${millis} ms`).join(", ");
  });
});
