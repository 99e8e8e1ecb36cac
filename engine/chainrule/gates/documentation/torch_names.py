"""The layers, criterions and tables of Torch, by the names that the lecture lists, as gates."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from chainrule.gates.catalogue import all_kinds
from chainrule.gates.kind import Kind

TORCH_NAMES: Final[tuple[str, ...]] = (
    *("Abs", "Add", "AddConstant", "BatchNormalization", "BCECriterion", "Bilinear", "CAddTable"),
    *("CDivTable", "Clamp", "ClassNLLCriterion", "CMaxTable", "CMinTable", "CMul", "CMulTable"),
    *("CosineDistance", "CosineEmbeddingCriterion", "CrossEntropyCriterion", "CSubTable"),
    *("DistKLDivCriterion", "DotProduct", "Dropout", "ELU", "Euclidean", "Exp"),
    *("GradientReversal", "HardShrink", "HardTanh", "HingeEmbeddingCriterion", "JoinTable"),
    *("L1Cost", "L1Penalty", "LeakyReLU", "Linear", "Log", "LogSigmoid", "LogSoftMax"),
    *("LookupTable", "MM", "MV", "MSECriterion", "MarginCriterion", "MarginRankingCriterion"),
    *("MaskedSelect", "Max", "Mean", "Min", "MixtureTable", "Mul", "MulConstant"),
    *("MultiLabelMarginCriterion", "MultiMarginCriterion", "Narrow", "Normalize", "PReLU"),
    *("Padding", "PairwiseDistance", "ParallelCriterion", "Power", "RReLU", "ReLU", "ReLU6"),
    *("Replicate", "Reshape", "Select", "Sigmoid", "SmoothL1Criterion", "SoftMarginCriterion"),
    *("SoftMax", "SoftMin", "SoftPlus", "SoftShrink", "SoftSign", "SparseLinear"),
    *("SpatialAdaptiveMaxPooling", "SpatialAveragePooling", "SpatialBatchNormalization"),
    *("SpatialContrastiveNormalization", "SpatialConvolution", "SpatialCrossMapLRN"),
    *("SpatialDivisiveNormalization", "SpatialDropout", "SpatialFractionalMaxPooling"),
    *("SpatialFullConvolution", "SpatialLPPooling", "SpatialMaxPooling", "SpatialMaxUnpooling"),
    *("SpatialSoftMax", "SpatialSubSampling", "SpatialSubtractiveNormalization"),
    *("SpatialUpSamplingNearest", "SpatialZeroPadding", "SplitTable", "Sqrt", "Square"),
    *("Squeeze", "Sum", "Tanh", "TanhShrink", "Threshold", "Transpose", "Unsqueeze", "View"),
    "WeightedMSECriterion",
)

# What holds other modules together is wires here; an example shows how.
MADE_OF_GATES: Final[Mapping[str, str]] = MappingProxyType(
    dict.fromkeys(
        ("CriterionTable", "Parallel", "ParallelCriterion", "Sequential"), "torch-containers"
    )
)


def gates_for(torch_name: str) -> tuple[type[Kind], ...]:
    """Return the kinds that have a name of Torch among their aliases.

    They are several where one module of Torch does what are two gates here.
    """
    return tuple(kind for kind in all_kinds() if torch_name in kind.aliases)
