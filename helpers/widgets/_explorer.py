"""The frame of every interactive figure: controls, a picture that follows them, a sentence."""

import io
from base64 import b64encode
from collections.abc import Callable, Mapping
from html import escape
from typing import Any

import ipywidgets
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

# What an Explorer calls with its controls' values. The figure may be the same one each time.
Draw = Callable[..., tuple[Figure, str]]


class Explorer(ipywidgets.VBox):
    """Controls above a picture, redrawn whenever one of their values changes, and a sentence.

    `controls["x"].value = 3` does what moving the slider does; `picture.value` holds the PNG bytes
    and `words` the sentence. Jupyter gets a still picture beside the widget, and shows whichever
    it can.
    """

    def __init__(self, title: str, controls: Mapping[str, Any], draw: Draw) -> None:
        """Call `draw(**values)` with the values of `controls`, now and after each change."""
        self.title, self.controls, self.draw, self.words = title, dict(controls), draw, ""
        # In its own size: stretched to the width of the cell, its lines would blur.
        in_own_size = {"max_width": "100%", "align_self": "flex-start"}
        self.picture = ipywidgets.Image(format="png", layout=in_own_size)
        self.sentence = ipywidgets.HTML()
        row = ipywidgets.HBox(list(controls.values()), layout={"flex_flow": "row wrap"})
        super().__init__([row, self.picture, self.sentence])
        for control in controls.values():
            if isinstance(control, ipywidgets.Checkbox):
                control.indent, control.layout.width = False, "max-content"
            elif "description_width" in control.style.keys:
                control.style.description_width = "initial"  # as wide as the words, never cut off
            control.observe(self.redraw, names="value")
        self.redraw()

    def redraw(self, change: Any = None) -> None:
        """Draw the picture and write the sentence for the controls' present values."""
        values = {name: control.value for name, control in self.controls.items()}
        figure, self.words = self.draw(**values)
        # All this saves time, and a slider must not lag: the same canvas again, which remembers
        # how its texts look; straight to PNG, without `savefig`; little compression.
        canvas = figure.canvas
        if not isinstance(canvas, FigureCanvasAgg):
            canvas = FigureCanvasAgg(figure)
        png = io.BytesIO()
        canvas.print_png(png, pil_kwargs={"compress_level": 1})
        self.picture.value = png.getvalue()
        self.sentence.value = escape(self.words)

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        bundle = super()._repr_mimebundle_(**kwargs) or {}
        bundle["image/png"] = b64encode(self.picture.value).decode()
        bundle["text/plain"] = f"{self.title} (interactive where Jupyter runs). {self.words}"
        return bundle
