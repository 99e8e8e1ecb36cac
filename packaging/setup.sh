# Prepares a checkout to run: a virtual environment in .venv and the system libraries of Qt.
#
# Sourced by run.sh, test.sh and the checks; offers
#   set_up EXTRAS PLATFORM...   EXTRAS: of pyproject.toml, separated by commas, or "";
#                               PLATFORM: what Qt shall draw on: offscreen, xcb, wayland
#   prepare_screen              what the tests in tests/e2e work the program in a window with
# and sets `root` (the checkout) and `python` (the environment's). What is in place is left as it
# is, so a second call costs a fraction of a second.
# shellcheck shell=bash

root="$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)"
python="$root/.venv/bin/python"
readonly root python

set_up() {
    local extras="$1"
    shift
    ensure_environment
    ensure_packages "$extras"
    ensure_qt_libraries "$@"
}

say() {
    printf 'chainrule: %s\n' "$*" >&2
}

stop() {
    say "$@"
    exit 1
}

# Runs a command silently; shows what it printed, and returns its status, only where it fails.
quietly() {
    local log status=0
    log="$(mktemp)"
    "$@" >"$log" 2>&1 || status=$?
    if ((status)); then
        cat -- "$log" >&2
    fi
    rm -f -- "$log"
    return "$status"
}

# --- The virtual environment ----------------------------------------------------------------------

ensure_environment() {
    if is_sound "$python" && "$python" -c 'import pip' 2>/dev/null; then
        return
    fi
    local base
    base="$(find_python)" || stop "Python 3.11 or newer is needed; install python3, or name one: PYTHON=/path/to/python3"
    if ! "$base" -c 'import ensurepip, venv' 2>/dev/null; then
        install_packages "$(venv_package "$base")"
    fi
    say "creating the virtual environment $root/.venv with $("$base" --version)"
    quietly "$base" -m venv --clear "$root/.venv" || stop "the virtual environment could not be created"
}

find_python() {
    local candidate
    for candidate in "${PYTHON:-}" python3 python3.{14,13,12,11}; do
        if is_sound "$candidate"; then
            command -v -- "$candidate"
            return
        fi
    done
    return 1
}

# Whether this is a Python that starts and is new enough.
is_sound() {
    [[ -n "$1" ]] && "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

# Debian keeps the module venv in a package of its own, one for each Python.
venv_package() {
    "$1" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
}

# --- Python packages ------------------------------------------------------------------------------

# The stamp says what was installed, and for which state of the project; it is written last, so that
# an interrupted installation is done again.
ensure_packages() {
    local stamp="$root/.venv/chainrule-installed" project installed_project="" installed_extras=""
    project="$(cksum <"$root/pyproject.toml") $root"
    if [[ -f "$stamp" ]]; then
        { read -r installed_project && read -r installed_extras; } <"$stamp" || true
    fi
    local extras
    extras="$(union "$installed_extras" "$1")"
    if [[ "$project" == "$installed_project" && "$extras" == "$installed_extras" ]]; then
        return
    fi
    say "installing Python packages${extras:+ (with: $extras)}; the first time this takes a minute or two"
    (cd -- "$root" && PIP_USER=0 quietly "$python" -m pip install --disable-pip-version-check \
        --no-input --editable ".${extras:+[$extras]}") || stop "the Python packages could not be installed"
    printf '%s\n' "$project" "$extras" >"$stamp"
}

# The words of two lists separated by commas, sorted, each once.
union() {
    printf '%s\n' "$1" "$2" | tr ',' '\n' | sed '/^$/d' | sort -u | paste -s -d , -
}

# --- System libraries -----------------------------------------------------------------------------

# Qt brings itself, but not what it draws with. Qt's own files say what they need, so nothing that
# is there is asked for again.
ensure_qt_libraries() {
    local missing
    missing="$(missing_libraries "$@")"
    if [[ -z "$missing" ]]; then
        return
    fi
    local packages
    packages="$(debian_packages "$missing")"
    say "Qt needs the system libraries" "${missing//$'\n'/, }"
    # shellcheck disable=SC2086 # one word a package
    install_packages $packages
    missing="$(missing_libraries "$@")"
    [[ -z "$missing" ]] || stop "Qt still lacks ${missing//$'\n'/, }; install what has it with your system's packages"
}

# The file names of shared libraries that Qt would look for in vain, one a line.
missing_libraries() {
    if [[ "$(uname -s)" != Linux ]] || ! command -v ldd >/dev/null; then
        return
    fi
    local qt platform
    qt="$(echo "$root"/.venv/lib/python3*/site-packages/PySide6/Qt)"
    local files=("$qt"/lib/libQt6{Core,Gui,Widgets,Svg,PrintSupport,Network,DBus}.so.6)
    for platform in "$@"; do
        files+=("$qt/plugins/platforms/libq$platform"*.so "$qt/plugins/$platform"*/*.so)
    done
    # ldd also complains of a platform that this release of Qt does not have.
    { ldd "${files[@]}" 2>/dev/null || true; } | sed -n 's/^[[:space:]]*\([^ ]*\) => not found.*/\1/p' | sort -u
}

# Debian's packages of the libraries named, one a line on input and output.
debian_packages() {
    local library
    while read -r library; do
        debian_package "$library"
    done <<<"$1" | sort -u
}

# The package of one library, by Debian's rule for their names, and the few that go by another.
# libEGL.so.1 is in libegl1, libX11-xcb.so.1 in libx11-xcb1; after a digit the number takes a
# hyphen, so libdbus-1.so.3 is in libdbus-1-3 and libxkbcommon-x11.so.0 in libxkbcommon-x11-0.
debian_package() {
    local stem="${1%%.so.*}" number="${1##*.so.}"
    stem="${stem,,}"
    stem="${stem//_/-}"
    case "$stem" in
        libglib-2.0 | libgobject-2.0 | libgthread-2.0 | libgio-2.0) echo libglib2.0-0 ;;
        libz) echo zlib1g ;;
        *[0-9]) echo "$stem-${number%%.*}" ;;
        *) echo "$stem${number%%.*}" ;;
    esac
}

# --- A screen for tests ---------------------------------------------------------------------------

# Lets the tests in tests/e2e work the program in a window. Where that can't be had, all other tests
# are run, and these fail and say so.
prepare_screen() {
    local packages
    packages="$(missing_screen_packages)"
    if [[ -z "$packages" ]]; then
        return
    fi
    say "the tests in tests/e2e, which work the program in a window, need" "${packages//$'\n'/, }"
    # shellcheck disable=SC2086 # one word a package
    (install_packages $packages) || say "these tests fail until then; all others are run"
}

# Debian's packages of what is not there, one a line: a display that nobody sees, a hand for its
# keyboard and mouse, what manages windows, and the libraries with which Qt draws there.
missing_screen_packages() {
    local libraries
    command -v Xvfb >/dev/null || echo xvfb
    command -v xdotool >/dev/null || echo xdotool
    command -v openbox >/dev/null || echo openbox
    libraries="$(missing_libraries xcb)"
    if [[ -n "$libraries" ]]; then
        debian_packages "$libraries"
    fi
}

# --- Debian's packages ----------------------------------------------------------------------------

# Installs system packages where that is allowed; otherwise says which command would, and stops.
install_packages() {
    local command="apt-get install --yes --no-install-recommends $*"
    command -v apt-get >/dev/null || stop "please install what Debian calls: $*"
    local become_root=()
    if ((EUID)); then
        may_use_sudo || stop "please run as root, then start again: $command"
        become_root=(sudo)
    fi
    say "running: ${become_root[*]:+sudo }$command"
    # A fresh machine has no list of packages yet, an old one a list that is out of date.
    quietly as_root "$@" 2>/dev/null && return
    quietly "${become_root[@]}" apt-get update || true
    quietly as_root "$@" || stop "please run, then start again: ${become_root[*]:+sudo }$command"
}

# One call of apt-get, with the caller's `become_root` before it.
as_root() {
    "${become_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install --yes --no-install-recommends "$@"
}

# Whether sudo works: without a password, or with one that can be typed here.
may_use_sudo() {
    command -v sudo >/dev/null || return 1
    sudo -n true 2>/dev/null || { [[ -t 0 && -t 2 ]] && sudo -v; }
}
