#!/usr/bin/env bash
# Sets up what is needed and opens the program on the sigmoid neuron, or on FILE.
#
#   bash packaging/run.sh [FILE]
#
# Without a display it draws the same window into a picture in the current folder.
set -euo pipefail

# shellcheck source=packaging/setup.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/setup.sh"

readonly picture="chainrule-window.png"

main() {
    if (($# > 1)) || [[ "${1:-}" == -* ]]; then
        say "usage: bash packaging/run.sh [FILE]"
        exit 2
    fi
    local file="${1:-$root/assets/examples/sigmoid-neuron-staged.chainrule}"
    # A whole path can't be taken for one of the program's commands.
    [[ "$file" == /* ]] || file="$PWD/$file"
    if has_display; then
        show "$file"
    else
        draw "$file"
    fi
}

has_display() {
    [[ "$(uname -s)" != Linux || -n "${DISPLAY:-}" || -n "${WAYLAND_DISPLAY:-}" ]]
}

show() {
    local platforms=(xcb)
    if [[ -n "${WAYLAND_DISPLAY:-}" ]]; then
        platforms+=(wayland)
    fi
    set_up "" "${platforms[@]}"
    start "$1"
}

draw() {
    set_up "" offscreen
    say "there is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set); drawing the window to $PWD/$picture"
    QT_QPA_PLATFORM=offscreen start --screenshot "$picture" "$1"
}

# -P keeps a file in the current folder from standing in for the program.
start() {
    "$python" -P -m chainrule "$@"
}

main "$@"
