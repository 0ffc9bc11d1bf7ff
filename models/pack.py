#!/usr/bin/env python3
"""Makes models/en_core_web_md/networks.model from the neutral files of en_core_web_md 3.8.0 (see README.md).

    python3 models/pack.py FOLDER models/en_core_web_md/networks.model

FOLDER holds model.json, weights.safetensors, vectors.safetensors and vectors_f32.safetensors. Needs NumPy. The output is a function of the
input alone. Layout: extract/language/model_file.h; meaning of the arrays: README.md.
"""
import json
import os
import struct
import sys

import numpy as np

WIDTH = 96
LANES = 16  # outputs of one panel; a whole number of vectors on every processor
TYPES = {np.dtype(np.float32): 0, np.dtype(np.uint64): 1, np.dtype(np.uint16): 2, np.dtype(np.uint8): 3}


def load(path):
    kinds = {"F32": np.float32, "F16": np.float16, "I32": np.int32, "U64": np.uint64}
    with open(path, "rb") as file:
        (size,) = struct.unpack("<Q", file.read(8))
        head = json.loads(file.read(size))
        data = file.read()
    head.pop("__metadata__", None)
    return {
        name: np.frombuffer(data[slice(*entry["data_offsets"])], kinds[entry["dtype"]]).reshape(entry["shape"])
        for name, entry in head.items()
    }


def maxout_order(array):
    """[outputs, pieces, ...] -> [outputs/16 * pieces * 16, ...]: the pieces of 16 outputs lie in three neighbouring vectors."""
    outputs, pieces = array.shape[:2]
    rest = array.shape[2:]
    blocks = array.reshape(outputs // LANES, LANES, pieces, *rest)
    return np.moveaxis(blocks, 2, 1).reshape(outputs * pieces, *rest)


def panels(weights, width):
    """[outputs, inputs] -> [panels, inputs, width]: what the product of a few rows with `width` columns reads in order."""
    outputs, inputs = weights.shape
    padded = np.zeros((-(-outputs // width) * width, inputs), np.float32)
    padded[:outputs] = weights
    return padded.reshape(-1, width, inputs).transpose(0, 2, 1)


def pad(vector, size):
    out = np.zeros(size, np.float32)
    out[: len(vector)] = vector
    return out


def token_vectors(weights, vectors, prefix, attributes):
    out = {f"{prefix}.{a}": weights[f"{prefix}.embed.{a}.E"] for a in attributes}
    out[f"{prefix}.static"] = (vectors.astype(np.float64) @ weights[f"{prefix}.static.W"].astype(np.float64).T).astype(np.float32)

    def maxout_layer(name, source, matrix):
        out[f"{name}.weights"] = panels(matrix, 3 * LANES)
        out[f"{name}.bias"] = maxout_order(weights[f"{source}.b"])
        out[f"{name}.gain"] = weights[f"{source}.ln.G"]
        out[f"{name}.shift"] = weights[f"{source}.ln.b"]

    maxout_layer(f"{prefix}.mix", f"{prefix}.mix", maxout_order(weights[f"{prefix}.mix.W"]))
    # The first layer as three products of a word with what it gives to the next, its own and the previous position.
    first = weights[f"{prefix}.conv.0.W"].reshape(WIDTH, 3, 3, WIDTH)
    maxout_layer(f"{prefix}.layer1", f"{prefix}.conv.0", np.concatenate([maxout_order(first[:, :, part]) for part in range(3)]))
    for depth in (1, 2, 3):
        maxout_layer(f"{prefix}.layer{depth + 1}", f"{prefix}.conv.{depth}", maxout_order(weights[f"{prefix}.conv.{depth}.W"]))
    return out


def transition_head(weights, prefix, moves):
    lower = weights[f"{prefix}.lower.W"].transpose(0, 2, 1, 3)  # slot, piece, unit, input
    slots, pieces, units, inputs = lower.shape
    upper = weights[f"{prefix}.upper.W"][moves]
    size = -(-len(moves) // LANES) * LANES
    return {
        f"{prefix}.lower.weights": panels(lower.reshape(slots * pieces * units, inputs), units),
        f"{prefix}.lower.bias": weights[f"{prefix}.lower.b"].T.reshape(-1),
        f"{prefix}.lower.missing": weights[f"{prefix}.lower.pad"].transpose(0, 2, 1).reshape(slots, pieces * units),
        f"{prefix}.upper.weights": np.stack([pad(column, size) for column in upper.T]),
        f"{prefix}.upper.bias": pad(weights[f"{prefix}.upper.b"][moves], size),
    }


def recognizer_moves():
    """B, U and O in the first three vectors (outside a name), I and L in the other three (inside one); the last of each is doubled."""
    outside = list(range(18)) + list(range(54, 72)) + [73]
    inside = list(range(18, 54))
    return outside + [73] * (48 - len(outside)) + inside + [53] * (48 - len(inside))


def text(lines):
    return np.frombuffer("\n".join(lines).encode(), np.uint8)


def arrays(folder):
    with open(os.path.join(folder, "model.json"), encoding="utf8") as file:
        description = json.load(file)
    weights = load(os.path.join(folder, "weights.safetensors"))
    index = load(os.path.join(folder, "vectors.safetensors"))
    vectors = load(os.path.join(folder, "vectors_f32.safetensors"))["vectors.f32"]
    out = {"vectors.keys": index["vectors.keys"], "vectors.rows": index["vectors.rows"].astype(np.uint16)}
    out |= token_vectors(weights, vectors, "tok2vec", ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"])
    out |= token_vectors(weights, vectors, "ner.tok2vec", ["NORM", "PREFIX", "SUFFIX", "SHAPE"])
    # Tagger and the parser's first layer read the same rows: one product, 64 columns each.
    both = np.zeros((128, WIDTH), np.float32)
    both[:64], both[64:114] = weights["parser.linear.W"], weights["tagger.W"]
    out["parser.input.weights"] = panels(both, 64)
    out["parser.input.bias"] = np.concatenate([weights["parser.linear.b"], pad(weights["tagger.b"], 64)])
    out["ner.input.weights"] = panels(weights["ner.linear.W"], 64)
    out["ner.input.bias"] = weights["ner.linear.b"]
    parser, ner = description["parser"]["moves"], description["ner"]["moves"]
    out |= transition_head(weights, "parser", list(range(len(parser))))
    out |= transition_head(weights, "ner", recognizer_moves())
    out["tagger.labels"] = text(description["tagger"]["labels"])
    out["parser.moves"] = text(f"{m['move']} {m['label']}" for m in parser)
    out["ner.moves"] = text(f"{ner[i]['move']} {ner[i]['label']}" for i in recognizer_moves())
    return out


def write(path, named):
    """magic, version, count; per array name[40], type, rank, shape[3], offset, bytes; then the data, each array at a multiple of 64."""
    head = struct.pack("<8sII", b"RELATAMD", 1, len(named))
    entry_size = 40 + 4 + 4 + 3 * 8 + 8 + 8
    offset = -(-(len(head) + entry_size * len(named)) // 64) * 64
    entries, parts = [], []
    for name, array in named.items():
        data = np.ascontiguousarray(array).tobytes()
        shape = list(array.shape) + [1] * (3 - array.ndim)
        entries.append(struct.pack("<40sII3QQQ", name.encode(), TYPES[array.dtype], array.ndim, *shape, offset, len(data)))
        parts.append((offset, data))
        offset = -(-(offset + len(data)) // 64) * 64
    with open(path, "wb") as file:
        file.write(head + b"".join(entries))
        for begin, data in parts:
            file.seek(begin)
            file.write(data)
        file.truncate(offset)


if __name__ == "__main__":
    write(sys.argv[2], arrays(sys.argv[1]))
