"""Conversations between two processes that run two libolms: mixed.py (PYTHON LIBRARY) (PYTHON LIBRARY).

This process runs neither. Each party proves which file it has loaded; messages and pickles go through pipes.
"""

import json
import os
import random
import subprocess
import sys


class Party:
    def __init__(self, python, library):
        script = os.path.join(os.path.dirname(__file__), "party.py")
        environment = dict(os.environ, LD_LIBRARY_PATH=os.path.dirname(library))
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self.process = subprocess.Popen([python, script, library], env=environment, **pipes)
        self.library = json.loads(self.process.stdout.readline())

    def ask(self, *call):
        print(json.dumps(call), file=self.process.stdin, flush=True)
        return json.loads(self.process.stdout.readline())

    def __getattr__(self, name):
        def call(*arguments):
            answer = self.ask(name, *arguments)
            assert not isinstance(answer, dict) or "error" not in answer, f"{self.library}: {name}: {answer}"
            return answer

        return call

    def fails(self, error, *call):
        answer = self.ask(*call)
        assert answer == {"error": error}, f"{self.library}: {call}: {answer} instead of {error}"

    def leave(self):
        self.process.stdin.close()
        assert self.process.wait() == 0


def sessions(alice, bob, dice, key_of_bob):
    alices, bobs = alice.new_account("me"), bob.new_account("me")
    alice.verify(bobs["ed25519"], "text", bob.sign("me", "text"))
    alice.begin("with bob", "me", bobs["curve25519"], key_of_bob(bob))
    first = [alice.encrypt("with bob", f"first {number}") for number in range(3)]
    assert [kind for kind, _ in first] == [0, 0, 0]
    bob.accept("with alice", "me", first[1], alices["curve25519"])
    assert bob.matches("with alice", first[0])
    bob.use_up("me", "with alice")
    for number in (1, 0, 2):
        assert bob.decrypt("with alice", first[number]) == f"first {number}"
    bob.fails("OlmSessionError: BAD_MESSAGE_MAC", "decrypt", "with alice", first[0])

    sides = [(alice, "with bob", bob, "with alice"), (bob, "with alice", alice, "with bob")]
    for turn in range(60):
        sender, session, receiver, other = sides[1] if turn == 0 else dice.choice(sides)
        count = dice.randrange(1, 6)
        texts = [f"{turn} {number} " + "é" * dice.randrange(60) for number in range(count)]
        messages = [sender.encrypt(session, text) for text in texts]
        order = list(range(count))
        dice.shuffle(order)
        for number in order:
            assert receiver.decrypt(other, messages[number]) == texts[number]
        if dice.randrange(8) == 0:
            exchange(alice, "with bob", bob, "with alice", "session")
            exchange(alice, "me", bob, "me", "account")


def exchange(one, its, other, others, kind):
    """Each goes on with the object of the other: the two change sides."""
    key = "key of pickles"
    pickles = one.store(its, key), other.store(others, key)
    one.load("moved", kind, pickles[1], key)
    other.load("moved", kind, pickles[0], key)
    assert (one.store("moved", key), other.store("moved", key)) == (pickles[1], pickles[0])
    # Back again, so that the names stay right.
    one.load(its, kind, other.store("moved", key), key)
    other.load(others, kind, one.store("moved", key), key)
    one.fails(f"Olm{kind.capitalize()}Error: BAD_ACCOUNT_KEY", "load", "x", kind, pickles[0], "wrong")


def groups(alice, bob):
    identifier = alice.open_room("room")
    assert bob.join("member", alice.room_key("room")) == identifier
    posts = [alice.post("room", f"post {index}") for index in range(300)]
    for index in (0, 299, 5, 256, 255, 5):
        assert bob.read("member", posts[index]) == [f"post {index}", index]
    assert alice.take("own", bob.export("member", 250)) == 250
    assert alice.read("own", posts[250]) == ["post 250", 250]
    alice.fails("OlmGroupSessionError: UNKNOWN_MESSAGE_INDEX", "read", "own", posts[249])

    # The room goes over to the other library, and so does the member.
    bob.load("room", "room", alice.store("room", "key"), "key")
    alice.load("member", "member", bob.store("member", "key"), "key")
    assert alice.read("member", bob.post("room", "from there")) == ["from there", 300]


def backups(alice, bob):
    public_key = alice.new_backup("backup")
    message = bob.back_up(public_key, "to be kept")
    assert alice.restore("backup", message) == "to be kept"
    bob.load("backup", "decryption", alice.store("backup", "key"), "key")
    assert bob.restore("backup", message) == "to be kept"
    seed = "07" * 32
    assert alice.cross_sign(seed, "text") == bob.cross_sign(seed, "text")
    key, signature = alice.cross_sign(seed, "text")
    bob.verify(key, "text", signature)
    bob.fails("OlmVerifyError: BAD_MESSAGE_MAC", "verify", key, "other", signature)


def verification(alice, bob):
    keys = alice.new_sas("sas"), bob.new_sas("sas")
    assert alice.compare("sas", keys[1], "info") == bob.compare("sas", keys[0], "info")


def one_time(bob):
    return list(bob.new_keys("me", 3).values())[1]


def fallback(bob):
    return bob.new_fallback_key("me")


seed = random.randrange(1 << 32)
print(f"seed {seed}")
for pair in (sys.argv[1:5], sys.argv[3:5] + sys.argv[1:3]):
    alice, bob = Party(*pair[:2]), Party(*pair[2:])
    assert not os.path.samefile(alice.library, bob.library), "both run the same library"
    for turn, key_of_bob in enumerate((one_time, fallback)):
        sessions(alice, bob, random.Random(seed + turn), key_of_bob)
    groups(alice, bob)
    backups(alice, bob)
    verification(alice, bob)
    alice.leave()
    bob.leave()
    print(f"a conversation between {alice.library} and {bob.library}")
