// Starts Chromium so that it talks to this machine only.

import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

import { chromium } from "playwright-core";

export function startBrowser() {
  return chromium.launch({
    executablePath: onPath("chromium"),
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync"],
  });
}

function onPath(command) {
  const path = process.env.PATH.split(delimiter).map((folder) => join(folder, command)).find(existsSync);
  if (!path) {
    throw new Error(`${command} is not on the path`);
  }
  return path;
}

/** In the page: connects, sends, collects as many messages as asked for or until the end, closes, and tells all of it. */
export function talk(page, url, { protocols = [], texts = [], binary = [], closeCode = 1000, wait = false } = {}) {
  return page.evaluate(({ url, protocols, texts, binary, closeCode, wait }) => new Promise((resolve) => {
    const socket = new WebSocket(url, protocols);
    socket.binaryType = "arraybuffer";
    const told = { opened: false, protocol: null, messages: [] };
    const left = () => texts.length + binary.length - told.messages.length;
    const end = () => left() === 0 && !wait && socket.close(closeCode);
    socket.onopen = () => {
      told.opened = true;
      told.protocol = socket.protocol;
      texts.forEach((text) => socket.send(text));
      binary.forEach((bytes) => socket.send(new Uint8Array(bytes)));
      end();
    };
    socket.onmessage = ({ data }) => {
      told.messages.push(typeof data === "string" ? data : [...new Uint8Array(data)]);
      end();
    };
    socket.onclose = ({ code, reason, wasClean }) => resolve({ ...told, code, reason, wasClean });
  }), { url: String(url), protocols, texts, binary, closeCode, wait });
}
