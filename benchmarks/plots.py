"""Plots of how costs grow, as SVG beside a report. Needs matplotlib, which is no dependency of the project."""

from collections.abc import Mapping, Sequence
from pathlib import Path

Line = Sequence[tuple[int, float]]
"""What something costs, in milliseconds, by the number of products."""


def growth(path: Path, panels: Mapping[str, Mapping[str, Line]]) -> bool:
    """Draws panels side by side, each with a line for everything in it, both axes by powers of ten.

    False, and nothing written, where matplotlib is not there.
    """
    try:
        import matplotlib
    except ModuleNotFoundError:
        return False
    matplotlib.use("svg")
    # The same figures give the same file, and text stays text.
    matplotlib.rcParams |= {"svg.hashsalt": path.stem, "svg.fonttype": "none", "font.family": "sans-serif"}
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(1, len(panels), figsize=(5 * len(panels), 4), sharey=True, squeeze=False)
    for axis, (title, lines) in zip(axes[0], panels.items(), strict=True):
        for name, points in lines.items():
            axis.loglog(*zip(*points, strict=True), marker="o", markersize=4, linewidth=1.5, label=name)
        axis.set_title(title, loc="left", fontsize=11)
        axis.set_xlabel("products")
        axis.grid(visible=True, color="#ddd", linewidth=0.5)
        axis.spines[["top", "right"]].set_visible(False)
    axes[0][0].set_ylabel("milliseconds")
    axes[0][-1].legend(frameon=False, fontsize=9, loc="center left", bbox_to_anchor=(1, 0.5))
    figure.savefig(path, bbox_inches="tight", metadata={"Date": None})
    pyplot.close(figure)
    return True
