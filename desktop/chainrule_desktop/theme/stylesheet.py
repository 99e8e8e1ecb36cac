"""The one style sheet: calm and flat, one-pixel borders, and a visible ring where the keyboard is.

    Written against the roles of `Palette` (`$accent`);
    `$marks` is the set of ticks that reads on accent.;
A border that grows when focused takes its pixel from the padding, so that nothing moves.
A combo box opens a plain list (`combobox-popup: 0`): the menu that Fusion would open has arrows to
scroll by that its height forgets, so that the last row is cut.
"""

from __future__ import annotations

from dataclasses import asdict
from string import Template

from chainrule_desktop.theme.colours import Palette
from chainrule_desktop.theme.style import interface_points

_SURFACES = """
QMainWindow, QDialog, QMessageBox, QWidget[part="panel"] { background: $panel; color: $text; }
QMainWindow::separator { background: $border; width: 1px; height: 1px; }
QMainWindow::separator:hover { background: $accent; }
QSplitter::handle { background: $border; }
QSplitter::handle:hover, QSplitter::handle:pressed { background: $accent; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QDockWidget { border: 0; }
QDockWidget::title { background: $panel; color: $muted_text; padding: 6px 12px; }
QStatusBar { background: $panel; color: $muted_text; border-top: 1px solid $border; }
QStatusBar QLabel { color: $muted_text; padding: 0 4px; }
QStatusBar QLabel[part="ok"] { color: $ok; }
QStatusBar QLabel[part="problem"] { color: $problem; }
QStatusBar QToolButton { color: $muted_text; }
QStatusBar QToolButton[part="ok"] { color: $ok; }
QStatusBar QToolButton[part="problem"] { color: $problem; }
QStatusBar QToolButton:hover, QStatusBar QToolButton[part="ok"]:hover,
QStatusBar QToolButton[part="problem"]:hover { background: $hover; color: $text; }
QStatusBar QToolButton:pressed, QStatusBar QToolButton[part="ok"]:pressed,
QStatusBar QToolButton[part="problem"]:pressed { background: $pressed; color: $text; }
QStatusBar::item { border: 0; }
QFrame[frameShape="4"] { border: 0; background: $border; max-height: 1px; }
QFrame[frameShape="5"] { border: 0; background: $border; max-width: 1px; }
QFrame[part="transport"] { background: $panel; border: 0; border-top: 1px solid $border; }
QWidget[part="bar"] { background: $panel; border: 0; border-bottom: 1px solid $border; }
QFrame[part="card"], QLabel[part="card"] {
    background: $field; border: 1px solid $border; border-radius: 5px; padding: 6px 10px;
}
QFrame[part="popup"] {
    background: $popup; border: 1px solid $outline; border-radius: 6px;
}
QToolTip {
    background: $popup; color: $text; border: 1px solid $outline; padding: 0 2px;
}
QLabel[part="sign"] {
    background: $popup; color: $text; border: 1px solid $outline; border-radius: 4px;
    padding: 4px 7px;
}
"""

_LABELS = """
QLabel { background: transparent; }
QLabel:disabled { color: $disabled_text; }
QLabel[part="title"] { font-size: ${title}pt; font-weight: bold; }
QLabel[part="heading"] { color: $muted_text; font-weight: bold; }
QLabel[part="muted"] { color: $muted_text; }
QLabel[part="note"] { color: $muted_text; font-style: italic; }
QLabel[part="value"] { color: $value; }
QLabel[part="gradient"] { color: $gradient_on_panel; font-style: italic; }
QLabel[part="problem"] { color: $problem; }
QLabel[part="ok"] { color: $ok; }
"""

_MENUS = """
QMenuBar { background: $panel; color: $text; padding: 2px 4px; border: 0; }
QMenuBar::item { background: transparent; padding: 4px 10px; border-radius: 4px; }
QMenuBar::item:selected { background: $hover; }
QMenuBar::item:pressed { background: $accent_fill; }
QMenuBar::item:disabled { color: $disabled_text; }
QMenu { background: $popup; color: $text; border: 1px solid $border; padding: 4px; }
QMenu::item { padding: 5px 28px 5px 10px; border-radius: 4px; border: 1px solid transparent; }
QMenu::item:selected { background: $accent_fill; border-color: $accent; }
QMenu::item:disabled { color: $disabled_text; }
QMenu::item:disabled:selected { background: $hover; border-color: $border; }
QMenu::icon { padding-left: 6px; }
QMenu::separator { height: 1px; background: $border; margin: 4px 6px; }
QMenu::indicator { width: 14px; height: 14px; margin-left: 4px; }
QMenu::right-arrow { image: url(controls:arrow-right.svg); width: 12px; height: 12px; right: 6px; }
"""

_BUTTONS = """
QPushButton {
    background: $field; color: $text; border: 1px solid $outline; border-radius: 4px;
    padding: 5px 14px; min-width: 52px;
}
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $pressed; }
QPushButton:checked { background: $accent_fill; color: $accent; border-color: $accent; }
QPushButton:default { background: $accent; color: $accent_text; border-color: $accent; }
QPushButton:default:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton:focus { border: 2px solid $focus_ring; padding: 4px 13px; }
QPushButton:default:focus { border-color: $text; }
QPushButton:disabled {
    background: $window; color: $disabled_text; border-color: $border;
}
QDialogButtonBox, QMessageBox { dialogbuttonbox-buttons-have-icons: 0; }
QPushButton::menu-indicator { image: url(controls:arrow-down.svg); width: 12px; right: 6px; }

QToolBar {
    background: $panel; border: 0; border-bottom: 1px solid $border; padding: 3px 8px;
    spacing: 2px;
}
QToolBar::separator { background: $border; width: 1px; margin: 5px 6px; }
QToolButton {
    background: transparent; color: $text; border: 1px solid transparent; border-radius: 4px;
    padding: 4px;
}
QToolButton:hover { background: $hover; border-color: $border; }
QToolButton:pressed, QToolButton:open { background: $pressed; }
QToolButton:checked { background: $accent_fill; color: $accent; border-color: $accent; }
QToolButton[part~="toggle"] { border-color: $outline; color: $muted_text; padding: 3px 6px; }
QToolButton[part~="toggle"]:hover { background: $hover; color: $text; }
QToolButton[part~="toggle"]:pressed { background: $pressed; color: $text; }
QToolButton[part~="toggle"]:checked {
    background: $accent_fill; border-color: $accent; color: $accent;
}
QToolButton[part="fold"] {
    color: $muted_text; font-weight: bold; padding: 2px 4px 2px 0; margin-left: -4px;
}
QToolButton[part="fold"]:hover { background: $hover; color: $text; }
QToolButton[part="fold"]:pressed { background: $pressed; color: $text; }
QToolButton[part="fold"]:focus { padding: 1px 3px 1px 0; }
QToolButton:disabled, QToolButton[part~="toggle"]:disabled {
    color: $disabled_text; background: transparent; border-color: transparent;
}
QToolButton:focus { border: 2px solid $focus_ring; padding: 3px; }
QToolButton[part~="toggle"]:focus { border: 2px solid $focus_ring; padding: 2px 5px; }
QToolButton[part="toggle values"], QToolButton[part="toggle values"]:checked,
QToolButton[part="toggle values"]:focus { border-top: 3px solid $value; padding-top: 1px; }
QToolButton[part="toggle gradients"], QToolButton[part="toggle gradients"]:checked,
QToolButton[part="toggle gradients"]:focus {
    border-bottom: 3px solid $gradient_on_panel; padding-bottom: 1px;
}
QToolButton[part~="toggle"]:disabled { border-color: transparent; }
QToolButton[popupMode="1"] { padding-right: 18px; }
QToolButton[popupMode="1"]:focus { padding-right: 17px; }
QToolButton[popupMode="2"], QToolButton[popupMode="2"]:focus { padding-right: 18px; }
QToolButton::menu-button { border: 0; width: 16px; }
QToolButton::menu-arrow, QToolButton::menu-indicator {
    image: url(controls:arrow-down.svg); width: 10px; height: 10px;
}
QToolButton::menu-indicator {
    subcontrol-origin: padding; subcontrol-position: center right; right: 3px;
}
"""

_CHOICES = """
QCheckBox, QRadioButton { spacing: 7px; color: $text; padding: 2px 0; background: transparent; }
QCheckBox:disabled, QRadioButton:disabled { color: $disabled_text; }
QCheckBox::indicator, QRadioButton::indicator, QMenu::indicator, QAbstractItemView::indicator {
    width: 14px; height: 14px; border: 1px solid $outline; border-radius: 3px; background: $field;
}
QRadioButton::indicator { border-radius: 8px; }
QMenu::indicator:exclusive { border-radius: 8px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $accent; }
QCheckBox::indicator:checked, QMenu::indicator:non-exclusive:checked,
QAbstractItemView::indicator:checked {
    background: $accent; border-color: $accent; image: url(controls:tick-$marks.svg);
}
QCheckBox::indicator:indeterminate, QAbstractItemView::indicator:indeterminate {
    background: $accent; border-color: $accent; image: url(controls:dash-$marks.svg);
}
QRadioButton::indicator:checked, QMenu::indicator:exclusive:checked {
    border: 1px solid $accent;
    background: qradialgradient(cx:0.5, cy:0.5, radius:0.5, fx:0.5, fy:0.5,
        stop:0 $accent, stop:0.50 $accent, stop:0.60 $field, stop:1 $field);
}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {
    border-color: $disabled_text; background: $window;
}
QCheckBox::indicator:checked:disabled, QCheckBox::indicator:indeterminate:disabled {
    background: $disabled_text;
}
QRadioButton::indicator:checked:disabled {
    background: qradialgradient(cx:0.5, cy:0.5, radius:0.5, fx:0.5, fy:0.5,
        stop:0 $disabled_text, stop:0.50 $disabled_text, stop:0.60 $window, stop:1 $window);
}
QCheckBox:focus, QRadioButton:focus { text-decoration: underline; }
    QCheckBox::indicator:focus, QRadioButton::indicator:focus { border: 2px solid $focus_ring;
    width: 12px; height: 12px;
}
QGroupBox {
    border: 1px solid $border; border-radius: 4px; margin-top: 9px; padding: 10px 8px 8px 8px;
}
QGroupBox::title {
    subcontrol-origin: margin; left: 8px; padding: 0 4px; color: $muted_text; background: $panel;
}
"""

_FIELDS = """
QLineEdit, QAbstractSpinBox, QComboBox, QPlainTextEdit, QTextEdit {
    background: $field; color: $text; border: 1px solid $outline; border-radius: 4px;
    selection-background-color: $accent; selection-color: $accent_text;
    placeholder-text-color: $muted_text;
}
QLineEdit, QComboBox { padding: 3px 7px; min-height: 18px; }
QComboBox { combobox-popup: 0; }
QComboBox:!editable { padding-left: 9px; }
QPlainTextEdit, QTextEdit { padding: 3px; }
QLineEdit:hover, QAbstractSpinBox:hover, QComboBox:hover, QPlainTextEdit:hover,
QTextEdit:hover { border-color: $text; }
QLineEdit:focus, QComboBox:focus { border: 2px solid $focus_ring; padding: 2px 6px; }
QAbstractSpinBox:focus { border: 2px solid $focus_ring; }
QComboBox:!editable:focus { padding-left: 8px; }
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $focus_ring; padding: 2px; }
QLineEdit:read-only { background: $window; }
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled, QPlainTextEdit:disabled,
QTextEdit:disabled { background: $window; color: $disabled_text; border-color: $border; }
QLineEdit[part="problem"], QAbstractSpinBox[part="problem"] {
    border-color: $problem; background: $problem_fill;
}
QComboBox QLineEdit, QComboBox QLineEdit:focus, QAbstractSpinBox QLineEdit,
QAbstractSpinBox QLineEdit:focus { border: 0; padding: 0; min-height: 0; background: transparent; }
QAbstractSpinBox { padding: 2px 0; }
QAbstractSpinBox:focus { padding: 1px 0; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
    subcontrol-origin: border; width: 18px; background: transparent; border: 0; margin: 1px;
}
QAbstractSpinBox::up-button { subcontrol-position: top right; border-top-right-radius: 3px; }
QAbstractSpinBox::down-button {
    subcontrol-position: bottom right; border-bottom-right-radius: 3px;
}
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $hover; }
QAbstractSpinBox::up-button:pressed, QAbstractSpinBox::down-button:pressed { background: $pressed; }
QAbstractSpinBox::up-arrow {
    image: url(controls:arrow-up.svg); width: 9px; height: 9px; subcontrol-position: bottom center;
}
QAbstractSpinBox::down-arrow {
    image: url(controls:arrow-down.svg); width: 9px; height: 9px; subcontrol-position: top center;
}
QAbstractSpinBox::up-arrow:off, QAbstractSpinBox::down-arrow:off,
QAbstractSpinBox::up-arrow:disabled, QAbstractSpinBox::down-arrow:disabled { image: none; }
QComboBox::drop-down { border: 0; width: 20px; }
QComboBox::down-arrow { image: url(controls:arrow-down.svg); width: 12px; height: 12px; }
QComboBox QAbstractItemView {
    background: $popup; border: 1px solid $border; padding: 3px; outline: 0;
}
"""

_VIEWS = """
QAbstractItemView {
    background: $field; color: $text; border: 1px solid $border; border-radius: 4px; outline: 0;
    selection-background-color: $accent_fill; selection-color: $text;
}
QAbstractItemView:focus { border-color: $focus_ring; }
QAbstractItemView[part="flat"] { background: $panel; border: 1px solid transparent; }
QAbstractItemView[part="flat"]:focus { border-color: $focus_ring; }
QAbstractItemView[part="rows"] { background: $popup; border: 0; border-radius: 0; }
QScrollArea[part="flat"], QScrollArea[part="flat"] > QWidget > QWidget {
    background: $panel; border: 0;
}
QAbstractItemView::item {
    padding: 3px 4px; border: 1px solid transparent; border-radius: 4px;
}
QAbstractItemView::item:hover { background: $hover; }
QAbstractItemView::item:selected { background: $accent_fill; }
QAbstractItemView::item:selected:active { border-color: $accent; }
QAbstractItemView::item:disabled { color: $disabled_text; }
QTreeView { show-decoration-selected: 1; }
QTreeView::item { padding: 3px 2px; border-radius: 0; border: 0; min-height: 18px; }
QTreeView::item:hover, QTreeView::branch:hover { background: $hover; }
QTreeView::item:selected, QTreeView::branch:selected { background: $accent_fill; }
QTreeView::branch:has-children:closed { image: url(controls:arrow-right.svg); padding: 3px; }
QTreeView::branch:has-children:open { image: url(controls:arrow-down.svg); padding: 3px; }
QHeaderView { background: $panel; border: 0; }
QHeaderView::section {
    background: $panel; color: $muted_text; border: 0; border-bottom: 1px solid $border;
    padding: 4px 8px;
}
QTreeView QHeaderView::section { padding: 4px 5px; }
QFileDialog {
    backward-icon: url(controls:arrow-left.svg); forward-icon: url(controls:arrow-right.svg);
    filedialog-parent-directory-icon: url(controls:arrow-up.svg);
}
QTableView { gridline-color: $border; }
QTableView::item { border-radius: 0; }
QTableView::item:hover:!selected { background: transparent; }
QTableView QTableCornerButton::section { background: $panel; border: 0; }
QGraphicsView { border: 1px solid $canvas; border-radius: 0; background: $canvas; }
QGraphicsView[keyboard="true"] { border-color: $focus_ring; }
"""

_TABS = """
QTabWidget::pane { border: 0; border-top: 1px solid $border; }
QTabBar { background: transparent; outline: 0; }
QTabBar::tab {
    background: transparent; color: $muted_text; border: 0; border-bottom: 2px solid transparent;
    padding: 6px 12px;
}
QTabBar::tab:hover { color: $text; background: $hover; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:disabled { color: $disabled_text; }
QTabBar::tab:selected:focus {
    border: 2px solid $focus_ring; border-radius: 4px; padding: 4px 10px 6px 10px;
}
QTabBar::close-button {
    image: url(controls:cross.svg); width: 10px; height: 10px; padding: 3px; border-radius: 3px;
}
QTabBar::close-button:hover { background: $pressed; }
"""

_SCROLLING = """
QScrollBar { background: transparent; border: 0; margin: 0; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: $outline; border-radius: 3px; }
QScrollBar::handle:vertical { min-height: 28px; margin: 3px; }
QScrollBar::handle:horizontal { min-width: 28px; margin: 3px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: $muted_text; }
QScrollBar::add-line, QScrollBar::sub-line {
    width: 0; height: 0; border: 0; background: transparent;
}
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QSlider { background: transparent; min-height: 20px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $border; }
QSlider::sub-page:horizontal { border-radius: 2px; background: $accent; }
QSlider::handle:horizontal {
    width: 14px; height: 14px; margin: -5px 0; border-radius: 7px; background: $accent;
}
QSlider::handle:horizontal:hover { background: $accent_hover; }
QSlider::handle:horizontal:focus {
    width: 10px; height: 10px; border: 2px solid $text;
}
QSlider::sub-page:horizontal:disabled, QSlider::handle:horizontal:disabled {
    background: $disabled_text;
}
QProgressBar {
    background: $border; border: 0; border-radius: 3px; max-height: 6px; min-height: 6px;
    color: transparent;
}
QProgressBar::chunk { background: $accent; border-radius: 3px; }
"""

# How much larger than other texts a title is.
_TITLE_SHARE = 1.28
_PROJECTOR = """
QToolBar { qproperty-iconSize: 24px 24px; }
"""
_NEAR = """
QToolBar { qproperty-iconSize: 16px 16px; }
"""
_TEMPLATE = Template(
    "".join(
        (_SURFACES, _LABELS, _MENUS, _BUTTONS, _CHOICES, _FIELDS, _VIEWS, _TABS, _SCROLLING),
    )
)


def stylesheet(palette: Palette, *, projector: bool = False) -> str:
    """The style sheet of the application in these colours, perhaps for a lecture hall."""
    title = round(_TITLE_SHARE * interface_points(projector=projector), 1)
    sheet = _TEMPLATE.substitute(asdict(palette), marks=palette.scheme.value, title=title)
    return sheet + (_PROJECTOR if projector else _NEAR)
