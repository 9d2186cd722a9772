use super::*;

#[test]
fn lengths_are_known_before() {
    for version in [crate::MessageVersion::V1, crate::MessageVersion::V2] {
        let config = SessionConfig::default().with_version(version);
        let mut sender = OutboundGroupSession::new(config, &mut seeded(4)).unwrap();
        for length in [0, 1, 15, 16, 17, 127, 128, 1_000, 20_000].into_iter().cycle().take(300) {
            let expected = sender.message_len(length);
            let message = sender.encrypt(alloc::vec![0; length]).unwrap();
            assert_eq!(message.as_bytes().len(), expected);
            assert!((length..length + 16).contains(&message.max_plaintext_len()));
        }
    }
}
