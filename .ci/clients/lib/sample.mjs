// Where the packaged sample is, and how the checks start it.

import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { Application } from "./application.mjs";

export const root = fileURLToPath(new URL("../../../", import.meta.url));

export const TOKENS = { alice: "alice-demo-token", bob: "bob-demo-token", carol: "carol-demo-token" };

/** Starts the sample on the loopback interface: its pages on one port, its WebSockets on the other. */
export function startSample([http, ws], ...args) {
  return Application.start(jar(), "--server.address=127.0.0.1", `--server.port=${http}`, "--ws.server.address=127.0.0.1",
    `--ws.server.port=${ws}`, ...args);
}

function jar() {
  const folder = `${root}sample-app/target/`;
  const jars = readdirSync(folder).filter((name) => /^sample-app-.*\.jar$/.test(name));
  if (jars.length !== 1) {
    throw new Error(`One packaged sample is needed in ${folder}, but there is: ${jars}`);
  }
  return folder + jars[0];
}
