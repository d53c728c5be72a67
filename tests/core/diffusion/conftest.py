"""Audio pipelines of random weights and a handful of channels, saved as checkpoints are."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

RATE = 16_000
_LATENTS = 8


@pytest.fixture(scope="session")
def tiny_ace_step(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """ACE-Step 1.5 with its tokenizer of sound."""
    return _saved(_ace_step, tmp_path_factory.mktemp("ace_step"))


def _ace_step(diffusers: Any, transformers: Any) -> Any:
    from diffusers.pipelines.ace_step.modeling_ace_step import (
        AceStepAudioTokenDetokenizer,
        AceStepAudioTokenizer,
        AceStepConditionEncoder,
    )

    size = {
        "hidden_size": 16, "intermediate_size": 16, "num_attention_heads": 2, "num_key_value_heads": 1, "head_dim": 8,
    }  # fmt: skip
    tokens = {"pool_window_size": 2, "num_attention_pooler_hidden_layers": 1, "audio_acoustic_hidden_dim": _LATENTS}
    text = transformers.Qwen3Config(
        hidden_size=16, intermediate_size=16, num_hidden_layers=1, num_attention_heads=2, num_key_value_heads=1,
        head_dim=8, vocab_size=32,
    )  # fmt: skip
    return diffusers.AceStepPipeline(
        vae=_autoencoder(diffusers),
        text_encoder=transformers.Qwen3Model(text),
        tokenizer=_tokenizer(transformers),
        transformer=diffusers.AceStepTransformer1DModel(
            **size, num_hidden_layers=2, in_channels=3 * _LATENTS, audio_acoustic_hidden_dim=_LATENTS
        ),
        condition_encoder=AceStepConditionEncoder(
            **size, text_hidden_dim=16, timbre_hidden_dim=_LATENTS, num_lyric_encoder_hidden_layers=1,
            num_timbre_encoder_hidden_layers=1,
        ),
        scheduler=diffusers.FlowMatchEulerDiscreteScheduler(num_train_timesteps=1, shift=1.0),
        audio_tokenizer=AceStepAudioTokenizer(**size, **tokens, fsq_dim=16),
        audio_token_detokenizer=AceStepAudioTokenDetokenizer(**size, **tokens),
    )  # fmt: skip


@pytest.fixture(scope="session")
def tiny_stable_audio(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Stable Audio Open, which takes two seconds and a bit at once."""
    return _saved(_stable_audio, tmp_path_factory.mktemp("stable_audio"))


def _stable_audio(diffusers: Any, transformers: Any) -> Any:
    text = transformers.T5Config(
        d_model=16, d_kv=8, d_ff=16, num_layers=1, num_heads=2, vocab_size=32, pad_token_id=0, eos_token_id=1
    )
    return diffusers.StableAudioPipeline(
        vae=_autoencoder(diffusers),
        text_encoder=transformers.T5EncoderModel(text),
        projection_model=diffusers.StableAudioProjectionModel(
            text_encoder_dim=16, conditioning_dim=16, min_value=0, max_value=8
        ),
        tokenizer=transformers.T5Tokenizer(model_max_length=16),
        transformer=diffusers.StableAudioDiTModel(
            sample_size=64, in_channels=_LATENTS, out_channels=_LATENTS, num_layers=1, attention_head_dim=8,
            num_attention_heads=2, num_key_value_attention_heads=1, cross_attention_dim=16, time_proj_dim=8,
            global_states_input_dim=32, cross_attention_input_dim=16,
        ),
        scheduler=diffusers.CosineDPMSolverMultistepScheduler(),
    )  # fmt: skip


@pytest.fixture(scope="session")
def tiny_stable_audio_3(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Stable Audio 3, distilled."""
    return _saved(_stable_audio_3, tmp_path_factory.mktemp("stable_audio_3"))


def _stable_audio_3(diffusers: Any, transformers: Any) -> Any:
    from diffusers.pipelines.stable_audio_3.modeling_stable_audio_3 import StableAudio3DurationEmbedder

    module = transformers.T5GemmaModuleConfig(
        hidden_size=16, intermediate_size=16, num_hidden_layers=1, num_attention_heads=2, num_key_value_heads=1,
        head_dim=8, vocab_size=32, layer_types=["full_attention"],
    )  # fmt: skip
    text = transformers.T5GemmaConfig(encoder=module, decoder=module, is_encoder_decoder=False, vocab_size=32)
    pipeline = diffusers.StableAudio3Pipeline(
        vae=diffusers.AutoencoderSAME(
            patch_size=16, encoder_channels=16, encoder_c_mults=(1,), encoder_strides=(4,),
            encoder_transformer_depths=(1,), latent_dim=_LATENTS, dim_heads=8, sampling_rate=RATE,
        ),
        text_encoder=transformers.T5GemmaEncoderModel(text),
        tokenizer=_tokenizer(transformers),
        duration_embedder=StableAudio3DurationEmbedder(output_dim=16, fourier_dim=8),
        transformer=diffusers.StableAudio3DiTModel(
            io_channels=_LATENTS, embed_dim=16, depth=1, num_heads=2, cond_token_dim=16, global_cond_dim=16,
            local_add_cond_dim=_LATENTS + 1, timestep_features_dim=8, num_memory_tokens=2,
        ),
        scheduler=diffusers.FlowMatchEulerDiscreteScheduler(num_train_timesteps=1, stochastic_sampling=True),
    )  # fmt: skip
    for part in (pipeline.vae, pipeline.transformer):  # much of them begins at 0
        for weights in part.parameters():
            torch.nn.init.normal_(weights, std=0.2)
    return pipeline


def _autoencoder(diffusers: Any) -> Any:
    return diffusers.AutoencoderOobleck(
        encoder_hidden_size=2 * _LATENTS, downsampling_ratios=[8, 8, 8], channel_multiples=[1, 1, 1],
        decoder_channels=8, decoder_input_channels=_LATENTS, audio_channels=2, sampling_rate=RATE,
    )  # fmt: skip


def _tokenizer(transformers: Any) -> Any:
    tokenizers = pytest.importorskip("tokenizers")
    words = {word: number for number, word in enumerate(("<pad>", "</s>", "<unk>", "piano", "glass"))}
    model = tokenizers.Tokenizer(tokenizers.models.WordLevel(words, unk_token="<unk>"))
    model.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    return transformers.PreTrainedTokenizerFast(
        tokenizer_object=model, pad_token="<pad>", eos_token="</s>", unk_token="<unk>", model_max_length=16
    )


def _saved(build: Callable[[Any, Any], Any], folder: Path) -> Path:
    libraries = pytest.importorskip("diffusers"), pytest.importorskip("transformers")
    torch.manual_seed(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # of torch, about what diffusers uses of it
        build(*libraries).save_pretrained(folder)
    return folder
