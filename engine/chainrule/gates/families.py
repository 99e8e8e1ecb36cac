"""Which family has which gates, in the order of the palette: a family is imported when asked for.

Of some 180 gates a graph needs a few, and each costs half a millisecond to make.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

FAMILIES: Final = MappingProxyType(
    {
        "arithmetic": (
            "add",
            "mul",
            "sub",
            "div",
            "neg",
            "reciprocal",
            "mul_constant",
            "add_constant",
            "identity",
            "gradient_reversal",
        ),
        "selection": ("max", "min", "clip"),
        "comparison": ("greater", "greater_equal", "equal", "sign"),
        "elementary": ("exp", "log", "sqrt", "square", "power", "abs"),
        "exponential": ("exp2", "expm1", "log1p", "log2", "log10", "logaddexp"),
        "powers": ("cbrt", "rsqrt", "pow", "hypot"),
        "error_function": ("erf", "erfc"),
        "trigonometry": ("sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinc"),
        "hyperbolic": ("sinh", "cosh", "asinh", "acosh", "atanh"),
        "activation": ("sigmoid", "tanh", "relu", "softplus", "softmax", "softmin", "log_softmax"),
        "rectifiers": ("relu6", "leaky_relu", "prelu", "elu", "selu", "celu", "rrelu"),
        "smooth_units": ("gelu", "silu", "mish", "logsigmoid", "softsign", "tanhshrink"),
        "thresholds": (
            "hardtanh",
            "hardsigmoid",
            "hardswish",
            "hardshrink",
            "softshrink",
            "threshold",
        ),
        "reduction": ("sum", "mean", "logsumexp", "prod"),
        "extremes": ("amax", "amin"),
        "statistics": ("var", "std"),
        "cumulative": ("cumsum", "cumprod"),
        "linear_algebra": ("matmul", "dot", "vecdot", "outer", "cross"),
        "einsum": ("einsum",),
        "inverses": ("inverse", "solve", "det", "logdet"),
        "norms": ("norm", "matrix_norm", "normalize"),
        "diagonals": ("trace", "diagonal", "diag_embed"),
        "distances": ("cosine_similarity", "pairwise_distance", "cdist"),
        "shaping": ("transpose", "reshape", "flatten", "squeeze", "unsqueeze", "broadcast_to"),
        "joining": ("concat", "stack", "split", "mixture_table"),
        "indexing": ("slice", "select", "gather", "take", "one_hot"),
        "masking": ("where", "masked_select", "triu", "tril"),
        "repeating": ("pad", "flip", "roll", "tile", "repeat"),
        "losses_classification": ("cross_entropy", "nll_loss"),
        "losses_binary": (
            "binary_cross_entropy",
            "binary_cross_entropy_with_logits",
            "hinge_loss",
            "soft_margin_loss",
            "hinge_embedding_loss",
        ),
        "losses_margin": ("svm_loss", "multi_margin_loss", "multilabel_margin_loss"),
        "losses_regression": (
            "mse_loss",
            "weighted_mse_loss",
            "l1_loss",
            "smooth_l1_loss",
            "huber_loss",
        ),
        "losses_embedding": ("cosine_embedding_loss", "margin_ranking_loss", "triplet_margin_loss"),
        "losses_distribution": ("kl_div", "l1_penalty", "l2_penalty"),
        "losses_likelihood": ("poisson_nll_loss", "gaussian_nll_loss"),
        "layers": ("linear", "bilinear", "embedding"),
        "dropout": ("dropout", "dropout2d"),
        "normalisation": (
            "batch_norm",
            "batch_norm_inference",
            "layer_norm",
            "rms_norm",
            "instance_norm",
            "group_norm",
        ),
        "local_normalisation": (
            "local_response_norm",
            "local_subtractive_norm",
            "local_divisive_norm",
            "local_contrast_norm",
        ),
        "convolution": ("conv1d", "conv2d"),
        "transposed_convolution": ("conv_transpose1d", "conv_transpose2d"),
        "max_pooling": ("max_pool1d", "max_pool2d", "max_unpool1d", "max_unpool2d"),
        "average_pooling": ("avg_pool1d", "avg_pool2d", "lp_pool1d", "lp_pool2d", "subsampling2d"),
        "irregular_pooling": (
            "adaptive_max_pool1d",
            "adaptive_max_pool2d",
            "fractional_max_pool2d",
            "adaptive_avg_pool1d",
            "adaptive_avg_pool2d",
        ),
        "upsampling": ("upsample_nearest", "upsample_bilinear"),
    }
)
