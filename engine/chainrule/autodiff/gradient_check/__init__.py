"""The gradient check: analytic gradients of leaves and wires against differences of values."""

from chainrule.autodiff.gradient_check.checking import check_gradients
from chainrule.autodiff.gradient_check.curves import ErrorCurve, Sample, error_curve
from chainrule.autodiff.gradient_check.differences import STEP, CheckSettings
from chainrule.autodiff.gradient_check.verdicts import Band, Check, Index, Verdict, band_of, gravity

__all__ = [
    "STEP",
    "Band",
    "Check",
    "CheckSettings",
    "ErrorCurve",
    "Index",
    "Sample",
    "Verdict",
    "band_of",
    "check_gradients",
    "error_curve",
    "gravity",
]
