//! How an input may begin: with what takes many right calls in a row.

use crate::call::Outcome;
use crate::objects::Object;
use crate::world::{Give, World};

use Give::{Bytes, Number, Object as Of};

const FILE: &[u8] = b"-----BEGIN MEGOLM SESSION DATA-----\n\
    ATqzv7z/DNlnf1mZiH1dr1A/pE8Ivn5WK37MaQTk9MMqAAAD6K/hTR8kYw1gociGmmKFUsy3oEpopBWUQcFyUXfoe0Rd3Hg\n\
    -----END MEGOLM SESSION DATA-----\n";

impl World<'_> {
    /// One of the scenes, or none.
    pub fn scene(&mut self) {
        let scene = self.choices.below(16);
        self.careful = true;
        match scene {
            0 => self.olm(),
            1 => self.megolm(),
            2 => self.verification(),
            3 => self.ecies(),
            4 => self.hpke(),
            5 => self.backup(),
            6 => self.secrets(),
            7 => self.attachment(),
            8 => self.devices(),
            9 => self.tour(),
            10 => self.file(),
            11 => self.export(),
            _ => {}
        }
        self.careful = false;
    }

    /// A key export file of another library, `test-vectors/key-export`.
    fn file(&mut self) {
        let file = self.make("encrypted_key_export_from_text", &[("text", Bytes(FILE))]);
        let passphrase =
            [("passphrase", Bytes(b"correct horse battery staple")), ("max_rounds", Number(1_000))];
        self.make("encrypted_key_export_decrypt", &passphrase);
        self.right("encrypted_key_export_to_text", &[("encrypted", Of(&file))]);
    }

    /// A key export file with sessions, which takes a while.
    fn export(&mut self) {
        self.backup();
        self.make("new_key_export_new", &[("rounds", Number(100_000))]);
        self.make("new_key_export_stretch", &[]);
        let key = self.make("passphrase_stretching_finish", &[]);
        let file = self.make("new_key_export_seal", &[("count", Number(2)), ("stretched", Of(&key))]);
        let opened = [("encrypted", Of(&file)), ("stretched", Of(&key))];
        self.make("encrypted_key_export_open", &opened);
    }

    /// Everything there is, twice: what one function writes another reads, and not all of them stand in that order.
    fn tour(&mut self) {
        self.file();
        self.devices();
        self.attachment();
        self.verification();
        self.ecies();
        self.hpke();
        self.secrets();
        self.backup();
        self.olm();
        for function in self.interface.functions.iter().chain(&self.interface.functions) {
            if !function.frees() && self.provides(function, 3) {
                self.call(function, &[], None);
            }
        }
    }

    /// A call that succeeds.
    fn right(&mut self, name: &str, given: &[(&str, Give<'_>)]) -> Outcome {
        let function = self.interface.function(&format!("cliquet_{name}"));
        let outcome = self.call(function, given, None);
        if outcome.status != 0 {
            self.fail(function, &format!("a right call ends with {}", outcome.status));
        }
        outcome
    }

    fn make(&mut self, name: &str, given: &[(&str, Give<'_>)]) -> Object {
        self.right(name, given).object()
    }

    /// Two accounts, and a session that both have.
    fn olm(&mut self) {
        let (alice, bob) = (self.make("account_new", &[]), self.make("account_new", &[]));
        self.right("account_generate_one_time_keys", &[("account", Of(&bob)), ("count", Number(3))]);
        let keys = self.right("account_unpublished_one_time_keys", &[("account", Of(&bob))]);
        // Behind the id.
        let one_time_key = keys.output("one_time_keys")[8..40].to_vec();
        let identity = |world: &mut Self, account| {
            world
                .right("account_curve25519_key", &[("account", Of(account))])
                .output("curve25519_key")
                .to_vec()
        };
        let (alices, bobs) = (identity(self, &alice), identity(self, &bob));
        let keys = [
            ("their_identity_key", Bytes(&bobs)),
            ("their_one_time_key", Bytes(&one_time_key)),
            ("account", Of(&alice)),
        ];
        let session = self.make("account_create_outbound_session", &keys);
        let message = self.make("olm_session_encrypt", &[("session", Of(&session))]);
        let first =
            [("account", Of(&bob)), ("their_identity_key", Bytes(&alices)), ("message", Of(&message))];
        let other = self.make("account_create_inbound_session", &first);
        let answer = self.make("olm_session_encrypt", &[("session", Of(&other))]);
        self.right("olm_session_decrypt", &[("session", Of(&session)), ("message", Of(&answer))]);
        self.make("olm_session_encrypt", &[("session", Of(&session))]);
        self.make("pickle_key_random", &[]);
    }

    /// A room, a member of it, and two messages.
    fn megolm(&mut self) {
        let room = self.make("outbound_group_session_new", &[]);
        let key = self.make("outbound_group_session_session_key", &[("session", Of(&room))]);
        let member = self.make("inbound_group_session_new", &[("session_key", Of(&key))]);
        for _ in 0..2 {
            let message = self.make("outbound_group_session_encrypt", &[("session", Of(&room))]);
            self.right(
                "inbound_group_session_decrypt",
                &[("session", Of(&member)), ("message", Of(&message))],
            );
        }
        let export = self.make("inbound_group_session_export", &[("session", Of(&member))]);
        self.make("inbound_group_session_import", &[("session_export", Of(&export))]);
        self.make("pickle_key_random", &[]);
    }

    /// Two ends of a verification.
    fn verification(&mut self) {
        let (one, other) = (self.make("sas_new", &[]), self.make("sas_new", &[]));
        let key = |world: &mut Self, sas| {
            world.right("sas_public_key", &[("sas", Of(sas))]).output("public_key").to_vec()
        };
        let (first, second) = (key(self, &one), key(self, &other));
        self.make("sas_diffie_hellman", &[("sas", Of(&one)), ("their_public_key", Bytes(&second))]);
        self.make("sas_diffie_hellman", &[("sas", Of(&other)), ("their_public_key", Bytes(&first))]);
        let account = self.make("account_new", &[]);
        // What a QR code shows.
        self.right("account_ed25519_key", &[("account", Of(&account))]);
        self.make("qr_code_new", &[("transaction_id", Bytes(b"$event"))]);
    }

    fn ecies(&mut self) {
        let (one, other) = (self.make("ecies_new", &[]), self.make("ecies_new", &[]));
        let key = self.right("ecies_public_key", &[("ecies", Of(&one))]).output("public_key").to_vec();
        let first = [("ecies", Of(&other)), ("their_public_key", Bytes(&key))];
        let first = self.right("ecies_establish_outbound_channel", &first);
        let message = [("ecies", Of(&one)), ("message", Bytes(first.output("message")))];
        let channel = self.make("ecies_establish_inbound_channel", &message);
        let answer = self.right("established_ecies_encrypt", &[("channel", Of(&channel))]);
        let waiting = first.object();
        let answer = [("channel", Of(&waiting)), ("message", Bytes(answer.output("message")))];
        self.make("unanswered_ecies_receive_answer", &answer);
    }

    fn hpke(&mut self) {
        let one = self.make("hpke_recipient_new", &[]);
        let key =
            self.right("hpke_recipient_public_key", &[("recipient", Of(&one))]).output("public_key").to_vec();
        let first = [("their_public_key", Bytes(&key)), ("associated_data", Bytes(b""))];
        let first = self.right("hpke_unidirectional_sender_channel_establish", &first);
        let message = [
            ("recipient", Of(&one)),
            ("message", Bytes(first.output("message"))),
            ("associated_data", Bytes(b"")),
        ];
        let channel = self.make("hpke_recipient_establish_channel", &message);
        let answer = [("channel", Of(&channel)), ("associated_data", Bytes(b""))];
        let answer = self.right("hpke_unidirectional_recipient_channel_respond", &answer);
        let waiting = first.object();
        let message = [
            ("channel", Of(&waiting)),
            ("message", Bytes(answer.output("message"))),
            ("associated_data", Bytes(b"")),
        ];
        self.make("hpke_unidirectional_sender_channel_receive_response", &message);
    }

    /// A backup with an entry, and the data of a session.
    fn backup(&mut self) {
        let backup = self.make("pk_decryption_new", &[]);
        let key = self
            .right("pk_decryption_public_key", &[("decryption", Of(&backup))])
            .output("public_key")
            .to_vec();
        let encryption = self.make("pk_encryption_new", &[("recipient_key", Bytes(&key))]);
        let entry = self.make("pk_encryption_encrypt", &[("encryption", Of(&encryption))]);
        self.right("pk_decryption_decrypt", &[("decryption", Of(&backup)), ("message", Of(&entry))]);
        self.make("backup_mac_key_from_bytes", &[]);
        self.megolm();
        let account = self.make("account_new", &[]);
        let signing_key =
            self.right("account_ed25519_key", &[("account", Of(&account))]).output("ed25519_key").to_vec();
        let data = self.make("session_data_new", &[("sender_claimed_ed25519_key", Bytes(&signing_key))]);
        let data = self.make(
            "pk_encryption_encrypt_session_data",
            &[("encryption", Of(&encryption)), ("data", Of(&data))],
        );
        self.right("pk_message_to_json", &[("message", Of(&data))]);
    }

    /// A secret under a key, and what describes the key.
    fn secrets(&mut self) {
        let key = self.make("secret_storage_key_random", &[]);
        let name = ("name", Bytes(b"m.secret"));
        let secret = self.make("secret_storage_key_encrypt", &[("key", Of(&key)), name]);
        let name = ("name", Bytes(b"m.secret"));
        self.right("secret_storage_key_decrypt", &[("key", Of(&key)), ("encrypted", Of(&secret)), name]);
        let description = self.make("key_description_new", &[("key", Of(&key))]);
        self.right("key_description_to_json", &[("description", Of(&description))]);
        self.make("passphrase_parameters_new", &[("salt", Bytes(b"salt")), ("rounds", Number(3))]);
        let passphrase = [("passphrase", Bytes(b"passphrase")), ("max_rounds", Number(3))];
        let stretching = self.make("passphrase_parameters_stretch", &passphrase);
        self.right(
            "passphrase_stretching_advance",
            &[("stretching", Of(&stretching)), ("rounds", Number(3))],
        );
    }

    fn attachment(&mut self) {
        let sealed = self.right("attachment_encrypt_in_place", &[]);
        let (info, ciphertext) = (sealed.object(), sealed.output("bytes"));
        self.right("attachment_info_decrypt", &[("info", Of(&info)), ("ciphertext", Bytes(ciphertext))]);
        let file =
            self.make("encrypted_file_new", &[("info", Of(&info)), ("url", Bytes(b"mxc://example.org/a"))]);
        self.right("encrypted_file_to_json", &[("file", Of(&file))]);
        self.make("attachment_encryptor_new", &[]);
        let reader = self.make("attachment_reader_new", &[("info", Of(&info))]);
        self.right("attachment_reader_read", &[("reader", Of(&reader))]);
        self.make("unverified_decryptor_new", &[("info", Of(&info))]);
    }

    /// Keys as a device publishes them.
    fn devices(&mut self) {
        let account = self.make("account_new", &[]);
        self.right("account_generate_one_time_keys", &[("account", Of(&account)), ("count", Number(2))]);
        let ids = || [("user_id", Bytes(b"@alice:example.org")), ("device_id", Bytes(b"DEVICE"))];
        let keys = self.make("account_signed_device_keys", &ids());
        self.right("json_object_to_canonical_json", &[("object", Of(&keys))]);
        let [user, device] = ids();
        self.make("device_keys_verify", &[("object", Of(&keys)), user, device]);
        let keys = self.make("account_signed_one_time_keys", &ids());
        let json = self.right("json_object_to_canonical_json", &[("object", Of(&keys))]);
        // The first of them, by its name.
        let name = json.output("json").split(|byte| *byte == b'"').nth(1).unwrap_or_default();
        let key = self.right("json_object_get", &[("object", Of(&keys)), ("key", Bytes(name))]);
        let key = self.make("json_object_from_json", &[("json", Bytes(key.output("json")))]);
        let claimed = self.make("device_keys_verify_one_time_key", &[("object", Of(&key))]);
        self.make("account_create_outbound_session_with", &[("claimed", Of(&claimed))]);
    }
}
