"""What the program remembers between its runs, in a small JSON file in the user's own folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, final

import msgspec
import platformdirs
from PySide6.QtCore import QIODevice, QObject, QSaveFile, Signal

from chainrule.diagram.gradient_names import Notation
from chainrule.diagram.ways import WireStyle
from chainrule.threads import ALL_PROCESSORS, DEFAULT_THREADS
from chainrule_desktop.resources import assets_folder
from chainrule_desktop.theme import MotionMode, NumberColours, ThemeMode

RECENT_FILES = 10
_RECENT_CHOICES = 12


@final
class Preferences(msgspec.Struct, frozen=True, kw_only=True):
    """All settings with their defaults; a field more is one line here."""

    theme_mode: ThemeMode = ThemeMode.SYSTEM
    number_colours: NumberColours = NumberColours.GREEN_RED
    notation: Notation = Notation.LEIBNIZ
    decimals: Annotated[int, msgspec.Meta(ge=0, le=12)] = 2
    show_values: bool = True
    show_gradients: bool = True
    show_shapes: bool = True
    show_names: bool = False
    show_palette: bool = True
    show_inspector: bool = True
    show_grid: bool = True
    snap_neighbours: bool = True
    snap_grid: bool = False
    wire_style: WireStyle = WireStyle.CURVED
    show_minimap: bool = True
    projector: bool = False
    motion: MotionMode = MotionMode.SYSTEM
    playback_speed: Annotated[float, msgspec.Meta(ge=0.1, le=100)] = 1.0
    blas_threads: Annotated[int, msgspec.Meta(ge=ALL_PROCESSORS, le=256)] = DEFAULT_THREADS
    recent_files: tuple[str, ...] = ()
    last_folder: str = ""
    window_geometry: bytes = b""
    window_state: bytes = b""
    tensor_geometry: bytes = b""
    count_from_zero: bool = False
    """Whether indices of tensors count from 0, as in programs, instead of from 1."""
    closed_groups: tuple[str, ...] | None = None
    """The groups of the palette that are closed; None for those that are at first."""
    recent_gates: tuple[str, ...] = ()
    recent_actions: tuple[str, ...] = ()
    shortcuts: dict[str, Any] = {}
    """The keys that the user gave to actions, by the action's id; `actions.keys` reads them."""


@final
class Settings(QObject):
    """Holds the preferences and writes them at every change.

    Reading is forgiving: a damaged file or field gives the defaults, for these are conveniences and
    must never keep the program from starting.

    Signals:
        changed(str): the setting of that name, a field of `Preferences`, has another value.
        save_failed(str): the file could not be written, and why; the change holds for this run.
    """

    changed = Signal(str)
    save_failed = Signal(str)

    def __init__(self, path: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path or default_path()
        self.cache_folder = default_cache() if path is None else path.parent / "cache"
        """Where what can be made again is kept; beside settings that are not the user's own."""
        self._values = read_preferences(self._path)

    @property
    def values(self) -> Preferences:
        """All settings as they are now."""
        return self._values

    def change(self, **changes: object) -> None:
        """Give settings new values by name: `settings.change(decimals=3)`.

        Raises TypeError for a name that is no setting, msgspec.ValidationError for a value that the
        setting can't have.
        """
        wanted = _checked(changes)
        altered = {name: new for name, new in wanted.items() if getattr(self._values, name) != new}
        if not altered:
            return
        self._values = msgspec.structs.replace(self._values, **altered)
        self._save()
        for name in altered:
            self.changed.emit(name)

    def recent_files(self) -> list[Path]:
        """The files used last, the latest first, without those that are gone."""
        paths = (Path(name) for name in self._values.recent_files)
        return [path for path in paths if _is_file(path)]

    def remembered_files(self) -> list[Path]:
        """The files used last, the latest first, also those that are gone."""
        return [Path(name) for name in self._values.recent_files if "\0" not in name]

    def add_recent_file(self, path: Path) -> None:
        """Put a file that was opened or saved first among the recent ones; keep its folder."""
        newest = path.absolute()
        others = (other for other in self.remembered_files() if other != newest)
        names = tuple(str(other) for other in (newest, *others))[:RECENT_FILES]
        self.change(recent_files=names, last_folder=str(newest.parent))

    def forget_recent_file(self, path: Path) -> None:
        """Take one file off the list of those used last."""
        kept = tuple(str(other) for other in self.remembered_files() if other != path)
        self.change(recent_files=kept)

    def remember_gate(self, name: str) -> None:
        """Put a gate that was added from a search first among those used last."""
        self.change(recent_gates=_first(name, self._values.recent_gates))

    def remember_action(self, action_id: str) -> None:
        """Put an action that was run from the command palette first among those used last."""
        self.change(recent_actions=_first(action_id, self._values.recent_actions))

    def clear_recent_files(self) -> None:
        """Forget the files used last."""
        self.change(recent_files=())

    def last_folder(self) -> Path:
        """Where a file dialog opens: the folder used last; home where that is gone or our own."""
        folder = Path(self._values.last_folder)
        usable = self._values.last_folder and folder.is_dir()
        return folder if usable and not _is_ours(folder) else Path.home()

    def _save(self) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            self.save_failed.emit(f"The settings could not be saved: {error.strerror}.")
            return
        content = msgspec.json.format(msgspec.json.encode(self._values), indent=2)
        file = QSaveFile(str(self._path))
        opened = file.open(QIODevice.OpenModeFlag.WriteOnly)
        if not (opened and file.write(content) == len(content) and file.commit()):
            self.save_failed.emit(f"The settings could not be saved: {file.errorString()}.")


def default_path() -> Path:
    """The file in the system's folder for a user's settings."""
    return Path(platformdirs.user_config_dir("chainrule", appauthor=False)) / "settings.json"


def default_cache() -> Path:
    """The system's folder for what a program can make again."""
    return Path(platformdirs.user_cache_dir("chainrule", appauthor=False))


def read_preferences(path: Path) -> Preferences:
    """The preferences in a file.

    A field that can't be read has its default; what is unknown is ignored.
    """
    try:
        raw = msgspec.json.decode(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return Preferences()
    if not isinstance(raw, dict):
        return Preferences()
    kept: dict[str, Any] = {}
    for field in msgspec.structs.fields(Preferences):
        if field.name in raw:
            try:
                kept[field.name] = msgspec.convert(raw[field.name], field.type)
            except msgspec.ValidationError:
                continue
    return Preferences(**kept)


def _checked(changes: dict[str, object]) -> dict[str, Any]:
    types = {field.name: field.type for field in msgspec.structs.fields(Preferences)}
    unknown = sorted(changes.keys() - types.keys())
    if unknown:
        raise TypeError(f"there is no setting {', '.join(unknown)}; there are {', '.join(types)}")
    return {name: msgspec.convert(value, types[name]) for name, value in changes.items()}


def _first(name: str, before: tuple[str, ...]) -> tuple[str, ...]:
    return (name, *(each for each in before if each != name))[:_RECENT_CHOICES]


def _is_ours(folder: Path) -> bool:
    """Say whether a folder belongs to the program, so that nobody's work should go there."""
    return folder.resolve().is_relative_to(assets_folder().resolve())


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name that the system can't even look for
        return False
