#!/usr/bin/env bash
# Sets up what is needed and runs all tests; what follows is passed on to pytest.
#
#   bash packaging/test.sh [ARGUMENT...]
set -euo pipefail

# shellcheck source=packaging/setup.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/setup.sh"

set_up test offscreen
prepare_screen
cd -- "$root"
export QT_QPA_PLATFORM=offscreen
exec "$python" -m pytest -n auto "$@"
