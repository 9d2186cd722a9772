"use strict";
// The library for JavaScript: texts in and out of the WebAssembly module, random bytes into it. For browsers and for Node.

/** The library refused; the message says why. Nothing has changed. */
class Refused extends Error {}

/** The module and its memory. */
class Module {
  #exports;

  /**
   * From the bytes of the module; `fillRandom` is `crypto.getRandomValues`, or stands in its place. Compiled at once, so that a page
   * is complete when it has loaded: browsers do that up to 8 MB.
   */
  static load(bytes, fillRandom) {
    const module = new Module();
    const random_bytes = (pointer, length) => {
      try {
        fillRandom(new Uint8Array(module.#exports.memory.buffer, pointer, length));
        return 0;
      } catch {
        return 1; // the library hands it on as an error
      }
    };
    const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { cliquet: { random_bytes } });
    module.#exports = instance.exports;
    return module;
  }

  /** Calls a function of the module; throws `Refused` if it refuses. */
  call(name, device, input = "") {
    const exports = this.#exports;
    const bytes = new TextEncoder().encode(input);
    const pointer = exports.input(bytes.length);
    new Uint8Array(exports.memory.buffer, pointer, bytes.length).set(bytes);
    const refused = exports[name](device);
    const answer = new Uint8Array(exports.memory.buffer, exports.output(), exports.output_length());
    const text = new TextDecoder().decode(answer);
    if (refused) throw new Refused(text);
    return text;
  }

  /** Plays the conversation that must be the same on every processor; how many digests it compared. */
  knownConversation() {
    return Number(this.call("known_conversation"));
  }
}

/** One device: an account, an Olm session, a room that it writes to and one that it reads. */
class Device {
  #module;
  #number;

  constructor(module, name) {
    this.#module = module;
    this.name = name;
    this.#number = Number(module.call("new_device"));
    [this.identityKey, this.fingerprintKey] = this.#ask("identity_keys").split("\n");
  }

  #ask(name, input) {
    return this.#module.call(name, this.#number, input);
  }

  newOneTimeKey() {
    return this.#ask("new_one_time_key");
  }

  startSession(identityKey, oneTimeKey) {
    this.#ask("start_session", `${identityKey}\n${oneTimeKey}`);
  }

  /** An Olm message as it travels: its type and its base64. */
  encrypt(text) {
    const [type, body] = this.#ask("encrypt", text).split("\n");
    return { type: Number(type), body };
  }

  decrypt(sender, { type, body }) {
    return this.#ask("decrypt", `${sender}\n${type}\n${body}`);
  }

  /** What may be shown of the session: no secret is in it. */
  session() {
    return this.#ask("session");
  }

  startRoom() {
    return this.#ask("start_room");
  }

  joinRoom(key) {
    this.#ask("join_room", key);
  }

  writeToRoom(text) {
    return this.#ask("write_to_room", text);
  }

  readFromRoom(body) {
    return this.#ask("read_from_room", body);
  }

  rooms() {
    return this.#ask("rooms");
  }

  /** Goes through its pickles, as over a restart; how many bytes those are. */
  restart() {
    return Number(this.#ask("restart"));
  }
}

globalThis.cliquet = { Device, Module, Refused };
