"use strict";
// The conversation that the page shows and that the test in Node checks: two devices, and somebody who alters what travels.

/** How many things are checked. Fewer means that the conversation broke off. */
const CHECKS = 29;

/** The message with one bit of one byte changed. */
function altered(body, position) {
  const bytes = wire.fromBase64(body);
  bytes[position < 0 ? bytes.length + position : position] ^= 1;
  return wire.toBase64(bytes);
}

/** Counts what was as it must be. */
class Verdict {
  checks = 0;
  failures = [];

  check(holds, what) {
    this.checks += 1;
    if (!holds) this.failures.push(what);
  }

  get passed() {
    return this.failures.length === 0 && this.checks === CHECKS;
  }

  get text() {
    if (this.passed) return `${this.checks} of ${CHECKS} checks passed`;
    return `failed: ${this.failures[0] ?? "the conversation broke off"} (${this.checks} of ${CHECKS} checks made)`;
  }
}

/** What somebody on the way made of the message, if he is to alter this one. */
class Network {
  #count = 0;
  #alter;

  constructor(alter) {
    this.#alter = alter;
  }

  carry(body) {
    this.#count += 1;
    return this.#count === this.#alter ? altered(body, -20) : body;
  }

  get messages() {
    return this.#count;
  }
}

/**
 * Plays everything. `show` is told of each event; `alter` is the number of the message that somebody alters on its way, which must then fail.
 * Returns the verdict and both devices.
 */
function talk(module, show, alter = 0) {
  const { Device, Refused } = cliquet;
  const verdict = new Verdict();
  const network = new Network(alter);
  const [amelie, bruno] = [new Device(module, "Amélie"), new Device(module, "Bruno")];
  verdict.check(amelie.identityKey !== bruno.identityKey, "two devices have one key");

  const read = (what, text, reading) => {
    try {
      const plaintext = reading();
      verdict.check(plaintext === text, `${what} says something else`);
      return { plaintext };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      verdict.check(false, `${what} was refused: ${error.message}`);
      return { refusal: error.message };
    }
  };
  const refuse = (what, recipient, reading) => {
    const before = [recipient.session(), recipient.rooms()].join();
    let refusal;
    try {
      reading();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      refusal = error.message;
    }
    verdict.check(refusal !== undefined, `${what} was not refused`);
    verdict.check([recipient.session(), recipient.rooms()].join() === before, `${what} changed the state`);
    return { refusal };
  };
  const send = (sender, text) => {
    const message = sender.encrypt(text);
    return { protocol: "Olm", sender, text, type: message.type, sent: message.body, body: network.carry(message.body) };
  };
  const receive = (message, recipient, note) => {
    const reading = () => recipient.decrypt(message.sender.identityKey, message);
    const { plaintext, refusal } = read(`the message “${message.text}”`, message.text, reading);
    show({ ...message, recipient, plaintext, refusal, note });
    return plaintext;
  };
  const write = (sender, text) => {
    const sent = sender.writeToRoom(text);
    return { protocol: "Megolm", sender, text, sent, body: network.carry(sent) };
  };
  const readRoom = (message, recipient, note) => {
    const reading = () => recipient.readFromRoom(message.body);
    show({ ...message, recipient, ...read(`the message “${message.text}” to the room`, message.text, reading), note });
  };

  show({ title: "A session is agreed on", about: "Bruno has published a one-time key. Amélie claims it, and her first messages carry all that he needs." });
  amelie.startSession(bruno.identityKey, bruno.newOneTimeKey());
  receive(send(amelie, "Bonjour Bruno !"), bruno);
  const answer = send(bruno, "Salut Amélie, je te lis.");
  verdict.check(answer.type === 1, "the answer is a pre-key message");
  receive(answer, amelie);
  verdict.check(amelie.session().split("\n")[0] === bruno.session().split("\n")[0], "two ids for one session");

  show({ title: "Messages cross and come late", about: "Each answer turns the ratchet. Keys of messages that have not come are kept until they do." });
  const [early, late] = [send(amelie, "On se voit à midi"), send(amelie, "devant la gare.")];
  receive(late, bruno, "overtook the one before");
  verdict.check(bruno.session().includes("skipped 1"), "no key was kept");
  receive(early, bruno, "came late");
  verdict.check(bruno.session().includes("skipped 0"), "a used key was kept");
  receive(send(bruno, "J’y serai — à tout à l’heure !"), amelie);

  show({ title: "Both devices restart", about: "Everything goes through sealed pickles and comes back." });
  for (const device of [amelie, bruno]) {
    const before = device.session();
    const length = device.restart();
    verdict.check(device.session() === before, "a restart changed the session");
    show({ device, restarted: length });
  }

  show({ title: "A room", about: "A Megolm session goes one way. Its key travels over Olm; whoever has it reads from there on." });
  for (const [writer, reader, texts] of [[amelie, bruno, ["À tous : midi.", "Devant la gare.", "Ne tardez pas."]], [bruno, amelie, ["Bien reçu."]]]) {
    const key = writer.startRoom();
    const plaintext = receive({ ...send(writer, key), secret: true }, reader, "the key of the room");
    if (plaintext !== undefined) reader.joinRoom(plaintext);
    for (const text of texts) readRoom(write(writer, text), reader);
  }

  show({ title: "Somebody gets in between", about: "He alters messages and sends them again. Nothing of it is read, and nothing changes." });
  const message = send(amelie, "Ceci reste intact.");
  for (const [what, position] of [["its ciphertext altered", -20], ["its MAC altered", -1]]) {
    const body = altered(message.body, position);
    const reading = () => bruno.decrypt(amelie.identityKey, { ...message, body });
    show({ ...message, body, recipient: bruno, attack: true, note: what, ...refuse(`a message with ${what}`, bruno, reading) });
  }
  receive(message, bruno, "as it was sent");
  const again = () => bruno.decrypt(amelie.identityKey, message);
  show({ ...message, recipient: bruno, attack: true, note: "sent again", ...refuse("a message sent again", bruno, again) });
  const toRoom = write(amelie, "À demain.");
  const body = altered(toRoom.body, -1);
  const forged = () => bruno.readFromRoom(body);
  show({ ...toRoom, body, recipient: bruno, attack: true, note: "its signature altered", ...refuse("a forged message", bruno, forged) });
  readRoom(toRoom, bruno, "as it was sent");

  show({ title: "On every processor the same", about: "The same conversation with fixed random bytes, compared with what it is on x86-64." });
  const compared = module.knownConversation();
  verdict.check(compared > 30, "too few digests were compared");
  show({ compared });
  return { verdict, amelie, bruno, messages: network.messages };
}

globalThis.talk = talk;
