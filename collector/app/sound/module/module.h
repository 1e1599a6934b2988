// What the parts of the sound module give each other. Internal to it.
#pragma once

#include "collector/app/sound/sound.h"

namespace sound {

base::Result<std::unique_ptr<Encoder>> opus_encoder(bool voice_only, Sink sink);
base::Result<std::unique_ptr<Decoder>> opus_decoder(base::Bytes bytes);
std::unique_ptr<Tempo> sonic_tempo();

System& real_system();  // of this machine; lives as long as the module

}  // namespace sound
