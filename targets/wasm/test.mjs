// The module and the conversation of the page, in Node.
import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import "./page/cliquet.js";
import "./page/wire.js";
import "./page/talk.js";

const bytes = await readFile(process.env.CLIQUET_WASM);
const { Device, Module, Refused } = globalThis.cliquet;
const load = (fillRandom) => Module.load(bytes, fillRandom);
const random = (memory) => webcrypto.getRandomValues(memory);

test("the module wants random bytes and nothing else", () => {
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(bytes));
  assert.deepEqual(imports, [{ module: "cliquet", name: "random_bytes", kind: "function" }]);
});

test("the conversation passes", () => {
  const { verdict } = globalThis.talk(load(random), () => {});
  assert.equal(verdict.text, "29 of 29 checks passed");
  assert.ok(verdict.passed);
});

test("the conversation fails if any one message is altered", () => {
  const module = load(random);
  const { messages } = globalThis.talk(module, () => {});
  assert.equal(messages, 13);
  for (let number = 1; number <= messages; number += 1) {
    let failed;
    try {
      failed = !globalThis.talk(module, () => {}, number).verdict.passed;
    } catch (error) {
      failed = error instanceof Refused; // without the first message there is no session to go on with
    }
    assert.ok(failed, `message ${number} was altered and nobody noticed`);
  }
});

test("a generator that fails is an error, and the device goes on when it works again", () => {
  let broken = false;
  const module = load((memory) => {
    if (broken) throw new Error("no entropy");
    random(memory);
  });
  const device = new Device(module, "Amélie");
  broken = true;
  assert.throws(() => new Device(module, "Bruno"), new Refused("the random generator failed"));
  assert.throws(() => device.newOneTimeKey(), Refused);
  assert.throws(() => device.startRoom(), Refused);
  broken = false;
  assert.match(device.newOneTimeKey(), /^[A-Za-z0-9+/]{43}$/);
});

test("what is no message is refused", () => {
  const module = load(random);
  const device = new Device(module, "Amélie");
  for (const body of ["", "A", "AwoA", "é", "Aw==", "A".repeat(100_000)]) {
    assert.throws(() => device.decrypt(device.identityKey, { type: 0, body }), Refused);
    assert.throws(() => device.readFromRoom(body), Refused);
    assert.throws(() => device.joinRoom(body), Refused);
    assert.throws(() => device.startSession(body, device.identityKey), Refused);
  }
  assert.throws(() => module.call("session", 7), new Refused("there is no such device"));
});
