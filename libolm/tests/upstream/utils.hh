// Stands in for a file that libolm's own tests include and its archive lacks.
#pragma once

#include <cstdint>
#include <cstring>
#include <vector>

#include "olm/pickle_encoding.h"

// Opens a pickle, appends zeros to what is in it, and seals it again in the same buffer. Returns the new length.
inline std::size_t add_junk_suffix_to_pickle(
    const void *key, std::size_t key_length, void *pickle, std::size_t pickle_length, std::size_t junk_length
) {
    const auto *key_bytes = static_cast<const std::uint8_t *>(key);
    auto *bytes = static_cast<std::uint8_t *>(pickle);
    const std::size_t length = _olm_enc_input(key_bytes, key_length, bytes, pickle_length, nullptr);
    if (length == std::size_t(-1)) {
        return 0;
    }
    std::vector<std::uint8_t> content(bytes, bytes + length);
    content.resize(length + junk_length);
    std::memcpy(_olm_enc_output_pos(bytes, content.size()), content.data(), content.size());
    return _olm_enc_output(key_bytes, key_length, bytes, content.size());
}
