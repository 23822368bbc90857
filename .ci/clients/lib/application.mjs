// Starts and stops Java programs; none of them outlives this process.

import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";

import { inTime } from "./checks.mjs";

const STARTS_WITHIN = 90_000;
const STOPS_WITHIN = 40_000;

const running = new Set();
process.on("exit", () => running.forEach((child) => child.kill("SIGKILL")));
for (const [signal, number] of [["SIGINT", 2], ["SIGTERM", 15], ["SIGHUP", 1]]) {
  process.on(signal, () => process.exit(128 + number));
}

/** A Java program: its output is kept. */
export class JavaProgram {
  #child;

  output = "";

  constructor(args) {
    const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, "bin", "java") : "java";
    this.#child = spawn(java, args, { stdio: ["ignore", "pipe", "pipe"] });
    running.add(this.#child);
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => (this.output += text));
    }
    /** The exit code; null after a signal that the program did not handle. */
    this.exited = new Promise((resolve, reject) => {
      this.#child.on("error", reject);
      this.#child.on("close", (code) => {
        running.delete(this.#child);
        resolve(code);
      });
    });
  }

  get isRunning() {
    return running.has(this.#child);
  }

  kill(signal) {
    this.#child.kill(signal);
  }

  /** Runs to the end; throws unless it ends well. */
  static async run(args, within = STARTS_WITHIN) {
    const program = new JavaProgram(args);
    const code = await inTime(program.exited, within, args.join(" "));
    if (code !== 0) {
      throw new Error(`exit code ${code}: ${program.output}`);
    }
    return program.output.trim();
  }
}

/** A Spring Boot application from an executable jar. */
export class Application extends JavaProgram {
  constructor(jar, ...args) {
    super(["-Xmx256m", "-jar", jar, "--spring.main.banner-mode=off", ...args]);
  }

  static async start(jar, ...args) {
    const application = new Application(jar, ...args);
    await application.logs(/ Started \w+ in /);
    return application;
  }

  /** Waits until the log matches. */
  async logs(pattern, within = STARTS_WITHIN) {
    const end = Date.now() + within;
    while (!pattern.test(this.output)) {
      if (!this.isRunning || Date.now() > end) {
        throw new Error(`${pattern} was not logged:\n${this.output}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Asks it to end, as a service manager would. */
  async stop() {
    const start = performance.now();
    this.kill("SIGTERM");
    const code = await inTime(this.exited, STOPS_WITHIN, "the end after SIGTERM");
    return { code, millis: Math.round(performance.now() - start) };
  }
}

/** Ports of the loopback interface that were free a moment ago. */
export async function freePorts(count) {
  const servers = await Promise.all(Array.from({ length: count }, () => new Promise((resolve, reject) => {
    const server = createServer().on("error", reject).listen(0, "127.0.0.1", () => resolve(server));
  })));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
