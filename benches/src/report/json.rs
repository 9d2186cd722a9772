//! What was measured, for programs.

use serde::Serialize;

use crate::{Result, rows::Side, speed::Row};

/// One operation, in microseconds; null where a side does not take part.
#[derive(Serialize)]
struct Entry {
    operation: &'static str,
    cliquet_us: Option<f64>,
    vodozemac_us: Option<f64>,
    libolm_us: Option<f64>,
    floor_us: Option<f64>,
}

pub(crate) fn json(rows: &[Row]) -> Result<String> {
    let entry = |row: &Row| Entry {
        operation: row.operation,
        cliquet_us: row.time(Side::Cliquet),
        vodozemac_us: row.time(Side::Vodozemac),
        libolm_us: row.time(Side::Libolm),
        floor_us: row.time(Side::Floor),
    };
    let entries: Vec<_> = rows.iter().map(entry).collect();
    Ok(serde_json::to_string_pretty(&entries)? + "\n")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn an_entry_has_five_members_with_null_for_whoever_is_missing() {
        let times = vec![(Side::Cliquet, 1.5), (Side::Libolm, 3.0)];
        let rows = [Row { operation: "olm encrypt 32 B", goal: None, times }];
        let found: Value = serde_json::from_str(&json(&rows).unwrap()).unwrap();
        let expected = json!([{
            "operation": "olm encrypt 32 B",
            "cliquet_us": 1.5,
            "vodozemac_us": null,
            "libolm_us": 3.0,
            "floor_us": null,
        }]);
        assert_eq!(found, expected);
    }
}
