use super::{ExportedSession, SessionData, SessionDataError, fields::Fields, write};
use crate::secret::SecretBytes;

impl SessionData {
    /// Reads the JSON of a backup's entry. Unknown fields are left aside.
    ///
    /// # Errors
    ///
    /// A [`SessionDataError`] that tells which field is wrong.
    pub fn from_json(json: &[u8]) -> Result<Self, SessionDataError> {
        Fields::read(json)?.session_data()
    }

    /// Writes the JSON of a backup's entry.
    #[must_use]
    pub fn to_json(&self) -> SecretBytes {
        let mut json = SecretBytes::with_capacity(write::LENGTH);
        write::session_data(self, None, &mut json);
        json
    }
}

impl ExportedSession {
    /// Reads one entry of a key export.
    pub(crate) fn from_json(json: &[u8]) -> Result<Self, SessionDataError> {
        let fields = Fields::read(json)?;
        let room_id = fields.room_id()?;
        let data = fields.session_data()?;
        fields.check_session_id(data.session_id())?;
        Ok(Self { room_id, data })
    }

    /// Writes one entry of a key export.
    pub(crate) fn write_json(&self, json: &mut SecretBytes) {
        write::session_data(&self.data, Some(&self.room_id), json);
    }
}
