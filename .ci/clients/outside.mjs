// The application of outside.sh, which has the starter as its only dependency: its class path, its clients, its end, its mistakes.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";

import { Application, freePorts, JavaProgram } from "./lib/application.mjs";
import { startBrowser, talk } from "./lib/browser.mjs";
import { inTime, run } from "./lib/checks.mjs";
import { connectUndici, connectWs } from "./lib/sockets.mjs";

const GRACE_PERIOD = 20_000;

const folder = process.argv[2];
const jar = `${folder}/target/outside-1.jar`;

/** What Spring Boot prints if it can explain why the application does not start. */
async function failure(check, title, args, ...words) {
  await check(title, async () => {
    const application = new Application(jar, "--ws.server.address=127.0.0.1", ...args);
    const code = await inTime(application.exited, 60_000, "the end of an application that cannot start");
    const analysis = /APPLICATION FAILED TO START\n\*+\n\n([\s\S]*)/.exec(application.output)?.[1].trim();
    assert.ok(analysis, `Not explained: ${application.output}`);
    assert.equal(code, 1);
    for (const word of words) {
      assert.ok(analysis.includes(word), `"${word}" is missing in:\n${analysis}`);
    }
    assert.match(analysis, /^Description:\n\n.+\n\nAction:\n\n.+/s);
    assert.doesNotMatch(application.output, /^\tat /m);
    return `exit code ${code}\n${analysis.replace(/\n\n/g, "\n").replace(/^/gm, "        ")}`;
  });
}

/** A page on the host of the WebSocket server. */
async function servePage() {
  const server = createServer((request, response) => {
    response.writeHead(200, { "Content-Type": "text/html" }).end("<!doctype html><title>Outside</title>");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${server.address().port}/`;
}

await run("outside", async ({ check }) => {
  await check("no web server on the class path", async () => {
    const dependencies = readFileSync(`${folder}/target/dependencies.txt`, "utf8").match(/[\w.-]+:[\w.-]+:jar:[\w.-]+/g);
    assert.ok(dependencies.some((name) => name.startsWith("io.github.wsspring:ws-spring-boot-autoconfigure:")));
    assert.deepEqual(dependencies.filter((name) => /servlet|netty|tomcat|jetty|undertow|websocket-api/i.test(name)), []);
    return `${dependencies.length} jars: ${dependencies.map((name) => name.split(":")[1]).sort().join(" ")}`;
  });

  const [port] = await freePorts(1);
  const url = `ws://127.0.0.1:${port}/echo`;
  const application = await Application.start(jar, "--ws.server.address=127.0.0.1", `--ws.server.port=${port}`);
  await check("it stays alive without anybody connected", async () => {
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    assert.ok(application.isRunning);
  });
  await check("it says where it listens", async () => {
    const line = application.output.split("\n").find((text) => text.includes(String(port)));
    assert.ok(line, application.output);
    return line.replace(/^.*? : /, "");
  });

  const ws = await connectWs(url);
  await check("ws", async () => {
    ws.socket.send("κόσμε");
    assert.equal(await ws.message(), "κόσμε");
  });
  const undici = await connectUndici(url);
  await check("undici", async () => {
    undici.socket.send("κόσμε");
    assert.equal(await undici.message(), "κόσμε");
  });
  await check("the JDK's HttpClient", () => JavaProgram.run([`${folder}/clients/JdkClient.java`, url]));
  await check("Java-WebSocket", () => JavaProgram.run(["-cp", `${folder}/target/class-path/*`,
    `${folder}/clients/JavaWebSocketClient.java`, url]));
  const browser = await startBrowser();
  const page = await browser.newPage();
  await page.goto(await servePage());
  await check("Chromium", async () => {
    const told = await talk(page, url, { texts: ["κόσμε", ""] });
    assert.deepEqual([told.messages, told.code, told.wasClean], [["κόσμε", ""], 1000, true]);
  });
  const held = talk(page, url, { wait: true, texts: ["here"] });
  await failure(check, "the port is taken", [`--ws.server.port=${port}`], String(port), "ws.server.port");
  await check("SIGTERM with open sessions", async () => {
    const { code, millis } = await application.stop();
    const closes = await Promise.all([ws.closed, undici.closed, held]);
    assert.deepEqual(closes.map((close) => close.code), [1012, 1012, 1012]);
    assert.ok([0, 143].includes(code), `exit code ${code}`);
    assert.ok(millis < GRACE_PERIOD, `${millis} ms`);
    return `exit code ${code} after ${millis} ms; ws, undici and Chromium got 1012 "${closes[0].reason}"`;
  });
  await browser.close();

  await failure(check, "two endpoints with one path", ["--spring.profiles.active=duplicate-path", "--ws.server.port=0"],
    "'echo'", "SecondEcho", "/echo");
  await failure(check, "two methods for text", ["--spring.profiles.active=two-text-handlers", "--ws.server.port=0"],
    "Twice", "first(", "second(", "@OnMessage(");
  await failure(check, "an argument that nobody knows", ["--spring.profiles.active=unknown-argument", "--ws.server.port=0"],
    "Unknown", "open(", "Thread");
});
