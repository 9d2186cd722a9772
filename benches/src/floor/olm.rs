//! Olm.

use ed25519_dalek::{
    VerifyingKey,
    hazmat::{ExpandedSecretKey, raw_sign},
};
use sha2::Sha512;

use super::{
    Floor,
    bytes::{Fields, decode, decode_array, encode, put_varint, random},
    kdf::{NO_SALT, hkdf, keyed, mac},
    message::{self, padded},
    primitives::x25519,
};
use crate::{
    Result,
    libraries::{Accounts, OlmSessions, OlmText, Pair},
};

const PRE_KEY: usize = 0;
const NORMAL: usize = 1;

pub(crate) struct Account {
    signing_key: ExpandedSecretKey,
    public_signing_key: VerifyingKey,
    identity_key: KeyPair,
    one_time_keys: Vec<KeyPair>,
}

type PublicKey = [u8; 32];

struct KeyPair {
    secret: [u8; 32],
    public: PublicKey,
}

impl KeyPair {
    fn random() -> Result<Self> {
        let secret = random()?;
        Ok(Self { secret, public: x25519::public_key(&secret) })
    }

    fn agree(&self, theirs: &PublicKey) -> Result<[u8; 32]> {
        let mut shared = [0; 32];
        x25519::diffie_hellman(&self.secret, theirs, &mut shared).map_err(|_| "a public key is weak")?;
        Ok(shared)
    }
}

#[derive(Default)]
struct Chain {
    key: [u8; 32],
    index: u32,
}

impl Chain {
    fn new(key: [u8; 32]) -> Self {
        Self { key, index: 0 }
    }

    /// The keys of the next message.
    fn next(&mut self) -> message::Keys {
        let key = keyed(&self.key);
        let message_key = mac(key.clone(), &[&[1]]);
        self.key = mac(key, &[&[2]]);
        self.index = self.index.saturating_add(1);
        hkdf(&NO_SALT, &message_key, b"OLM_KEYS")
    }
}

pub(crate) struct Session {
    root_key: [u8; 32],
    sending: Option<(KeyPair, Chain)>,
    their_ratchet_key: PublicKey,
    receiving: Chain,
    /// One-time key, base key and identity key, until something was received.
    pre_key_fields: Option<[PublicKey; 3]>,
}

impl Session {
    /// Mixes a new shared secret into the root key.
    fn turn(&mut self, ours: &KeyPair, theirs: &PublicKey) -> Result<Chain> {
        let (root_key, chain_key) =
            halves(&hkdf(&keyed(&self.root_key), &ours.agree(theirs)?, b"OLM_RATCHET"))?;
        self.root_key = root_key;
        Ok(Chain::new(chain_key))
    }
}

impl OlmSessions for Floor {
    type Session = Session;

    fn pair() -> Result<Pair<Session>> {
        Self::introduced()
    }

    fn encrypt(session: &mut Session, plaintext: &[u8]) -> Result<OlmText> {
        if session.sending.is_none() {
            let ratchet_key = KeyPair::random()?;
            let theirs = session.their_ratchet_key;
            let chain = session.turn(&ratchet_key, &theirs)?;
            session.sending = Some((ratchet_key, chain));
        }
        let (ratchet_key, chain) = session.sending.as_mut().ok_or("no chain")?;
        let length = padded(plaintext.len());
        let mut bytes = Vec::with_capacity(length.saturating_add(192));
        let mut inner = Vec::new();
        // The MAC covers the inner message alone, so a pre-key message is written around it.
        let writer = if session.pre_key_fields.is_some() { &mut inner } else { &mut bytes };
        writer.extend_from_slice(&[3, 0x0a, 32]);
        writer.extend_from_slice(&ratchet_key.public);
        writer.push(0x10);
        put_varint(writer, usize::try_from(chain.index)?);
        writer.push(0x22);
        put_varint(writer, length);
        let start = writer.len();
        writer.extend_from_slice(plaintext);
        message::seal(&chain.next(), writer, start)?;
        let Some(fields) = &session.pre_key_fields else {
            return Ok((NORMAL, encode(&bytes)));
        };
        bytes.push(3);
        for (tag, key) in [0x0a, 0x12, 0x1a].into_iter().zip(fields) {
            bytes.extend_from_slice(&[tag, 32]);
            bytes.extend_from_slice(key);
        }
        bytes.push(0x22);
        put_varint(&mut bytes, inner.len());
        bytes.extend_from_slice(&inner);
        Ok((PRE_KEY, encode(&bytes)))
    }

    fn decrypt(session: &mut Session, (message_type, body): &OlmText) -> Result<Vec<u8>> {
        if *message_type != NORMAL {
            return Err("only the first message is a pre-key message".into());
        }
        decrypt(session, decode(body)?)
    }
}

fn decrypt(session: &mut Session, bytes: Vec<u8>) -> Result<Vec<u8>> {
    let mut fields = Fields(&bytes);
    fields.expect(&[3, 0x0a, 32])?;
    let ratchet_key = fields.key()?;
    fields.expect(&[0x10])?;
    let index = u32::try_from(fields.varint()?)?;
    fields.expect(&[0x22])?;
    let length = fields.varint()?;
    let start = bytes.len().saturating_sub(fields.0.len());
    if ratchet_key != session.their_ratchet_key {
        let (ours, _) = session.sending.take().ok_or("a ratchet key comes twice")?;
        session.receiving = session.turn(&ours, &ratchet_key)?;
        session.their_ratchet_key = ratchet_key;
    }
    if index != session.receiving.index {
        return Err("a message is missing".into());
    }
    let plaintext = message::open(&session.receiving.next(), bytes, start..start.saturating_add(length))?;
    session.pre_key_fields = None;
    Ok(plaintext)
}

impl Accounts for Floor {
    type Account = Account;

    fn account() -> Result<Account> {
        let signing_key = ExpandedSecretKey::from(&random::<32>()?);
        let public_signing_key = VerifyingKey::from(&signing_key);
        Ok(Account {
            signing_key,
            public_signing_key,
            identity_key: KeyPair::random()?,
            one_time_keys: Vec::new(),
        })
    }

    fn identity_keys(account: &Account) -> Result<(String, String)> {
        Ok((encode(account.public_signing_key.as_bytes()), encode(&account.identity_key.public)))
    }

    fn sign(account: &Account, message: &[u8]) -> Result<String> {
        let signature = raw_sign::<Sha512>(&account.signing_key, message, &account.public_signing_key);
        Ok(encode(&signature.to_bytes()))
    }

    fn one_time_keys(account: &mut Account, count: usize) -> Result<Vec<String>> {
        let keys = (0..count).map(|_| KeyPair::random()).collect::<Result<Vec<_>>>()?;
        let texts = keys.iter().map(|key| encode(&key.public)).collect();
        account.one_time_keys.extend(keys);
        Ok(texts)
    }

    fn outbound(account: &Account, identity_key: &str, one_time_key: &str) -> Result<Session> {
        let identity_key = decode_array(identity_key)?;
        let one_time_key = decode_array(one_time_key)?;
        let (base_key, ratchet_key) = (KeyPair::random()?, KeyPair::random()?);
        let (root_key, chain_key) = root([
            account.identity_key.agree(&one_time_key)?,
            base_key.agree(&identity_key)?,
            base_key.agree(&one_time_key)?,
        ])?;
        Ok(Session {
            root_key,
            sending: Some((ratchet_key, Chain::new(chain_key))),
            their_ratchet_key: [0; 32],
            receiving: Chain::default(),
            pre_key_fields: Some([one_time_key, base_key.public, account.identity_key.public]),
        })
    }

    fn inbound(account: &mut Account, identity_key: &str, (_, body): &OlmText) -> Result<(Session, Vec<u8>)> {
        let mut bytes = decode(body)?;
        let mut fields = Fields(&bytes);
        let mut keys = [[0; 32]; 3];
        fields.expect(&[3])?;
        for (tag, key) in [0x0a, 0x12, 0x1a].into_iter().zip(&mut keys) {
            fields.expect(&[tag, 32])?;
            *key = fields.key()?;
        }
        let [one_time_key, base_key, found] = keys;
        if found != decode_array(identity_key)? {
            return Err("the message is of somebody else".into());
        }
        let ours = account.one_time_keys.iter().position(|key| key.public == one_time_key);
        let ours = account.one_time_keys.swap_remove(ours.ok_or("no such one-time key")?);
        let (root_key, chain_key) =
            root([ours.agree(&found)?, account.identity_key.agree(&base_key)?, ours.agree(&base_key)?])?;
        fields.expect(&[0x22])?;
        fields.varint()?;
        let start = bytes.len().saturating_sub(fields.0.len());
        bytes.drain(..start);
        let their_ratchet_key = Fields(bytes.get(3..).unwrap_or_default()).key()?;
        let mut session = Session {
            root_key,
            sending: None,
            their_ratchet_key,
            receiving: Chain::new(chain_key),
            pre_key_fields: None,
        };
        let plaintext = decrypt(&mut session, bytes)?;
        Ok((session, plaintext))
    }
}

/// Root key and chain key of three shared secrets.
fn root(shared: [[u8; 32]; 3]) -> Result<([u8; 32], [u8; 32])> {
    halves(&hkdf(&NO_SALT, shared.as_flattened(), b"OLM_ROOT"))
}

fn halves(bytes: &[u8; 64]) -> Result<([u8; 32], [u8; 32])> {
    let (first, second) = bytes.split_first_chunk().ok_or("no key")?;
    Ok((*first, second.try_into()?))
}
