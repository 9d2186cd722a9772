//! What the libraries have in common, in the form that travels: base64 in and out.

mod c_header;
mod cliquet;
mod libolm;
mod vodozemac;

pub(crate) use self::{c_header::CHeader, cliquet::Cliquet, libolm::Libolm, vodozemac::Vodozemac};
use crate::Result;

/// The key of every pickle.
pub(crate) const PICKLE_KEY: [u8; 32] = [7; 32];

/// An Olm message as it travels: its type and its body.
pub(crate) type OlmText = (usize, String);

/// Two sessions that have read messages of one another.
pub(crate) type Pair<S> = (S, S);

/// Olm sessions.
pub(crate) trait OlmSessions: 'static {
    type Session;

    /// The two ends of a session. Each has read a message of the other, and both know the first one's sending chain.
    fn pair() -> Result<Pair<Self::Session>>;

    fn encrypt(session: &mut Self::Session, plaintext: &[u8]) -> Result<OlmText>;

    fn decrypt(session: &mut Self::Session, message: &OlmText) -> Result<Vec<u8>>;
}

/// Accounts, and the sessions that they make.
pub(crate) trait Accounts: OlmSessions {
    type Account;

    fn account() -> Result<Self::Account>;

    /// Ed25519 key and Curve25519 key.
    fn identity_keys(account: &Self::Account) -> Result<(String, String)>;

    fn sign(account: &Self::Account, message: &[u8]) -> Result<String>;

    /// Makes so many one-time keys, and returns their public halves.
    fn one_time_keys(account: &mut Self::Account, count: usize) -> Result<Vec<String>>;

    fn outbound(account: &Self::Account, identity_key: &str, one_time_key: &str) -> Result<Self::Session>;

    /// The session that a pre-key message opens, with the plaintext; the one-time key is gone then.
    fn inbound(
        account: &mut Self::Account,
        identity_key: &str,
        message: &OlmText,
    ) -> Result<(Self::Session, Vec<u8>)>;

    /// [`OlmSessions::pair`], from two accounts.
    fn introduced() -> Result<Pair<Self::Session>> {
        let (alice, mut bob) = (Self::account()?, Self::account()?);
        let one_time_key = one(Self::one_time_keys(&mut bob, 1)?)?;
        let mut first = Self::outbound(&alice, &Self::identity_keys(&bob)?.1, &one_time_key)?;
        let message = Self::encrypt(&mut first, b"first")?;
        let (mut second, _) = Self::inbound(&mut bob, &Self::identity_keys(&alice)?.1, &message)?;
        acquaint::<Self>(&mut first, &mut second)?;
        Ok((first, second))
    }
}

/// Megolm sessions.
pub(crate) trait Rooms: 'static {
    type Sender;
    type Reader;
    type Export: 'static;

    fn sender() -> Result<Self::Sender>;

    fn session_key(sender: &Self::Sender) -> Result<String>;

    fn reader(session_key: &str) -> Result<Self::Reader>;

    fn send(sender: &mut Self::Sender, plaintext: &[u8]) -> Result<String>;

    /// The plaintext, and the index of the message.
    fn read(reader: &mut Self::Reader, message: &str) -> Result<(Vec<u8>, u32)>;

    /// An export from the first known index on.
    fn export(reader: &mut Self::Reader) -> Result<Self::Export>;

    fn export_text(export: &Self::Export) -> &str;

    fn import(export: &str) -> Result<Self::Reader>;
}

/// Many Megolm messages in one call.
pub(crate) trait Bulk: Rooms {
    fn read_all(reader: &mut Self::Reader, messages: &[String]) -> Result<Vec<Vec<u8>>>;
}

/// States that are saved as text, under [`PICKLE_KEY`].
pub(crate) trait Saved: Sized + 'static {
    fn save(&self) -> Result<String>;

    fn open(text: &str) -> Result<Self>;
}

/// Lets the second answer the first, and the first send on a new chain.
fn acquaint<L: OlmSessions + ?Sized>(first: &mut L::Session, second: &mut L::Session) -> Result<()> {
    let answer = L::encrypt(second, b"answer")?;
    L::decrypt(first, &answer)?;
    let message = L::encrypt(first, b"second")?;
    L::decrypt(second, &message).map(drop)
}

/// The one element of a list.
pub(crate) fn one<T>(list: Vec<T>) -> Result<T> {
    list.into_iter().next().ok_or_else(|| "a list is empty".into())
}
