"""The number of threads of matrix products: who decides, and when it is paid for."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from chainrule.threads import set_blas_threads

# A process of its own each, since the number holds for the whole process.
PRELUDE = """
import sys
import numpy
from threadpoolctl import threadpool_info
from chainrule.threads import set_blas_threads, settle_threads

def count():
    return {each["num_threads"] for each in threadpool_info() if each["user_api"] == "blas"}

before = count()
"""


def run(program: str, **variables: str) -> str:
    """Run a program where the environment says nothing of threads but `variables`."""
    plain = {name: each for name, each in os.environ.items() if "THREADS" not in name}
    done = subprocess.run(
        [sys.executable, "-W", "always", "-c", PRELUDE + program],
        env=plain | variables,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout + done.stderr


def test_settling_leaves_one_thread() -> None:
    assert run("settle_threads(); print(count() in ({1}, set()))") == "True\n"


def test_nothing_changes_before_tensors_run() -> None:
    assert run("set_blas_threads(1); print(count() == before)") == "True\n"


def test_the_variable_overrides_the_default() -> None:
    program = "settle_threads(); print(count() in ({2}, set()))"
    assert run(program, CHAINRULE_THREADS="2") == "True\n"


def test_what_a_program_sets_overrides_the_variable() -> None:
    program = "set_blas_threads(2); settle_threads(); print(count() in ({2}, set()))"
    assert run(program, CHAINRULE_THREADS="1") == "True\n"


def test_a_later_choice_holds_at_once() -> None:
    program = "settle_threads(); set_blas_threads(2); print(count() in ({2}, set()))"
    assert run(program) == "True\n"


def test_what_one_thread_has_settled_another_can_change() -> None:
    program = (
        "from concurrent.futures import ThreadPoolExecutor\n"
        "with ThreadPoolExecutor(1) as other:\n"
        "    other.submit(settle_threads).result()\n"
        "    set_blas_threads(2)\n"
        "    print(count() in ({2}, set()))"
    )
    assert run(program) == "True\n"


def test_nought_stands_for_all_processors() -> None:
    program = (
        "import os\n"
        "set_blas_threads(1); settle_threads(); set_blas_threads(0)\n"
        "print(count() in ({os.cpu_count()}, set()))"
    )
    assert run(program) == "True\n"


def test_a_choice_for_the_library_behind_numpy_is_left_alone() -> None:
    assert run("settle_threads(); print(count() == before)", OMP_NUM_THREADS="2") == "True\n"


def test_settling_again_changes_nothing() -> None:
    program = (
        "from threadpoolctl import threadpool_limits\n"
        "settle_threads(); threadpool_limits(2, 'blas'); settle_threads()\n"
        "print(count() in ({2}, set()))"
    )
    assert run(program) == "True\n"


def test_a_variable_that_is_no_number_is_told_of_and_one_thread_used() -> None:
    said = run("settle_threads(); print(count() in ({1}, set()))", CHAINRULE_THREADS="many")
    assert said.startswith("True\n")
    assert "CHAINRULE_THREADS must be 0 (all processors) or a number of threads, not 'many'" in said


def test_importing_chainrule_does_not_load_the_library_that_limits_threads() -> None:
    program = "import sys, chainrule, chainrule.threads; print('threadpoolctl' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"


def test_a_negative_number_is_refused() -> None:
    with pytest.raises(ValueError, match="not -1"):
        set_blas_threads(-1)
